/// A heading's text without the label behind it.
struct HeadingText {
    let title: String
    let label: String?

    /// The label may stand among other attributes, such as `.unnumbered`, which change nothing here.
    private static var pattern: Regex<(Substring, Substring?)> {
        /[ \t]*\{(?:#([^}\s]*)|\.[A-Za-z][^}\s]*|-)(?:[ ]+(?:\.[A-Za-z][^}\s]*|-|[a-z-]+=[^}\s]+))*\}[ \t]*$/
    }

    init(_ text: String) {
        let match = text.firstMatch(of: HeadingText.pattern)
        title = match.map { String(text[..<$0.range.lowerBound]) } ?? text
        label = match?.1.map { String($0) }
    }
}
