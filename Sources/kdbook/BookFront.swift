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
        let statePath = stateFolder / "front"
        if isUnchanged, let state = try? statePath.readText(), state == frontState(sources, outline) { return [] }
        let configuration = try book.configuration()
        let decided = sources.flatMap { $0.decidedClaims(renderer: self) }
        let rules = try book.rules()
        let title = configuration.title ?? (book.root as NSString).lastPathComponent
        let page = weaveFrontPage(
            title: title, introduction: configuration.abstract, outline: outline,
            ledger: try references.read().claims.map { Ledger($0, decided: decided, rules: rules) })
        let path = folder / "index.html"
        if (try? path.readText()) != page { try path.write(Array(page.utf8), by: store.workshop) }
        try writeSearchPage(outline, title: title)
        let contradictions = DecidedClaim.contradictions(in: decided)
        if contradictions.isEmpty {
            try statePath.write(Array(frontState(sources, outline).utf8), by: store.workshop)
        } else {
            statePath.removeFile()
        }
        return contradictions
    }

    /// Stands for all that the pages of the whole book are made from, and for what was written.
    private func frontState(_ sources: [NotebookSource], _ outline: [OutlineEntry]) -> String {
        let files =
            sources.map(\.statePath)
            + ["index.html", "search.html"].map { folder / $0 }
        let digests =
            files.map { (try? $0.digest().description) ?? "none" } + [book.digest(of: BookConfiguration.fileName)]
            + ((try? book.rules())?.rules.values.map(\.digest).sorted() ?? ["no rules"])
        return ([PageState.circumstances(self), PageState.digest(of: outline)] + digests).joined(separator: "\n")
    }
}
