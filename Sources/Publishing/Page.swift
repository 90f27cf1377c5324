import Foundation
public import Notebook
import Wire

/// A notebook as the book's other pages refer to it.
public struct OutlineEntry: Codable, Hashable, Sendable {
    public var name: String
    public var title: String
    public var abstract: String?
    /// What other pages can refer to on this one.
    public var labels: [Label]

    public init(name: String, title: String, abstract: String?, labels: [Label] = []) {
        self.name = name
        self.title = title
        self.abstract = abstract
        self.labels = labels
    }

    /// The entry of `notebook`.
    public init(_ notebook: Notebook) {
        self.init(
            name: notebook.name, title: notebook.title, abstract: notebook.frontMatter.abstract,
            labels: Manuscript(notebook).labels.all)
    }

    /// All of it as text, to compare by.
    public var text: String {
        let labels = labels.map { [$0.name, $0.number.map(String.init) ?? "", $0.title ?? ""].joined(separator: "\t") }
        return ([name, title, abstract ?? ""] + labels).joined(separator: "\u{0}")
    }
}

/// Weaves a notebook's page from the notebook and its record alone; nothing is run.
///
/// - Parameters:
///   - record: what the run gave; `nil` where the notebook could not be run.
///   - problems: what is wrong with the notebook's text.
///   - outline: all notebooks of the book, in order.
///   - bibliography: the works that the book cites.
///   - claims: the claims that the book is about.
///   - files: the book's files that its prose shows or leads to.
/// - Returns: a whole HTML page that needs nothing but the pictures in its folder.
public func weave(
    _ notebook: Notebook, record: Record?, problems: [Diagnostic], provenance: Provenance, outline: [OutlineEntry],
    bibliography: Bibliography = Bibliography(), claims: BookClaims? = nil, files: AttachedFiles = AttachedFiles()
) -> String {
    let manuscript = Manuscript(notebook)
    let decided = record?.claimLabels ?? []
    let references = References(
        own: manuscript.labels.all + decided, page: notebook.name, outline: outline, claims: claims)
    let cellWriter = CellWriter(notebook: notebook, numbers: CaptionNumbers(notebook), claims: claims)
    var prose = ProseWriter(
        references: references, insertions: manuscript.insertions, bibliography: bibliography,
        values: record?.values ?? [], cells: WovenCells(notebook, record, writer: cellWriter), files: files)
    var body = ""
    var notes = ""
    for node in manuscript.document.root.children {
        if node.typeName == "footnote_definition" {
            notes += prose.block(node)
        } else if notebook.frontMatter.title != nil || !node.isTitle || !body.isEmpty {
            body += prose.block(node)
        }
    }
    body += prose.closing()
    if !notes.isEmpty {
        body += element("section", ["class": "footnotes", "aria-label": "Footnotes"], "\n" + notes) + "\n"
    }
    body += prose.citedWorks()
    let entry = OutlineEntry(notebook)
    let title = element("h1", escaped(entry.title))
    let abstract = entry.abstract.map { element("p", ["class": "abstract"], escaped($0)) } ?? ""
    let ofValues = zip(notebook.inlineValues, record?.values ?? []).flatMap { value, result in
        result.diagnostics.map { notebook.placed($0, of: value) }
    }
    let warnings = (problems + ofValues).map { markup(of: $0, path: notebook.path) }
    return shell(
        title: entry.title,
        header: pageHeader(root: "../", hasCode: body.contains("<pre class=\"code\">")),
        main: title + abstract + warnings.joined() + contents(prose.headings) + body
            + neighbours(notebook.name, outline),
        footer: provenance.html(record))
}

extension Record {
    /// What prose can refer to of the claims that the cells made.
    public var claimLabels: [Label] {
        var ids: [String] = []
        for case .claim(let claim) in cells.flatMap(\.displays) where !ids.contains(claim.id) { ids.append(claim.id) }
        return ids.map(Label.claim)
    }
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

/// Markup without links, footnote marks and names: a link cannot stand in a link, nor a name on a page twice.
private func withoutLinks(_ markup: String) -> String {
    markup.replacing(/<sup[^>]*><a[^>]*>[^<]*<\/a><\/sup>/, with: "").replacing(/<\/?a\b[^>]*>/, with: "")
        .replacing(/\sid="[^"]*"/, with: "")
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

/// The book's first page: its picture, its notebooks, each with what it is about, and what became of its claims.
public func weaveFrontPage(
    title: String, introduction: String?, outline: [OutlineEntry], figure: FrontFigure? = nil, ledger: Ledger? = nil
) -> String {
    let items = outline.map { entry in
        element(
            "li",
            element("a", ["href": "\(entry.name)/index.html"], escaped(entry.title))
                + (entry.abstract.map { element("p", escaped($0)) } ?? ""))
    }
    let main =
        element("h1", escaped(title))
        + (introduction.map { element("p", ["class": "abstract"], escaped($0)) } ?? "")
        + (figure?.html ?? "")
        + element("ol", ["class": "notebooks"], items.joined(separator: "\n"))
        + (ledger?.html ?? "")
    return shell(title: title, header: pageHeader(root: "", isFrontPage: true), main: main, footer: "")
}
