internal import Digest
internal import Foundation
public import Wire

/// The rules that a book laid down before its runs: the files in `Notebooks/rules`, by claim.
public struct BookRules: Sendable, Hashable {
    /// A file's content and digest.
    public struct Rule: Sendable, Hashable {
        /// The rule as its author fixed it before the runs.
        public var preregistration: Preregistration
        /// SHA-256, as records name it.
        public var digest: String
    }

    /// The rules by the id of the claim that each decides.
    public private(set) var rules: [String: Rule] = [:]

    /// A book without rules.
    public init() {}

    /// Reads the files' contents, by path from the book's folder.
    ///
    /// - Throws: what is wrong with the first file that is no rule, or not of the claim that it is named after.
    public init(parsing files: [String: [UInt8]]) throws(NotebookError) {
        for (path, bytes) in files.sorted(by: { $0.key < $1.key }) {
            let found: Preregistration
            do {
                found = try JSONDecoder().decode(Preregistration.self, from: Data(bytes))
            } catch DecodingError.dataCorrupted(let context) {
                throw BookRules.error(path, "no rule can be so: \(context.debugDescription)")
            } catch {
                throw BookRules.error(path, "it is no rule: \(error)")
            }
            guard path == Preregistration.path(of: found.claim) else {
                throw BookRules.error(
                    path, "it is about \(found.claim); name it \(Preregistration.path(of: found.claim))")
            }
            rules[found.claim] = Rule(
                preregistration: found, digest: SHA256Digest(of: bytes).description)
        }
    }

    /// Whether a claim was decided under the rule that stands now: its record carries the digest of the rule's file, and its first
    /// finding is by the rule's contrast. True of claims that no rule was laid down for.
    public func isCurrent(_ decided: DecidedClaim) -> Bool {
        guard let rule = rules[decided.claim.id] else { return true }
        return decided.ruleDigest == rule.digest
            && decided.claim.findings.first?.rule == .contrast(rule.preregistration.contrast)
    }

    private static func error(_ path: String, _ message: String) -> NotebookError {
        NotebookError(path: path, diagnostics: [Diagnostic(.error, at: SourcePosition(line: 1), message)])
    }
}
