import Notebook

/// A line `::: …` of the prose, which opens or closes a block: a callout, or a set of tabs.
///
/// Before Markdown is read, a comment stands in its place: that is a block of its own wherever the line stands.
enum Directive: Hashable, Sendable {
    case callout(Callout, title: String?)
    case tabset
    case end

    /// What stands for the directive `number` of a text.
    static func comment(_ number: Int) -> String { "<!--\u{E002}\(number)-->" }

    static var commentPattern: Regex<(Substring, Substring)> { /\s*<!--\x{E002}(\d+)-->\s*/ }

    /// The directive that a line is, with what stands before it; `nil` for another line.
    static func read(_ line: Substring) -> (before: Substring, directive: Result<Directive, DirectiveError>)? {
        guard line.contains(":::") else { return nil }
        let before = line.prefix { " \t>".contains($0) }
        let content = line.dropFirst(before.count)
        guard content.hasPrefix(":::") else { return nil }
        // Colons may stand behind the words, too.
        let words = content.drop { $0 == ":" }.trimmed { $0.isWhitespace }.trimmed { $0 == ":" }.trimmed {
            $0.isWhitespace
        }
        return (before, Result { () throws(DirectiveError) in try Directive(String(words)) })
    }

    /// - Parameter words: what stands behind the colons: `{.callout-note title="T"}`, `{note}`, `note`.
    private init(_ words: String) throws(DirectiveError) {
        guard !words.isEmpty else {
            self = .end
            return
        }
        var inner = words
        var title: String?
        if words.hasPrefix("{"), let end = words.firstIndex(of: "}") {
            inner = String(words[words.index(after: words.startIndex)..<end])
            // MyST has the title behind the braces.
            let rest = words[words.index(after: end)...].trimmingPrefix { $0 == " " }
            if !rest.isEmpty { title = String(rest) }
        } else if let blank = words.firstIndex(of: " ") {
            inner = String(words[..<blank])
            title = String(words[blank...].drop { $0 == " " })
        }
        if let match = inner.firstMatch(of: /title\s*=\s*(?:"([^"]*)"|'([^']*)')/) {
            title = String(match.1 ?? match.2 ?? "")
        }
        let name = inner.drop { ". ".contains($0) }.prefix { !" \t}".contains($0) }.lowercased()
        if name == "panel-tabset" || name == "tab-set" {
            self = .tabset
        } else if let kind = Callout(rawValue: name.hasPrefix("callout-") ? String(name.dropFirst(8)) : name) {
            self = .callout(kind, title: title)
        } else {
            throw DirectiveError(name: name)
        }
    }
}

/// A block that is not known.
struct DirectiveError: Error, CustomStringConvertible {
    let name: String

    var description: String {
        let known = Callout.allCases.map { "callout-\($0.rawValue)" } + ["panel-tabset"]
        let near = nearestName(to: name, in: known).map { "; did you mean `\($0)`?" } ?? ""
        return "a block `::: \(name)` is not known: there are \(known.joined(separator: ", "))" + near
    }
}

/// A box that stands out of the prose.
enum Callout: String, CaseIterable, Sendable {
    case note, tip, important, warning, caution

    /// What it is called where it has no title of its own.
    var name: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }

    /// The start of a box.
    var opening: String { "<div class=\"callout callout-\(rawValue)\">\n" }

    func heading(_ title: String?) -> String {
        element("p", ["class": "callout-title"], title ?? translated(name)) + "\n"
    }

    /// The kind in `[!NOTE]`, with which GitHub's alerts begin, and the title behind it.
    static func alert(_ line: String) -> (kind: Result<Callout, DirectiveError>, title: String?)? {
        guard let match = line.wholeMatch(of: /\[!([A-Za-z][A-Za-z-]*)\][+-]?\s*(.*)/) else { return nil }
        let kind = Callout(rawValue: match.1.lowercased())
        return (
            kind.map { .success($0) } ?? .failure(DirectiveError(name: String(match.1))),
            match.2.isEmpty ? nil : String(match.2)
        )
    }
}

extension Substring {
    fileprivate func trimmed(_ isEdge: (Character) -> Bool) -> Substring {
        var rest = drop(while: isEdge)
        while let last = rest.last, isEdge(last) { rest.removeLast() }
        return rest
    }
}
