public import Digest
public import Wire

/// How records were built again, for others to sign: an in-toto Statement v1 with SLSA provenance v1 as its predicate.
///
/// Source: https://slsa.dev/spec/v1.1/provenance; in-toto attestation framework, spec/v1/statement.md.
public struct BuildProvenance: Sendable {
    /// The records that a run gave to the last bit, by their paths.
    public var records: [(path: String, digest: SHA256Digest)]
    /// What they were built from.
    public var bundle: (name: String, digest: SHA256Digest)
    /// What else went into them: names, with the digests that stand for their sources or what they say of themselves.
    public var software: [(name: String, sha256: String?, words: String?)]
    /// The tool that built them: its version, and the digest that stands for its sources.
    public var tool: (version: String, digest: String)
    /// Whether cells could do what the bundle's own `permissions` grant.
    public var grantsPermissions: Bool

    /// Provenance of records that one run of a bundle's notebooks gave; the properties say more of each argument.
    public init(
        of records: [(path: String, digest: SHA256Digest)], from bundle: (name: String, digest: SHA256Digest),
        with software: [(name: String, sha256: String?, words: String?)], by tool: (version: String, digest: String),
        grantsPermissions: Bool
    ) {
        self.records = records
        self.bundle = bundle
        self.software = software
        self.tool = tool
        self.grantsPermissions = grantsPermissions
    }

    /// That a book's notebooks were run in the sandbox from their tops, as `kdbook verify` does it.
    public static let buildType = "urn:uuid:4bf86297-14b5-431f-8168-0524d74a64a7"

    /// SLSA's identifier of this kind of predicate.
    public static let predicateType = "https://slsa.dev/provenance/v1"

    /// The statement as JSON, without a signature and without a time, so that the same build gives the same bytes.
    public var statement: JSONValue {
        .object([
            "_type": .string("https://in-toto.io/Statement/v1"),
            "subject": .array(
                records.map { TestResult.descriptor($0.path, sha256: $0.digest.description, words: nil) }),
            "predicateType": .string(BuildProvenance.predicateType),
            "predicate": .object(["buildDefinition": definition, "runDetails": details]),
        ])
    }

    private var definition: JSONValue {
        let origin = TestResult.descriptor(bundle.name, sha256: bundle.digest.description, words: nil)
        return .object([
            "buildType": .string(BuildProvenance.buildType),
            "externalParameters": .object([
                "bundle": origin, "grantPermissions": .bool(grantsPermissions),
            ]),
            "resolvedDependencies": .array([origin] + software.map(TestResult.descriptor)),
        ])
    }

    /// It names no time, so that it is the same each time.
    private var details: JSONValue {
        .object([
            "builder": .object([
                "id": .string(SoftwareID.named(by: tool.digest)),
                "version": .object(["kdbook": .string(tool.version)]),
            ])
        ])
    }
}
