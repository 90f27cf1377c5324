/// Which addresses may stand on a page.
enum Address {
    /// Whether a reader may be led to `address` by a click: to pages, to mail, but not to a script.
    static func mayBeFollowed(_ address: some StringProtocol) -> Bool {
        let scheme = scheme(of: address)
        return scheme == nil || ["http", "https", "mailto"].contains(scheme)
    }

    /// Whether a page may load `address` by itself: what lies beside it, or in the page; nothing from a network.
    static func mayBeLoaded(_ address: some StringProtocol) -> Bool {
        let plain = plain(address)
        return scheme(of: address) == nil ? !plain.hasPrefix("//") : plain.hasPrefix("data:image/")
    }

    /// Whether `address` names what lies in the same place as the page.
    static func isRelative(_ address: some StringProtocol) -> Bool {
        scheme(of: address) == nil && !plain(address).hasPrefix("//")
    }

    /// What stands before the address's first colon, as browsers see it; `nil` for a relative one.
    private static func scheme(of address: some StringProtocol) -> String? {
        let plain = plain(address)
        let start = plain.prefix { !":/?#".contains($0) }
        // A character reference there can only be a disguise.
        if start.contains("&") { return "" }
        return plain.dropFirst(start.count).first == ":" ? start.lowercased() : nil
    }

    /// The address as browsers read it: they drop spaces and controls, and take a backslash for a slash.
    private static func plain(_ address: some StringProtocol) -> String {
        let seen = address.unicodeScalars.filter { $0.value > 0x20 && $0.value != 0x7F }
        return String(String.UnicodeScalarView(seen)).replacing("\\", with: "/")
    }
}

/// A link from one notebook to another, by its file: `02-more.md#results`. On the page it leads to the other's page.
enum NotebookLink {
    static var pattern: Regex<(Substring, Substring, Substring)> { /^(?:\.\/)?([A-Za-z0-9_-]+)\.md((?:#.*)?)$/ }

    static func address(_ link: String) -> String {
        guard let match = link.firstMatch(of: pattern) else { return link }
        return "../\(match.1)/index.html\(match.2)"
    }
}
