import Foundation

/// What a request asks for: a path that leads out of no folder.
struct RequestPath: Equatable, Sendable {
    /// Names with `/` between them, such as `04-x/figures/ab.png`.
    let text: String

    /// - Parameter target: a path as a request has it, from `/`, with percent signs for other characters; the result is
    ///   `nil` where a name in it is empty, begins with a dot, or cannot be a file's.
    init?(_ target: String) {
        guard target.hasPrefix("/") else { return nil }
        var names: [String] = []
        let parts = target.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        for part in parts.last == "" ? parts.dropLast() + ["index.html"] : parts {
            guard let name = String(part).removingPercentEncoding, !name.isEmpty, !name.hasPrefix("."),
                !name.unicodeScalars.contains(where: {
                    $0 == "/" || $0 == "\\" || $0.properties.generalCategory == .control
                })
            else { return nil }
            names.append(name)
        }
        text = names.joined(separator: "/")
    }

    /// Whether it is a page's.
    var isPage: Bool { text.hasSuffix(".html") }

    /// What ``LiveMessage`` calls the page at this path.
    var page: String { text.split(separator: "/").dropLast().joined(separator: "/") }
}
