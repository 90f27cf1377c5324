/// A book's pages as one, to be printed: what the front page says before its list of chapters, contents with the numbers of pages, the
/// chapters, and the rest of the front page, such as the ledger of claims.
///
/// The numbers are those of the printed file, which nobody knows before it is printed. So each stands in a room of its own that has the
/// same width whatever the number: printed again with the numbers in place, all else stays where it was.
public struct PrintedBook: Sendable {
    private let title: String
    private let front, rest: String
    private let chapters: [Chapter]
    private let styles: String
    private let language: PageLanguage

    /// A notebook's page.
    private struct Chapter {
        let name: String
        let title: String
        let text: String
        let sections: [(anchor: String, markup: String)]
    }

    /// - Parameters:
    ///   - front: the front page as it was woven.
    ///   - pages: each notebook, with its page as it was woven, in order.
    ///   - folder: the address of the folder that the pages lie in, where their pictures are found.
    ///   - language: of the pages.
    public init(front: String, pages: [(entry: OutlineEntry, page: String)], folder: String, language: PageLanguage) {
        let names = Set(pages.map(\.entry.name))
        self.language = language
        title = front.firstMatch(of: /<title>(.*?)<\/title>/).map { String($0.1) } ?? ""
        styles = front.matches(of: /<style>.*?<\/style>/.dotMatchesNewlines()).map { String($0.0) }.joined(
            separator: "\n")
        let first = PrintedPage(name: "", chapters: names, folder: folder).text(of: front)
        // The list of chapters stands in the contents.
        let list = first.firstRange(of: /<h2 id="\/chapters".*?<\/ol>/.dotMatchesNewlines())
        self.front = String(first[..<(list?.lowerBound ?? first.endIndex)])
        rest = String(first[(list?.upperBound ?? first.endIndex)...])
        chapters = pages.map { entry, page in
            let text = PrintedPage(name: entry.name, chapters: names, folder: folder).text(of: page)
            let sections = text.matches(of: /<h2 id="([^"]*)">(.*?) <a class="anchor"/).map {
                (String($0.1), withoutLinks(String($0.2)))
            }
            return Chapter(name: entry.name, title: entry.titleMarkup, text: text, sections: sections)
        }
    }

    /// The whole as HTML.
    ///
    /// - Parameter pages: the number of the page that each anchor is on, as far as they are known.
    public func html(pages: [String: Int] = [:]) -> String {
        PageLanguage.$current.withValue(language) {
            """
            <!DOCTYPE html>
            <html lang="\(language.language.tag)"\(language.language.isRightToLeft ? " dir=\"rtl\"" : "")>
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src file: data:">
            <title>\(title)</title>
            \(styles)
            <style>
            \(PrintedBook.ownStyle)
            </style>
            </head>
            <body class="printed front">
            <main>
            \(front)
            \(contents(pages))
            \(chapters.map { chapter($0, pages) }.joined(separator: "\n"))
            \(rest.allSatisfy(\.isWhitespace) ? "" : element("section", ["class": "chapter"], rest))
            </main>
            </body>
            </html>

            """
        }
    }

    private func contents(_ pages: [String: Int]) -> String {
        let items = chapters.map { chapter in
            let sections = chapter.sections.map { line($0.anchor, $0.markup, pages) }
            return line(
                PrintedPage.anchor("", on: chapter.name), chapter.title, pages,
                below: sections.isEmpty ? "" : element("ol", sections.joined(separator: "\n")))
        }
        return element(
            "section", ["class": "book-contents"],
            element("h2", ["id": "/contents"], translated("Contents")) + element("ol", items.joined(separator: "\n")))
    }

    private func line(_ anchor: String, _ markup: String, _ pages: [String: Int], below: String = "") -> String {
        let words = element("a", ["href": "#" + anchor], markup)
        return element(
            "li",
            element("div", ["class": "line"], words + element("span", ["class": "page-number"], number(anchor, pages)))
                + below)
    }

    private func number(_ anchor: String, _ pages: [String: Int]) -> String { pages[anchor].map(String.init) ?? "" }

    private func chapter(_ chapter: Chapter, _ pages: [String: Int]) -> String {
        // Figures, tables and sections that are referred to are told with their pages.
        let text = chapter.text.replacing(/<a class="reference" href="#([^"]*)">.*?<\/a>/) { match in
            let number = element("span", ["class": "page-number"], number(String(match.1), pages))
            return match.0 + element("span", ["class": "on-page"], " (" + translated("p.") + "\u{A0}" + number + ")")
        }
        return element("section", ["class": "chapter", "id": PrintedPage.anchor("", on: chapter.name)], text)
    }

    private static let ownStyle = """
        section.chapter, section.book-contents { break-before: page; }
        .book-contents ol { list-style: none; padding: 0; margin: 0; }
        .book-contents ol ol { padding-left: 1.4em; font-size: .92em; }
        .book-contents > ol > li { margin-top: .6em; } .book-contents > ol > li > .line { font-weight: 600; break-after: avoid; }
        .book-contents .line { display: flex; gap: .8em; } .book-contents .line > a { flex: 1; text-decoration: none; }
        .page-number { display: inline-block; width: 3.2ch; text-align: right; font-variant-numeric: tabular-nums; }
        .on-page { white-space: nowrap; } .on-page .page-number { text-align: center; }
        """
}

/// A page's text as a part of a book: its anchors bear its name, and links to other pages lead to places in the book.
private struct PrintedPage {
    let name: String
    let chapters: Set<String>
    let folder: String

    static func anchor(_ anchor: some StringProtocol, on page: some StringProtocol) -> String { "\(page)/\(anchor)" }

    func text(of page: String) -> String {
        let start = page.firstRange(of: /<main[^>]*>\n/)?.upperBound ?? page.startIndex
        let end = page.firstRange(of: "\n</main>")?.lowerBound ?? page.endIndex
        return String(page[start..<max(start, end)])
            .replacing(/<nav\b.*?<\/nav>\n?/.dotMatchesNewlines(), with: "").replacing(/<source\b[^>]*>/, with: "")
            .replacing(/<[a-z][^<>]*>/) { changed($0.0) }
    }

    private func changed(_ tag: Substring) -> String {
        String(tag).replacing(/\s(id|href|src|loading|for|name|aria-labelledby|aria-describedby)="([^"]*)"/) { match in
            switch match.1 {
            case "id", "for", "aria-labelledby", "aria-describedby":
                " \(match.1)=\"\(PrintedPage.anchor(match.2, on: name))\""
            case "href": link(match.2).map { " href=\"\($0)\"" } ?? ""
            case "src": " src=\"\(source(match.2))\""
            // Tabs are all open, and pictures all there.
            default: ""
            }
        }
    }

    /// Where a link leads in the book; `nil` for one to a file, which the book does not hold.
    private func link(_ address: Substring) -> String? {
        if address.hasPrefix("#") { return "#" + PrintedPage.anchor(address.dropFirst(), on: name) }
        if address.prefixMatch(of: /[a-z]+:/) != nil { return String(address) }
        guard let match = address.wholeMatch(of: /(?:\.\.\/)?(?:([^\/#]+)\/)?index\.html(?:#(.*))?/) else { return nil }
        let page = match.1 ?? ""
        guard page.isEmpty || chapters.contains(String(page)) else { return nil }
        return "#" + PrintedPage.anchor(match.2 ?? "", on: page)
    }

    private func source(_ address: Substring) -> String {
        address.hasPrefix("data:") ? String(address) : folder + (name.isEmpty ? "" : "/" + name) + "/" + address
    }
}
