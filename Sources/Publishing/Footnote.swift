/// A footnote and the mark that leads to it.
///
/// The notes stand at the page's end. Where the window has room beside the text, the style sheet moves each to the height of its first
/// mark, below the note before it: so mark and note bear names that CSS finds them by.
struct Footnote {
    /// From 1 in the order of the page.
    let number: Int

    /// What CSS calls a note, and the first mark that leads to it.
    private static func name(ofNote number: Int) -> String { "--note-\(number)" }
    private var nameOfMark: String { "--mark-\(number)" }

    /// The number that stands in the text.
    func mark(isFirst: Bool) -> String {
        let link = element("a", ["href": "#fn:\(number)", "role": "doc-noteref"], "\(number)")
        return element(
            "sup",
            [
                "class": "footnote-mark", "id": isFirst ? "fnref:\(number)" : "",
                "style": isFirst ? "anchor-name: \(nameOfMark)" : "",
            ], link)
    }

    /// The note; `content` is markup.
    func html(_ content: String) -> String {
        let back = element(
            "a",
            [
                "class": "footnote-mark", "href": "#fnref:\(number)", "role": "doc-backlink",
                "aria-label": translated("Back to the text"),
            ], "↩")
        let names =
            "--own: \(Footnote.name(ofNote: number)); --mark: \(nameOfMark); --above: \(Footnote.name(ofNote: number - 1))"
        return element(
            "div", ["class": "footnote", "id": "fn:\(number)", "role": "doc-footnote", "style": names],
            "<sup class=\"footnote-mark\">\(number)</sup> " + content + back) + "\n"
    }
}
