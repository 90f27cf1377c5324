import Math
import Notebook

/// A title, an abstract or a caption read as Markdown, with what was taken out of it before.
struct Snippet: Sendable {
    let position: SourcePosition
    let insertions: Insertions
    /// One paragraph.
    let document: MarkdownDocument
    /// Whether it is a title, which stands on other pages, too.
    let isTitle: Bool

    /// Stands before the text, so that it begins no list, heading or fence. To Markdown it is a mark of punctuation.
    static let guardMark = "\u{2E31}"

    init(
        _ text: ShortText, _ typography: Typography = .typed, macros: MathMacros = MathMacros(),
        values: [InlineValue] = [], isTitle: Bool = false
    ) {
        self.isTitle = isTitle
        position = text.position
        insertions = Insertions(of: text, typography, macros: macros, values: values)
        document = MarkdownDocument(Snippet.guardMark + insertions.text, typography)
    }

    /// What cannot stand here, with the cure.
    var problems: [Diagnostic] {
        var problems: [String] = []
        for insertion in insertions.all where isTitle {
            switch insertion.content {
            case .reference, .citation:
                problems.append(
                    "a title cannot hold a reference, because it stands on other pages, too; put it into the abstract; "
                        + "an at sign is `\\@`")
            case .formula, .value: break
            }
        }
        if document.root.plainText.contains("[^") {
            problems.append("a footnote cannot stand in a title, an abstract or a caption; put it into the prose")
        }
        if Snippet.hasPicture(document.root) {
            problems.append("a picture cannot stand in a title, an abstract or a caption; put it into the prose")
        }
        return problems.map { Diagnostic(.error, at: position, $0) }
    }
}

extension Snippet {
    private static func hasPicture(_ node: MarkdownNode) -> Bool {
        node.typeName == "image" || node.children.contains(where: hasPicture)
    }

    /// What is taken out and can be wrong by itself; what a title cannot hold is told by ``problems``.
    var checked: [Insertion] {
        insertions.all.filter { if case .formula = $0.content { true } else { !isTitle } }
    }
}

/// The words of markup that this module wrote, as a browser's title or a text without markup has them: formulas with `^`
/// and `_`.
func words(of markup: String) -> String {
    guard markup.contains(where: { $0 == "<" || $0 == "&" }) else { return markup }
    var text = ""
    // The open elements, and how many children of each have begun.
    var open: [(name: Substring, children: Int)] = []
    var rest = markup[...]
    while let start = rest.firstIndex(of: "<") {
        if !open.contains(where: { $0.name == "annotation" }) { text += rest[..<start] }
        let end = rest[start...].firstIndex(of: ">") ?? rest.index(before: rest.endIndex)
        let tag = rest[rest.index(after: start)..<end]
        rest = rest[rest.index(after: end)...]
        if tag.hasPrefix("/") {
            if !open.isEmpty { open.removeLast() }
            continue
        }
        if let parent = open.indices.last {
            text += separator(in: open[parent].name, before: open[parent].children)
            open[parent].children += 1
        }
        let name = tag.prefix { !$0.isWhitespace && $0 != "/" }
        if name == "br" { text += " " }
        if !tag.hasSuffix("/") && !["br", "img", "hr", "wbr"].contains(name) { open.append((name, 0)) }
    }
    return unescaped(text + rest)
}

/// What stands for the place of an element's `child`-th child in a line of text.
private func separator(in name: Substring, before child: Int) -> String {
    switch (name, child) {
    case ("msup", 1), ("mover", 1), ("msubsup", 2), ("munderover", 2): "^"
    case ("msub", 1), ("munder", 1), ("msubsup", 1), ("munderover", 1): "_"
    case ("mfrac", 1): "/"
    case ("msqrt", 0): "√"
    default: ""
    }
}

private func unescaped(_ text: String) -> String {
    // What sets functions and bounds apart has no place in a line.
    let plain = text.replacing("\u{2061}", with: "").replacing("\u{2062}", with: "")
    guard plain.contains("&") else { return plain }
    return plain.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
        .replacing("&nbsp;", with: "\u{A0}").replacing("&amp;", with: "&")
}

extension Citation.Words {
    /// The words as they are written in the place that `insertions` were taken from.
    func snippet(in insertions: Insertions) -> Snippet {
        Snippet(text, insertions.typography, macros: insertions.macros)
    }
}
