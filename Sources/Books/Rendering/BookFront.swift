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
        let configuration = try references.configuration()
        let decided = sources.flatMap { $0.decidedClaims(renderer: self) }
        let ledger = try references.read().claims.map { claims in
            try self.ledger(of: claims, decided: decided, sources, outline, configuration)
        }
        let title = book.title(configuration)
        let (bibliography, claims) = try references.read()
        let labels = Dictionary(
            outline.map { ($0.name, $0.labels.map(\.name)) }, uniquingKeysWith: { first, _ in first })
        let problems = configuration.problems(claims: claims?.entries.map(\.id) ?? [], labels: labels)
        guard problems.isEmpty else {
            throw NotebookError(path: "\(Book.notebookFolder)/\(BookConfiguration.fileName)", diagnostics: problems)
        }
        let cards = sources.compactMap { source in source.findings?.figure.map { (source.name, $0) } }
        let page = weaveFrontPage(
            title: title, introduction: configuration.abstract, outline: outline, source: configuration.source,
            highlights: configuration.highlights, figure: configuration.figure.flatMap { figure($0, sources) },
            cards: Dictionary(cards, uniquingKeysWith: { first, _ in first }), ledger: ledger,
            bibliography: bibliography, claims: claims, citation: try book.citation(), book: try references.frame(),
            language: PageLanguage(of: try references.frame()))
        let path = folder / "index.html"
        if (try? path.readText()) != page { try path.write(Array(page.utf8), by: store.workshop) }
        try writeSearchPage(outline, title: title, language: PageLanguage(of: try references.frame()), in: folder)
        let contradictions = DecidedClaim.contradictions(in: decided)
        if contradictions.isEmpty {
            try statePath.write(Array(frontState(sources, outline).utf8), by: store.workshop)
        } else {
            statePath.removeFile()
        }
        return contradictions
    }

    func ledger(
        of claims: BookClaims, decided: [DecidedClaim], _ sources: [NotebookSource], _ outline: [OutlineEntry],
        _ configuration: BookConfiguration, translated: (DecidedClaim) -> DecidedClaim = { $0 }
    ) throws -> Ledger {
        let rules = try book.rules()
        var all = [edition: decided.map(translated)]
        for other in otherEditions {
            all[other.name] = sources.flatMap { $0.recordedClaims(in: other.folder) }.map(translated)
        }
        var ledger = Ledger(claims, decided: all, edition: edition, rules: rules)
        ledger.errorsOfRules = outline.first { $0.name == configuration.errorsOfRules }
        return ledger
    }

    /// The editions, but for this one, that the book has records of.
    var otherEditions: [(name: String, folder: RootedPath)] {
        book.recordedEditions.filter { $0 != edition }.map { ($0, book.output / $0) }
    }

    func figure(_ place: BookConfiguration.Figure, _ sources: [NotebookSource]) -> FrontFigure? {
        guard let source = sources.first(where: { $0.name == place.notebook }),
            let record = source.record(in: folder)
        else { return nil }
        return FrontFigure(place.label, of: source.parsed().notebook, record: record) { content in
            let drawing = pictureSize(content, of: source.name).flatMap { try? FigureDrawing(of: content, pngSize: $0) }
            return drawing?.shown ?? ShownFigure(content)
        }
    }

    /// Stands for all that the pages of the whole book are made from, and for what was written.
    private func frontState(_ sources: [NotebookSource], _ outline: [OutlineEntry]) -> String {
        let files =
            sources.map(\.statePath)
            + ["index.html", "search.html"].map { folder / $0 }
        let digests =
            files.map { (try? $0.digest().description) ?? "none" } + [book.digest(of: BookConfiguration.fileName)]
            + [(try? (book.folder / CitationFile.fileName).digest().description) ?? "no citation"]
            + otherEditions.flatMap { other in
                sources.map { (try? (other.folder / "\($0.name)/record.json").digest().description) ?? "none" }
            }
            + ((try? book.rules())?.rules.values.map(\.digest).sorted() ?? ["no rules"])
        return ([PageState.circumstances(self), PageState.digest(of: outline)] + digests).joined(separator: "\n")
    }
}

extension Book {
    /// The editions that may have records, in order.
    package var recordedEditions: [String] { output.entries.filter(PageName.isValid).sorted() }
}
