import Console
import Engine
import Notebook
import Publishing

/// The front page in another language, and the page that searches in it.
extension TranslatedBook {
    /// Writes both where they are not what the language's pages give.
    ///
    /// - Parameter isUnchanged: whether all pages of notebooks are as they were.
    func writeFront(isUnchanged: Bool) throws {
        let statePath = stateFolder / "front"
        if isUnchanged, (try? statePath.readText()) == frontState { return }
        let originals = sources.map(\.original)
        let (claims, terms) = try words.read()
        let ledger = try claims.map { claims in
            try renderer.ledger(
                of: claims,
                decided: originals.flatMap { $0.decidedClaims(renderer: renderer) }, originals, outline, configuration
            ) { $0.translated(by: terms) }
        }
        let cards = sources.compactMap { source in
            TranslatedFindings.load(besideState: source.statePath)?.figure.map { (source.name, $0) }
        }
        let title = renderer.book.title(configuration)
        let page = weaveFrontPage(
            title: title, introduction: configuration.abstract, outline: outline, source: configuration.source,
            highlights: configuration.highlights, figure: configuration.figure.flatMap(figure),
            cards: Dictionary(cards, uniquingKeysWith: { first, _ in first }), ledger: ledger,
            bibliography: try renderer.references.read().bibliography, claims: claims,
            citation: try renderer.book.citation(), book: try frame(), language: try pageLanguage())
        let path = folder / "index.html"
        if (try? path.readText()) != page { try path.write(Array(page.utf8), by: renderer.store.workshop) }
        try renderer.writeSearchPage(outline, title: title, language: try pageLanguage(), in: folder)
        try statePath.write(Array(frontState.utf8), by: renderer.store.workshop)
    }

    private func figure(_ place: BookConfiguration.Figure) -> FrontFigure? {
        sources.first { $0.name == place.notebook }
            .flatMap { TranslatedFindings.load(besideState: $0.statePath)?.figures[place.label] }
    }

    /// Stands for all that the front page and the search page are made from, and for what was written.
    private var frontState: String {
        let files =
            sources.map(\.statePath) + ["index.html", "search.html"].map { folder / $0 }
            + [renderer.stateFolder / "front"]
        let digests = files.map { (try? $0.digest().description) ?? "none" }
        return (digests + circumstances + [renderer.book.digest(of: BookConfiguration.fileName, in: language)])
            .joined(separator: "\n")
    }
}
