import Notebook

/// A picture that a paragraph of prose consists of: `![caption](img/a.png){#fig-a width=50% fig-alt="…"}`.
struct ProsePicture: Sendable {
    /// The name by which it is referred to.
    private(set) var label: String?
    /// As written: a share of the page's width, such as `50%`, or a number of pixels.
    private(set) var width: String?
    /// What it shows, for those who do not see it, where that is not its caption.
    private(set) var alternativeText: String?
    /// Whether words stand between the brackets.
    private let hasCaption: Bool
    let line: Int
    let column: Int
    private var unreadable: String?

    /// What is wrong with it.
    var problem: String? {
        unreadable
            ?? (hasCaption || alternativeText != nil
                ? nil : "say what the picture shows: `![caption](…)`, or `{fig-alt=\"…\"}` behind it")
    }

    /// - Parameter insertions: what was taken out of the text.
    /// - Returns: `nil` where the paragraph has more than a picture and its attributes.
    init?(_ paragraph: MarkdownNode, _ insertions: Insertions) {
        guard paragraph.typeName == "paragraph", let image = paragraph.children.first, image.typeName == "image" else {
            return nil
        }
        hasCaption = !image.plainText.allSatisfy(\.isWhitespace)
        (line, column) = (image.lines.lowerBound, image.column)
        let rest = insertions.plainText(paragraph.children.dropFirst().map(\.plainText).joined())
        if rest.allSatisfy(\.isWhitespace) { return }
        guard let match = rest.wholeMatch(of: /\s*\{([^{}]*)\}\s*/) else { return nil }
        for attribute in match.1.matches(of: /[^\s"“”]+["“]([^"“”]*)["”]|[^\s]+/) {
            take(String(attribute.0), quoted: attribute.1.map(String.init))
        }
    }

    private mutating func take(_ attribute: String, quoted: String?) {
        if attribute.hasPrefix("#") {
            label = String(attribute.dropFirst())
        } else if attribute.hasPrefix("fig-alt="), let quoted {
            alternativeText = quoted
        } else if let match = attribute.wholeMatch(of: /width="?(\d{1,4}%?)"?/),
            !match.1.hasSuffix("%") || match.1.count <= 4
        {
            width = String(match.1)
        } else {
            unreadable =
                "a picture has the attributes `#fig-name`, `width=50%` or `width=300`, and `fig-alt=\"…\"`; "
                + "`\(attribute)` is none of them"
        }
    }

    /// All in `document`, in order.
    static func all(in document: MarkdownDocument, _ insertions: Insertions) -> [ProsePicture] {
        func pictures(in node: MarkdownNode) -> [ProsePicture] {
            if let picture = ProsePicture(node, insertions) { return [picture] }
            return node.children.flatMap(pictures)
        }
        return pictures(in: document.root)
    }
}
