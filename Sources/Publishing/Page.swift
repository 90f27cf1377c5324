import Foundation
public import Notebook

/// What a page says of how it was made.
public struct Provenance: Sendable {
    /// Stands for everything the numbers depend on.
    public var key: String
    public var compiler: String
    public var edition: String

    public init(key: String, compiler: String, edition: String) {
        self.key = key
        self.compiler = compiler
        self.edition = edition
    }
}

/// A notebook as the book's other pages refer to it.
public struct OutlineEntry: Codable, Hashable, Sendable {
    public var name: String
    public var title: String
    public var abstract: String?

    public init(name: String, title: String, abstract: String?) {
        self.name = name
        self.title = title
        self.abstract = abstract
    }

    /// The entry of `notebook`.
    public init(_ notebook: Notebook) {
        self.init(
            name: notebook.name, title: notebook.title,
            abstract: notebook.frontMatter.abstract)
    }
}

/// Weaves a notebook's page from the notebook and its record alone; nothing is run.
///
/// - Parameters:
///   - record: what the run gave; `nil` where the notebook could not be run.
///   - problems: what is wrong with the notebook's text.
///   - outline: all notebooks of the book, in order.
/// - Returns: a whole HTML page that needs nothing but the pictures in its folder.
public func weave(
    _ notebook: Notebook, record: Record?, problems: [Diagnostic], provenance: Provenance, outline: [OutlineEntry]
) -> String {
    let numbers = CaptionNumbers(notebook)
    let cellWriter = CellWriter(path: notebook.path, numbers: numbers)
    let formulas = Formulas(of: notebook)
    var prose = ProseWriter(references: numbers.references(notebook), formulas: formulas)
    let cells = Dictionary(uniqueKeysWithValues: notebook.cells.map { ($0.lines.lowerBound, $0) })
    let document = MarkdownDocument(formulas.text)
    var body = ""
    for node in document.root.children {
        if let cell = cells[node.lines.lowerBound] {
            let known = record.flatMap { $0.cells.count >= cell.number ? $0.cells[cell.number - 1] : nil }
            body += cellWriter.html(cell, known ?? CellRecord(label: nil, status: .skipped))
        } else if notebook.frontMatter.title != nil || !node.isTitle || !body.isEmpty {
            body += prose.block(node)
        }
    }
    let entry = OutlineEntry(notebook)
    let title = element("h1", escaped(entry.title))
    let abstract = entry.abstract.map { element("p", ["class": "abstract"], escaped($0)) } ?? ""
    let warnings = problems.map { markup(of: $0, path: notebook.path) }
    return shell(
        title: entry.title,
        header: element("a", ["href": "../index.html"], "Contents"),
        main: title + abstract + warnings.joined() + contents(prose.headings) + body
            + neighbours(notebook.name, outline),
        footer: foot(provenance, record))
}

private func contents(_ headings: [ProseWriter.Heading]) -> String {
    let shown = headings.filter { $0.level <= 3 }
    guard shown.count > 2 else { return "" }
    let items = shown.map { heading in
        element(
            "li", ["class": "level-\(heading.level)"],
            element("a", ["href": "#" + heading.anchor], withoutLinks(heading.markup)))
    }
    return element("nav", ["class": "contents", "aria-label": "On this page"], element("ul", items.joined())) + "\n"
}

/// Markup without links and footnote marks: a link cannot stand in a link.
private func withoutLinks(_ markup: String) -> String {
    markup.replacing(/<sup[^>]*><a[^>]*>[^<]*<\/a><\/sup>/, with: "").replacing(/<\/?a\b[^>]*>/, with: "")
}

private func neighbours(_ name: String, _ outline: [OutlineEntry]) -> String {
    guard let index = outline.firstIndex(where: { $0.name == name }) else { return "" }
    func link(_ entry: OutlineEntry, _ direction: String, _ arrow: (String, String)) -> String {
        element(
            "a", ["class": direction, "rel": direction, "href": "../\(entry.name)/index.html"],
            arrow.0 + escaped(entry.title) + arrow.1)
    }
    let previous = index > 0 ? link(outline[index - 1], "prev", ("← ", "")) : ""
    let next = index + 1 < outline.count ? link(outline[index + 1], "next", ("", " →")) : ""
    return element("nav", ["class": "neighbours", "aria-label": "Other pages"], previous + next)
}

private func foot(_ provenance: Provenance, _ record: Record?) -> String {
    var lines: [(String, String)] = [("edition", provenance.edition), ("key", provenance.key)]
    lines.append(("compiler", provenance.compiler))
    for (name, value) in (record?.parameters ?? [:]).sorted(by: { $0.key < $1.key }) {
        lines.append((name, value))
    }
    for input in record?.inputs ?? [] { lines.append((input.path, "SHA-256 \(input.sha256)")) }
    let list = lines.map { element("dt", escaped($0.0)) + element("dd", escaped($0.1)) }
    return element(
        "details", ["class": "provenance"], element("summary", "How this page was made") + element("dl", list.joined()))
}

/// The book's first page: its notebooks, each with what it is about.
public func weaveFrontPage(title: String, introduction: String?, outline: [OutlineEntry]) -> String {
    let items = outline.map { entry in
        element(
            "li",
            element("a", ["href": "\(entry.name)/index.html"], escaped(entry.title))
                + (entry.abstract.map { element("p", escaped($0)) } ?? ""))
    }
    let main =
        element("h1", escaped(title))
        + (introduction.map { element("p", ["class": "abstract"], escaped($0)) } ?? "")
        + element("ol", ["class": "notebooks"], items.joined(separator: "\n"))
    return shell(title: title, header: "", main: main, footer: "")
}

/// A whole page. Nothing on it runs: a notebook, and what its cells show, may come from a stranger.
private func shell(title: String, header: String, main: String, footer: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="generator" content="kdbook">
    <meta http-equiv="Content-Security-Policy" content="script-src 'none'; object-src 'none'; frame-src 'none'; base-uri 'none'; form-action 'none'">
    <title>\(escaped(title))</title>
    <link rel="icon" href="data:,">
    <style>
    \(stylesheet)
    </style>
    </head>
    <body>
    <header>\(header)</header>
    <main>
    \(main)
    </main>
    <footer>\(footer)</footer>
    </body>
    </html>

    """
}
