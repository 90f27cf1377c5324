import Notebook

/// Where a page stands in its book: the list of chapters, and the pages before and behind.
struct ChapterList {
    private let outline: [OutlineEntry]
    private let index: Int?
    private let title: String

    /// The list's element, which a button opens. No heading's anchor has a colon.
    static let anchor = "book:chapters"

    /// - Parameters:
    ///   - name: the page's.
    ///   - title: the book's, as markup.
    init(_ name: String, in outline: [OutlineEntry], title: String) {
        self.outline = outline
        self.title = title
        index = outline.firstIndex { $0.name == name }
    }

    /// Whether there is another page to go to.
    var isShown: Bool { outline.count > 1 }

    /// The place in the book, between links to the pages before and behind; empty where the book has one page.
    var place: String {
        guard let index, isShown else { return "" }
        return element(
            "nav", ["class": "place", "aria-label": translated("Place in the book")],
            arrow(index - 1, "prev", translated("Previous"), "←")
                + element("span", translated("\(index + 1) of \(outline.count)"))
                + arrow(index + 1, "next", translated("Next"), "→"))
    }

    private func arrow(_ index: Int, _ direction: String, _ word: String, _ arrow: String) -> String {
        guard outline.indices.contains(index) else { return element("span", ["aria-hidden": "true"], arrow) }
        let entry = outline[index]
        return element(
            "a",
            [
                "rel": direction, "href": "../\(entry.name)/index.html",
                "aria-label": "\(word): \(words(of: entry.titleMarkup))",
            ], arrow)
    }

    /// All chapters, the page's own marked. Where a window has no room for it beside the text, a button opens it without a
    /// script.
    var html: String {
        guard isShown else { return "" }
        let items = outline.indices.map { place in
            let entry = outline[place]
            return element(
                "li",
                element(
                    "a",
                    ["href": "../\(entry.name)/index.html", "aria-current": place == index ? "page" : ""],
                    entry.titleMarkup))
        }
        return element(
            "nav",
            ["class": "chapters", "id": ChapterList.anchor, "popover": "auto", "aria-label": translated("Chapters")],
            element("a", ["class": "book", "href": "../index.html"], title)
                + element("ol", items.joined(separator: "\n")))
    }

    /// The pages before and behind, at the page's foot.
    var neighbours: String {
        guard let index else { return "" }
        func link(_ index: Int, _ direction: String, _ arrow: (String, String)) -> String {
            guard outline.indices.contains(index) else { return "" }
            let entry = outline[index]
            return element(
                "a", ["class": direction, "rel": direction, "href": "../\(entry.name)/index.html"],
                arrow.0 + entry.titleMarkup + arrow.1)
        }
        return element(
            "nav", ["class": "neighbours", "aria-label": translated("Other pages")],
            link(index - 1, "prev", ("← ", "")) + link(index + 1, "next", ("", " →")))
    }
}
