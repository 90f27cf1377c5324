public import Notebook

/// One cell as it stands on its notebook's page, with what it gave; empty where the page shows nothing of it.
///
/// - Parameters:
///   - outline: all notebooks of the book, in order.
///   - bibliography: the works that the book cites.
///   - claims: what the book knows of its claims.
///   - book: what the book says of all its pages.
public func weaveCell(
    _ cell: Cell, _ record: CellRecord, of notebook: Notebook, outline: [OutlineEntry] = [],
    bibliography: Bibliography = Bibliography(), claims: BookClaims?, book: BookFrame = BookFrame()
) -> String {
    let manuscript = Manuscript(notebook)
    let writer = CellWriter(
        notebook: notebook, numbers: CaptionNumbers(notebook, manuscript.pictures), claims: claims,
        codeFold: book.codeFold)
    let cells = WovenCells(manuscript, nil, writer: writer)
    let references = References(
        own: manuscript.labels.all, page: notebook.name, outline: outline, claims: claims)
    var prose = ProseWriter(
        references: references, insertions: manuscript.insertions, bibliography: bibliography)
    // A value behind the cell is not known yet.
    prose.unknownValue = "…"
    return writer.html(cell, record, prose.captions(of: cell, cells))
}
