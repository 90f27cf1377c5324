import Notebook

/// What stands at the top of every page.
///
/// - Parameters:
///   - root: the way from the page to the folder of the pages in its language.
///   - path: the page's, from there.
///   - book: what the link to the front page says, as markup; `nil` on the front page.
///   - place: where the page stands in the book, as markup.
///   - hasChapters: whether a list of chapters can be opened.
///   - hasCode: whether there is code that can be hidden.
func pageHeader(
    root: String, path: String, book: String?, place: String = "", hasChapters: Bool = false, hasCode: Bool = false
) -> String {
    let menu =
        hasChapters
        ? element(
            "button", ["class": "menu", "type": "button", "popovertarget": ChapterList.anchor], translated("Chapters"))
        : ""
    let title = book.map { element("a", ["class": "book", "href": root + "index.html"], $0) } ?? ""
    let button = hasCode ? "<button class=\"code\" type=\"button\" hidden>\(translated("Hide code"))</button>" : ""
    return menu + title + place + "<span class=\"tools\">"
        + PageLanguage.current.links(root: root, path: path) + button
            + """
            <form class="search" role="search" data-page="\(root)search.html" hidden>\
            <input type="search" aria-label="\(translated("Search the book"))" placeholder="\(translated("Search  /"))" autocomplete="off" spellcheck="false">\
            </form></span>
            """
}

/// The page that finds words on all pages.
///
/// - Parameter entries: what ``searchEntry(name:title:page:)`` gave for each page, in the book's order.
public func weaveSearchPage(
    title: String, entries: [String], book: BookFrame = BookFrame(), language: PageLanguage = PageLanguage()
) -> String {
    PageLanguage.$current.withValue(language) { searchPage(title: title, entries: entries, book) }
}

private func searchPage(title: String, entries: [String], _ book: BookFrame) -> String {
    let main = """
        <h1>\(translated("Search"))</h1>
        <p class="status" role="status">\(translated("All words must occur in a section. The key / leads to the box, the arrows to what was found, Enter opens it."))</p>
        <noscript><p>\(translated("Searching needs JavaScript. All pages are listed here:")) \
        <a href="index.html">\(translated("Contents"))</a></p></noscript>
        <ol class="results"></ol>
        <script type="application/json" id="search-index">
        [\(entries.joined(separator: ",\n"))]
        </script>
        """
    var writer = ProseWriter(
        references: References(own: [], page: "", outline: [], claims: nil), insertions: Insertions(),
        bibliography: Bibliography())
    let markup = writer.snippet(Snippet(ShortText(title), book.typography), isLinked: false)
    return shell(
        .search, title: "\(translated("Search")) · \(words(of: markup))", path: "search.html",
        header: pageHeader(root: "", path: "search.html", book: markup), main: main, footer: "", book: book)
}

/// The page that a server shows where a notebook has none.
public func weaveMissingPage(name: String) -> String {
    let main =
        element("h1", "No such page")
        + element(
            "p", "This book has no page " + element("code", escaped(name)) + " at present. Once it has, this shows it.")
        + element("p", element("a", ["href": "/index.html"], "All pages of the book"))
    return shell(
        .missing, title: "No such page", root: "/", path: "index.html",
        header: pageHeader(root: "/", path: "index.html", book: "Contents"), main: main, footer: "")
}

/// A way for the keyboard past what stands before the text.
private var skip: (link: String, target: String) {
    (
        link: "<a class=\"skip\" href=\"#book:text\">\(translated("To the text"))</a>\n",
        target: "<span id=\"book:text\" tabindex=\"-1\"></span>\n"
    )
}

/// A whole page.
///
/// - Parameters:
///   - root: the way from the page to the folder of the pages in its language.
///   - path: the page's, from there.
///   - beside: what stands between the header and the text.
///   - meta: what it says of itself where links to it are shown.
func shell(
    _ kind: PageKind, title: String, root: String = "", path: String, header: String, beside: String = "", main: String,
    footer: String, book: BookFrame = BookFrame(), meta: PageMeta = PageMeta()
) -> String {
    let theme = book.theme.map { PageTheme(book: $0).stylesheet } ?? ""
    let page = PageLanguage.current
    let direction = page.language.isRightToLeft ? " dir=\"rtl\"" : ""
    let bodyTag = openTag("body", ["class": kind.rawValue, "data-words": page.scriptWords])
    let mainTag = openTag("main", ["lang": page.isUntranslated ? page.all.first?.tag ?? "" : ""])
    return """
        <!DOCTYPE html>
        <html lang="\(page.language.tag)"\(direction)>
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="generator" content="kdbook">
        <meta name="referrer" content="no-referrer">
        \(ServablePage.policyTag.before)\(contentSecurityPolicy(theme: theme))\(ServablePage.policyTag.after)\
        <meta http-equiv="x-dns-prefetch-control" content="off">
        <title>\(escaped(title))</title>
        <link rel="icon" href="data:,">
        \(meta.tags(kind, title: title, path: path, book: book))\
        \(page.alternates(root: root, path: path))\
        <style>
        \(stylesheet)
        </style>\(theme.isEmpty ? "" : "\n<style>\n\(theme)\n</style>")
        </head>
        \(bodyTag)
        \(beside.isEmpty ? "" : skip.link)<header>\(header)</header>
        \(beside)
        <script>
        \(pageScript)
        </script>
        \(beside.isEmpty ? "" : skip.target)\(mainTag)
        \(main)
        </main>
        <footer>\(footer)</footer>
        </body>
        </html>

        """
}
