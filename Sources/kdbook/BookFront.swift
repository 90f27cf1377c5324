import Digest
import Engine
import Foundation
import Notebook
import Publishing

/// The pages of the whole book: its front page and the page that searches it.
extension BookRenderer {
    /// Writes the pages of the whole book where they are not what the notebooks' pages give.
    ///
    /// - Parameter isUnchanged: whether all pages of notebooks are as they were.
    /// - Returns: the claims that are decided twice.
    func writeFront(
        _ sources: [NotebookSource], outline: [OutlineEntry], isUnchanged: Bool
    ) throws -> [NotebookError] {
        let statePath = stateFolder + "/front"
        if isUnchanged, let state = try? Files.readText(statePath), state == frontState(sources, outline) { return [] }
        let configuration = try book.configuration()
        let decided = sources.flatMap { $0.decidedClaims(renderer: self) }
        let title = configuration.title ?? (book.root as NSString).lastPathComponent
        let page = weaveFrontPage(
            title: title, introduction: configuration.abstract, outline: outline,
            ledger: try references.read().claims.map { Ledger($0, decided: decided) })
        let path = folder + "/index.html"
        if (try? Files.readText(path)) != page { try Files.write(Array(page.utf8), to: path, by: store.workshop) }
        try writeSearchPage(outline, title: title)
        let contradictions = DecidedClaim.contradictions(in: decided)
        if contradictions.isEmpty {
            try Files.write(Array(frontState(sources, outline).utf8), to: statePath, by: store.workshop)
        } else {
            try? FileManager.default.removeItem(atPath: statePath)
        }
        return contradictions
    }

    /// Stands for all that the pages of the whole book are made from, and for what was written.
    private func frontState(_ sources: [NotebookSource], _ outline: [OutlineEntry]) -> String {
        let files =
            sources.map(\.statePath)
            + ["\(book.root)/\(Book.notebookFolder)/\(BookConfiguration.fileName)"]
            + ["index.html", "search.html"].map { folder + "/" + $0 }
        let digests = files.map { (try? Files.digest(of: $0).description) ?? "none" }
        return ([PageState.circumstances(self), PageState.digest(of: outline)] + digests).joined(separator: "\n")
    }
}
