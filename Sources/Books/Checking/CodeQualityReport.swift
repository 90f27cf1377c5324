import Digest

/// Problems as GitLab reads them from a job and shows them in a merge request, at their lines.
///
/// Source: GitLab's documentation of the Code Quality report format, a part of Code Climate's.
package struct CodeQualityReport: Encodable, Sendable {
    private struct Issue: Encodable, Sendable {
        struct Location: Encodable, Sendable {
            struct Lines: Encodable, Sendable { let begin: Int }
            let path: String
            let lines: Lines
        }
        let description: String
        let check_name: String
        /// By it GitLab tells whether a problem is new: the same wherever its line lies, and nobody else's.
        let fingerprint: String
        let severity: String
        let location: Location
    }

    private let issues: [Issue]

    package init(_ annotations: [Annotation]) {
        var known: [[String]: Int] = [:]
        issues = annotations.map { annotation in
            let subject = [annotation.path, annotation.subject]
            let number = known[subject, default: 0]
            known[subject] = number + 1
            let words = (subject + ["\(number)"]).map { "\($0.utf8.count):\($0)" }.joined()
            return Issue(
                description: annotation.message, check_name: "kdbook check",
                fingerprint: SHA256Digest(of: words.utf8).description, severity: "major",
                location: .init(path: annotation.path, lines: .init(begin: annotation.line)))
        }
    }

    package func encode(to encoder: any Encoder) throws { try issues.encode(to: encoder) }
}
