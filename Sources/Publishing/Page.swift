import Foundation
public import Notebook
import Wire
import Math

/// Weaves a notebook's page from the notebook and its record alone; nothing is run.
///
/// - Parameters:
///   - record: what the run gave; `nil` where the notebook could not be run.
///   - problems: what is wrong with the notebook's text.
///   - outline: all notebooks of the book, in order.
///   - bibliography: the works that the book cites.
///   - claims: the claims that the book is about.
///   - files: the book's files that its prose shows or leads to.
///   - book: what the book says of all its pages.
///   - language: of a translation, its own; `nil` is the book's first.
///   - figures: how figures are shown, by the digests of their light pictures; where nothing is said, as their records have them.
///   - variants: what the notebook gave at each setting of its controls, this record among them.
///   - original: of a translation, the notebook whose cells it has: messages name its lines.
/// - Returns: a whole HTML page that needs nothing but the pictures in its folder.
public func weave(
    _ notebook: Notebook, record: Record?, problems: [Diagnostic], provenance: Provenance, outline: [OutlineEntry],
    bibliography: Bibliography = Bibliography(), claims: BookClaims? = nil, files: AttachedFiles = AttachedFiles(),
    book: BookFrame = BookFrame(), language: PageLanguage? = nil, original: Notebook? = nil,
    figures: [String: ShownFigure] = [:], variants: [PageVariant] = []
) -> String {
    PageLanguage.$current.withValue(language ?? PageLanguage(of: book)) {
        page(
            of: notebook, record: record, problems: problems, provenance: provenance, outline: outline,
            bibliography: bibliography, claims: claims, files: files, book: book,
            original: original ?? notebook, figures: figures,
            variants: PageVariants(
                variants, of: notebook.frontMatter.controls,
                own: variants.isEmpty ? nil : notebook.frontMatter.ownSetting(edition: provenance.edition)))
    }
}

private func page(
    of notebook: Notebook, record: Record?, problems: [Diagnostic], provenance: Provenance, outline: [OutlineEntry],
    bibliography: Bibliography, claims: BookClaims?, files: AttachedFiles, book: BookFrame,
    original: Notebook, figures: [String: ShownFigure], variants: PageVariants
) -> String {
    let manuscript = Manuscript(notebook)
    let decided = record?.claimLabels ?? []
    let references = References(
        own: manuscript.labels.all + decided, page: notebook.name, outline: outline, claims: claims)
    let cellWriter = CellWriter(
        notebook: notebook, numbers: CaptionNumbers(notebook, manuscript.pictures), claims: claims,
        codeFold: book.codeFold, figures: figures, variants: variants, original: original)
    var prose = ProseWriter(
        references: references, insertions: manuscript.insertions, bibliography: bibliography,
        values: record?.values ?? [], variants: variants, cells: WovenCells(manuscript, record, writer: cellWriter),
        files: files)
    prose.readSectionTitles(manuscript.labels.headings)
    let abstract = manuscript.abstract.map { element("p", ["class": "abstract"], prose.snippet($0)) } ?? ""
    let body = body(of: manuscript, &prose, variants)
    let entry = OutlineEntry(notebook)
    let title = element("h1", entry.titleMarkup)
    let ofValues = zip(notebook.inlineValues, record?.values ?? []).flatMap { value, result in
        result.diagnostics.map { notebook.placed($0, of: value) }
    }
    let warnings = (problems + ofValues).map { markup(of: notebook.located($0), path: notebook.path) }
    let bookTitle =
        book.title.map { prose.snippet(Snippet(ShortText($0), book.typography), isLinked: false) }
        ?? translated("Contents")
    let chapters = ChapterList(notebook.name, in: outline, title: bookTitle)
    return shell(
        .chapter, title: entry.title, root: "../", path: "\(notebook.name)/index.html",
        header: pageHeader(
            root: "../", path: "\(notebook.name)/index.html", book: bookTitle, place: chapters.place,
            hasChapters: chapters.isShown,
            hasCode: body.contains("<pre class=\"code\">")),
        beside: chapters.html,
        main: untranslatedNote + title + abstract + warnings.joined() + contents(prose.headings)
            + body + outputs(record, on: notebook.name)
            + chapters.neighbours,
        footer: provenance.html(record), book: book,
        meta: PageMeta(
            description: abstract.isEmpty ? nil : words(of: abstract),
            picture: book.address == nil ? nil : record.flatMap { preview(of: notebook, $0) },
            bookTitle: book.title == nil ? nil : words(of: bookTitle)))
}

/// The picture that stands for a page, the first with a caption, drawn with words of the page's language where it has its own.
private func preview(of notebook: Notebook, _ record: Record) -> PagePreview? {
    let page = PageLanguage.current
    for (cell, shown) in zip(notebook.cells, record.cells)
    where cell.options.include && cell.options.output && cell.options.figureCaption != nil {
        for case .figure(let content) in shown.displays {
            let folder = page.ownPictures.contains(content.light) ? page.folder : ""
            return PagePreview(
                path: "\(folder)\(notebook.name)/\(FigureFiles.path(content.light))",
                alternativeText: cell.options.figureAlternativeText ?? content.shownText)
        }
    }
    return nil
}

/// The prose and the cells with the controls over them, and the footnotes and the list of works behind.
private func body(of manuscript: Manuscript, _ prose: inout ProseWriter, _ variants: PageVariants) -> String {
    var blocks: [String] = []
    var notes = ""
    for node in manuscript.document.root.children {
        if node.typeName == "footnote_definition" {
            notes += prose.block(node)
        } else if manuscript.notebook.frontMatter.title != nil || !node.isTitle
            || blocks.contains(where: { !$0.isEmpty })
        {
            // What stands within an element of the author's is one block with it.
            let goesOn = prose.isWithinOpenElement
            let markup = prose.block(node)
            if goesOn, let last = blocks.popLast() { blocks.append(last + markup) } else { blocks.append(markup) }
        }
    }
    var body = variants.placed(in: blocks) + prose.closing()
    if !notes.isEmpty {
        body += element("section", ["class": "footnotes", "aria-label": translated("Footnotes")], "\n" + notes) + "\n"
    }
    return body + prose.citedWorks()
}

extension Record {
    /// What prose can refer to of the claims that the cells made.
    public var claimLabels: [Label] {
        var ids: [String] = []
        for case .claim(let claim) in cells.flatMap(\.displays) where !ids.contains(claim.id) { ids.append(claim.id) }
        return ids.map(Label.claim)
    }
}

/// On a page whose prose stands in the book's first language, a word that says so.
private var untranslatedNote: String {
    let page = PageLanguage.current
    guard page.isUntranslated else { return "" }
    return element(
        "p", ["class": "untranslated", "lang": page.language.tag],
        escaped(translated("This page has not been translated yet."))) + "\n"
}

/// The files that the notebook wrote, to be taken away.
private func outputs(_ record: Record?, on notebook: String) -> String {
    guard let outputs = record?.outputs, !outputs.isEmpty else { return "" }
    let folder = PageLanguage.current.folder(ofOutputsOn: notebook)
    let items = outputs.map { output in
        element(
            "li",
            element("a", ["href": folder + output.path, "download": output.name], escaped(output.name)) + " "
                + element("span", ["class": "size"], escaped(output.bytes.asBytes)))
    }
    return element(
        "section", ["class": "outputs", "aria-label": translated("Files")],
        element("h2", escaped(translated("Files"))) + element("ul", items.joined(separator: "\n"))) + "\n"
}

private func contents(_ headings: [ProseWriter.Heading]) -> String {
    let shown = headings.filter { $0.level <= 3 }
    guard shown.count > 2 else { return "" }
    let items = shown.map { heading in
        element(
            "li", ["class": "level-\(heading.level)"],
            element("a", ["href": "#" + heading.anchor], withoutLinks(heading.markup)))
    }
    return element(
        "nav", ["class": "contents", "aria-label": translated("On this page")],
        element("details", element("summary", translated("On this page")) + element("ul", items.joined()))) + "\n"
}
