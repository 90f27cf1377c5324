import Foundation

/// What can be found on a page, read from the page itself: so that what is found is what is shown.
struct SearchEntry: Encodable {
    /// The page's folder.
    let name: String
    let title: String
    private(set) var sections: [Section] = []

    /// A heading and all up to the next.
    struct Section: Encodable {
        let anchor: String
        let heading: String
        var passages: [Passage] = []
    }

    /// A paragraph, a cell's code, an output.
    struct Passage: Encodable {
        enum Kind: String, Encodable { case prose, code, caption, output }

        let kind: Kind
        let text: String
    }

    /// Reads what stands in the `main` element of `html`.
    init(name: String, title: String, html: String) {
        self.name = name
        self.title = title
        var reader = PageReader(html)
        sections = [Section(anchor: "", heading: "")]
        while let found = reader.next() {
            switch found {
            case .heading(let anchor, let text): sections.append(Section(anchor: anchor, heading: text))
            case .passage(let passage): sections[sections.count - 1].passages.append(passage)
            }
        }
        if sections[0].passages.isEmpty { sections.removeFirst() }
    }
}

/// Walks through a page that this module wrote, from text to text.
private struct PageReader {
    enum Found {
        case heading(anchor: String, String)
        case passage(SearchEntry.Passage)
    }

    private struct Element {
        let name: String
        let classes: [Substring]
        let anchor: String
    }

    private let bytes: [UInt8]
    private var index = 0
    private var open: [Element] = []
    private var text: [UInt8] = []
    private var waiting: [Found] = []

    private static let inline: Set<String> = [
        "a", "abbr", "b", "cite", "code", "del", "em", "i", "kbd", "mark", "math", "s", "small", "span", "strong",
        "sub", "sup", "text", "tspan", "u", "var", "wbr",
    ]
    private static let void: Set<String> = ["br", "hr", "img", "input", "source", "col", "wbr", "link", "meta"]
    private static let unread: Set<String> = ["nav", "annotation", "script", "style", "h1"]
    private static let marks: Set<Substring> = ["anchor", "footnote-mark", "tool"]

    init(_ html: String) {
        let start = html.utf8.firstRange(of: "<main>".utf8)?.upperBound ?? html.startIndex
        let end = html.utf8.firstRange(of: "\n</main>".utf8)?.lowerBound ?? html.endIndex
        bytes = start < end ? Array(html.utf8[start..<end]) : []
    }

    mutating func next() -> Found? {
        while waiting.isEmpty && index < bytes.count {
            if bytes[index] == UInt8(ascii: "<") { readTag() } else { readText() }
        }
        if waiting.isEmpty { flush() }
        return waiting.isEmpty ? nil : waiting.removeFirst()
    }

    private var isRead: Bool {
        !open.contains { element in
            PageReader.unread.contains(element.name) || element.classes.contains { PageReader.marks.contains($0) }
        }
    }

    private mutating func readText() {
        let end = bytes[index...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.endIndex
        if isRead { text += bytes[index..<end] }
        index = end
    }

    private mutating func readTag() {
        let end = bytes[index...].firstIndex(of: UInt8(ascii: ">")) ?? bytes.endIndex - 1
        let tag = String(decoding: bytes[(index + 1)..<end], as: UTF8.self)
        index = end + 1
        let isClosing = tag.hasPrefix("/")
        let name = tag.drop { $0 == "/" }.prefix { !$0.isWhitespace && $0 != "/" }.lowercased()
        // No part of a formula ends the sentence that it stands in.
        if !PageReader.inline.contains(name), !open.contains(where: { $0.name == "math" }) {
            // Cells of one row are one passage.
            if ["td", "th", "br"].contains(name) { text.append(UInt8(ascii: " ")) } else { flush() }
        }
        if isClosing {
            if open.last?.name == name { open.removeLast() }
        } else if name == "img" {
            let words = attribute("alt", of: tag)
            if isRead, let passage = passage(.caption, Array(words.utf8)) { waiting.append(.passage(passage)) }
        } else if !PageReader.void.contains(name) && !tag.hasSuffix("/") {
            open.append(
                Element(
                    name: name, classes: attribute("class", of: tag).split(separator: " "),
                    anchor: String(attribute("id", of: tag))))
        }
    }

    private func attribute(_ name: String, of tag: String) -> Substring {
        guard let start = tag.firstRange(of: " \(name)=\"")?.upperBound else { return "" }
        return tag[start...].prefix { $0 != "\"" }
    }

    /// What has been read so far is a passage, or the heading that is open.
    private mutating func flush() {
        defer { text = [] }
        guard let passage = passage(kind, text) else { return }
        let heading = open.last { $0.name.count == 2 && $0.name.hasPrefix("h") && $0.name != "hr" }
        waiting.append(heading.map { .heading(anchor: $0.anchor, passage.text) } ?? .passage(passage))
    }

    private var kind: SearchEntry.Passage.Kind {
        let names = Set(open.map(\.name))
        let classes = Set(open.flatMap(\.classes))
        if names.contains("figcaption") { return .caption }
        if classes.contains("output") || classes.contains("claim") { return .output }
        if names.contains("figure") { return .output }
        return names.contains("pre") ? .code : .prose
    }

    private func passage(_ kind: SearchEntry.Passage.Kind, _ bytes: [UInt8]) -> SearchEntry.Passage? {
        let text = unescaped(String(decoding: bytes, as: UTF8.self)).split(whereSeparator: \.isWhitespace)
        guard !text.isEmpty else { return nil }
        return SearchEntry.Passage(
            kind: kind, text: text.joined(separator: " ").precomposedStringWithCanonicalMapping)
    }

    private func unescaped(_ text: String) -> String {
        guard text.contains("&") else { return text }
        return text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
            .replacing("&nbsp;", with: " ").replacing("&amp;", with: "&")
    }
}

/// What can be found on a page, as the search page has it: a line of JSON that may stand in HTML.
///
/// - Parameters:
///   - name: the page's folder.
///   - title: what it is called.
///   - page: the page, as ``weave(_:record:problems:provenance:outline:bibliography:)`` gave it.
public func searchEntry(name: String, title: String, page: String) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let entry = SearchEntry(name: name, title: title, html: page)
    guard let bytes = try? encoder.encode(entry) else { return "" }
    // In a script element `<` could begin its end.
    return String(decoding: bytes, as: UTF8.self).replacing("<", with: "\\u003C")
}
