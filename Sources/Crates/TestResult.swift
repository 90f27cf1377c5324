public import Digest
public import Wire

/// What a verification found, for others to sign: an in-toto Statement v1 with a test result as its predicate (v0.1).
///
/// Source: in-toto attestation framework, spec/v1/statement.md and spec/predicates/test-result.md.
public struct TestResult: Sendable {
    /// The outcome, in the words of in-toto's predicate.
    public enum Verdict: String, Sendable {
        case passed = "PASSED"
        /// Nothing is different, and something could not be verified.
        case warned = "WARNED"
        case failed = "FAILED"
    }

    /// The outcome of the verification as a whole.
    public var verdict: Verdict
    /// What was verified: its name and digest.
    public var subject: (name: String, digest: SHA256Digest)
    /// What it was verified with: names, with the digests that stand for their sources or what they say of themselves.
    public var configuration: [(name: String, sha256: String?, words: String?)]
    /// The checks that held, as sentences.
    public var passed: [String] = []
    /// The checks that could not be carried out, as sentences.
    public var warned: [String] = []
    /// The checks that found a difference, as sentences.
    public var failed: [String] = []

    /// A result without single checks, which the caller then adds.
    public init(
        _ verdict: Verdict, of subject: (name: String, digest: SHA256Digest),
        with configuration: [(name: String, sha256: String?, words: String?)]
    ) {
        self.verdict = verdict
        self.subject = subject
        self.configuration = configuration
    }

    /// The identifier of in-toto's predicate for test results, in the version used here.
    public static let predicateType = "https://in-toto.io/attestation/test-result/v0.1"

    /// The statement as JSON, without a signature; equal results give equal bytes.
    public var statement: JSONValue {
        .object([
            "_type": .string("https://in-toto.io/Statement/v1"),
            "subject": .array([TestResult.descriptor(subject.name, sha256: subject.digest.description, words: nil)]),
            "predicateType": .string(TestResult.predicateType),
            "predicate": .object([
                "result": .string(verdict.rawValue),
                "configuration": .array(configuration.map(TestResult.descriptor)),
                "passedTests": .array(passed.map(JSONValue.string)),
                "warnedTests": .array(warned.map(JSONValue.string)),
                "failedTests": .array(failed.map(JSONValue.string)),
            ]),
        ])
    }

    /// What in-toto calls a resource descriptor.
    static func descriptor(_ name: String, sha256: String?, words: String?) -> JSONValue {
        var members: [String: JSONValue] = ["name": .string(name)]
        if let sha256 { members["digest"] = .object(["sha256": .string(sha256)]) }
        if let words { members["annotations"] = .object(["version": .string(words)]) }
        return .object(members)
    }
}
