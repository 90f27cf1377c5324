public import Notebook

/// One cell as it stands on its notebook's page, with what it gave; empty where the page shows nothing of it.
///
/// - Parameter claims: what the book knows of its claims.
public func weaveCell(_ cell: Cell, _ record: CellRecord, of notebook: Notebook, claims: BookClaims?) -> String {
    CellWriter(notebook: notebook, numbers: CaptionNumbers(notebook), claims: claims).html(cell, record)
}
