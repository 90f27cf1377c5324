/// A page's tags, read strictly: enough of HTML to tell whether what was opened is closed, in order.
struct HTMLOutline {
    struct Tag {
        let name: String
        let attributes: [String: String]
    }

    private(set) var tags: [Tag] = []
    private(set) var problems: [String] = []

    private static let void: Set<String> = ["br", "hr", "img", "input", "link", "meta", "source", "wbr"]
    private static let closing: [String: Set<String>] = [
        // An element inside which another of these must not begin.
        "a": ["a"], "p": ["p", "ul", "ol", "div", "pre", "table", "section", "figure", "h2", "blockquote"],
    ]

    init(_ html: String) {
        var open: [String] = []
        var rest = html[...]
        while let start = rest.firstIndex(of: "<") {
            let after = rest[rest.index(after: start)...]
            if after.hasPrefix("!") {
                rest = after.drop { $0 != ">" }
                continue
            }
            guard let end = HTMLOutline.tagEnd(after) else {
                problems.append("a `<` that begins no tag: \(after.prefix(30))")
                return
            }
            let body = after[..<end]
            rest = after[after.index(after: end)...]
            if body.first == "/" {
                let name = String(body.dropFirst())
                if open.last == name {
                    open.removeLast()
                } else {
                    problems.append("</\(name)> closes \(open.last ?? "nothing")")
                }
                continue
            }
            let name = String(body.prefix { !$0.isWhitespace && $0 != "/" })
            tags.append(Tag(name: name, attributes: HTMLOutline.attributes(body.dropFirst(name.count))))
            for outer in open where HTMLOutline.closing[outer]?.contains(name) == true {
                problems.append("<\(name)> inside <\(outer)>")
            }
            if HTMLOutline.void.contains(name) || body.last == "/" { continue }
            open.append(name)
            if name == "style" || name == "script" {
                rest = rest[(rest.firstRange(of: "</\(name)>")?.lowerBound ?? rest.endIndex)...]
            }
        }
        if !open.isEmpty { problems.append("never closed: \(open.joined(separator: ", "))") }
        let ids = tags.compactMap { $0.attributes["id"] }
        for id in Set(ids).sorted() where ids.count(where: { $0 == id }) > 1 {
            problems.append("id \(id) stands twice")
        }
        for target in tags.compactMap({ $0.attributes["href"] }) where target.hasPrefix("#") {
            if !ids.contains(String(target.dropFirst())) { problems.append("\(target) leads nowhere") }
        }
        problems += readerProblems
    }

    /// Pictures without a text, and levels of headings that are left out.
    private var readerProblems: [String] {
        let pictures = all("img").filter { ($0.attributes["alt"] ?? "").isEmpty }.map {
            "a picture without a text: \($0.attributes["src"] ?? "")"
        }
        let levels = tags.map(\.name).filter { $0.wholeMatch(of: /h[1-6]/) != nil }
        let skipped = zip(levels, levels.dropFirst()).filter {
            ($1.last?.wholeNumberValue ?? 0) > ($0.last?.wholeNumberValue ?? 0) + 1
        }
        return pictures + skipped.map { "\($1) follows \($0)" }
    }

    /// All tags of a name.
    func all(_ name: String) -> [Tag] { tags.filter { $0.name == name } }

    private static func tagEnd(_ text: Substring) -> Substring.Index? {
        guard let first = text.first, first.isASCII, first.isLetter || first == "/" else { return nil }
        var quoted = false
        for index in text.indices {
            if text[index] == "\"" { quoted.toggle() }
            if text[index] == ">" && !quoted { return index }
            if text[index] == "<" { return nil }
        }
        return nil
    }

    private static func attributes(_ text: Substring) -> [String: String] {
        Dictionary(text.matches(of: /([\w:-]+)(?:="([^"]*)")?/).map { (String($0.1), String($0.2 ?? "")) }) {
            first, _ in first
        }
    }
}
