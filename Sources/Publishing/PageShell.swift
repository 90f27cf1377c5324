/// What stands at the top of every page.
///
/// - Parameters:
///   - root: the way from the page to the edition's folder.
///   - hasCode: whether there is code that can be hidden.
func pageHeader(root: String, isFrontPage: Bool = false, hasCode: Bool = false) -> String {
    let contents = isFrontPage ? "" : element("a", ["href": root + "index.html"], "Contents")
    let button = hasCode ? "<button class=\"code\" type=\"button\" hidden>Hide code</button>" : ""
    return contents + "<span class=\"tools\">" + button
        + """
        <form class="search" role="search" data-page="\(root)search.html" hidden>\
        <input type="search" aria-label="Search the book" placeholder="Search  /" autocomplete="off" spellcheck="false">\
        </form></span>
        """
}

/// The page that finds words on all pages.
///
/// - Parameter entries: what ``searchEntry(name:title:page:)`` gave for each page, in the book's order.
public func weaveSearchPage(title: String, entries: [String]) -> String {
    let main = """
        <h1>Search</h1>
        <p class="status" role="status">All words must occur in a section. The key / leads to the box, the arrows to what \
        was found, Enter opens it.</p>
        <noscript><p>Searching needs JavaScript. The <a href="index.html">contents</a> list all pages.</p></noscript>
        <ol class="results"></ol>
        <script type="application/json" id="search-index">
        [\(entries.joined(separator: ",\n"))]
        </script>
        """
    return shell(.search, title: "Search · \(title)", header: pageHeader(root: ""), main: main, footer: "")
}

/// What a page is, which the style sheet knows it by.
enum PageKind: String { case front, chapter, search, missing }

/// A whole page.
func shell(_ kind: PageKind, title: String, header: String, main: String, footer: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="generator" content="kdbook">
    <meta name="referrer" content="no-referrer">
    \(ServablePage.policyTag.before)\(contentSecurityPolicy)\(ServablePage.policyTag.after)\
    <meta http-equiv="x-dns-prefetch-control" content="off">
    <title>\(escaped(title))</title>
    <link rel="icon" href="data:,">
    <style>
    \(stylesheet)
    </style>
    </head>
    <body class="\(kind.rawValue)">
    <header>\(header)</header>
    <script>
    \(pageScript)
    </script>
    <main>
    \(main)
    </main>
    <footer>\(footer)</footer>
    </body>
    </html>

    """
}
