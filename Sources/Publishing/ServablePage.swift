public import Foundation

/// A page as it lies on disk, read by a server that adds to it: the policy that the page has in itself would forbid that,
/// so it is taken out and given to the server, which sends it, with what it adds, as a header.
public struct ServablePage: Sendable {
    static let policyTag = (before: "<meta http-equiv=\"Content-Security-Policy\" content=\"", after: "\">\n")

    /// What the page allows: sources, by directive.
    private let policy: [(directive: Substring, sources: String)]
    private let beforePolicy: Data
    private let restOfHead: Data
    private let body: Data

    /// - Parameter page: the bytes of a page; the result is `nil` where they are not of one that was woven.
    public init?(_ page: Data) {
        guard let start = page.range(of: Data(Self.policyTag.before.utf8)),
            let end = page.range(of: Data(Self.policyTag.after.utf8), in: start.upperBound..<page.endIndex),
            let head = page.range(of: Data("</head>".utf8), in: end.upperBound..<page.endIndex)
        else { return nil }
        policy = String(decoding: page[start.upperBound..<end.lowerBound], as: UTF8.self).split(separator: "; ").map {
            let words = $0.split(separator: " ", maxSplits: 1)
            return (words[0], words.count > 1 ? String(words[1]) : "")
        }
        beforePolicy = page[..<start.lowerBound]
        restOfHead = page[end.upperBound..<head.lowerBound]
        body = page[head.lowerBound...]
    }

    /// The page without a policy of its own, and with `markup` at the end of its head.
    public func html(addingToHead markup: String) -> Data { beforePolicy + restOfHead + Data(markup.utf8) + body }

    /// The page's policy with more directives, and more sources for those that it has.
    public func policy(adding additions: KeyValuePairs<String, String>) -> String {
        var all = policy
        for (directive, sources) in additions {
            if let index = all.firstIndex(where: { $0.directive == directive }) {
                all[index].sources += " " + sources
            } else {
                all.append((Substring(directive), sources))
            }
        }
        return all.map { "\($0.directive) \($0.sources)" }.joined(separator: "; ")
    }
}
