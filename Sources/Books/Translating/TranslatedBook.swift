import Digest
import Engine
import Foundation
import Notebook
import Publishing

/// An edition's pages in a language beyond the book's first. They are woven from the records of the first language's pages;
/// nothing is run for them.
struct TranslatedBook {
    let renderer: BookRenderer
    let language: Language
    let sources: [TranslatedSource]
    let configuration: BookConfiguration
    let claims: BookClaims?
    let terms: Terms

    var outline: [OutlineEntry] { sources.map(\.outline) }
    /// Where the pages go.
    var folder: RootedPath { renderer.folder / language.tag }
    /// Where it is kept what they were made from.
    private var stateFolder: RootedPath { renderer.stateFolder / language.tag }

    init(_ language: Language, of originals: [NotebookSource], renderer: BookRenderer) throws {
        self.renderer = renderer
        self.language = language
        let book = renderer.book
        configuration = try book.configuration(try renderer.references.configuration(), in: language)
        claims = try renderer.references.read().claims.map { try book.claims($0, in: language) }
        terms = try book.terms(in: language)
        let states = renderer.stateFolder / language.tag
        sources = try originals.map { original in
            try TranslatedSource(
                original, text: try book.translationText(of: original.path, in: language),
                path: language.path(of: original.path), statePath: states / "\(original.name).json")
        }
    }

    /// Writes what is not as it would be written now.
    ///
    /// - Returns: what is wrong with translations.
    func write() throws -> [String] {
        var complaints: [String] = []
        var isChanged = false
        let outlineDigest = PageState.digest(of: outline)
        for source in sources {
            let key = try key(of: source, outlineDigest)
            guard source.state?.key != key || !source.isWritten(in: folder) else { continue }
            isChanged = true
            do {
                try write(source, key: key)
            } catch let error as NotebookError {
                complaints.append(error.description)
            }
        }
        isChanged = removeGone() || isChanged
        try writeFront(isUnchanged: !isChanged)
        return complaints
    }

    // MARK: Pages

    /// Stands for all that a page is made from.
    private func key(of source: TranslatedSource, _ outlineDigest: String) throws -> String {
        let original = (try? source.original.statePath.digest().description) ?? "none"
        return ([original, source.digest, outlineDigest, configuration.title ?? ""] + circumstances)
            .joined(separator: "\n")
    }

    private var circumstances: [String] {
        [BookClaims.fileName, Terms.fileName].map { renderer.book.digest(of: $0, in: language) }
    }

    private func pageLanguage(isUntranslated: Bool = false) throws -> PageLanguage {
        var page = PageLanguage(language, of: try renderer.references.configuration().languages, terms: terms)
        page.isUntranslated = isUntranslated
        return page
    }

    /// - Throws: what is wrong with the translation; a page that was written stays as it is then.
    private func write(_ source: TranslatedSource, key: String) throws {
        guard let state = PageState.load(source.original.statePath),
            let record = source.original.record(in: renderer.folder)
        else { return }
        let page = try weave(source, record, provenance: state.provenance)
        try PageFiles(folder: folder / source.name).write(page.files, by: renderer.store.workshop)
        try renderer.keepSearchEntry(of: source.outline, page: page.html, in: folder)
        let notebook = source.translation?.notebook ?? source.original.parsed().notebook
        try TranslatedState(
            source: source.digest, original: source.original.digest, outline: source.outline, key: key,
            files: page.files.mapValues { SHA256Digest(of: $0).description },
            figure: FrontFigure(standingFor: notebook, record: record)?.shown(from: "../")
        ).save(to: source.statePath, by: renderer.store.workshop)
    }

    private func weave(
        _ source: TranslatedSource, _ record: Record, provenance: Provenance
    ) throws -> (html: String, files: [String: [UInt8]]) {
        let original = source.original.parsed().notebook
        let translation = source.translation
        let notebook = translation?.notebook ?? original
        let (bibliography, _) = try renderer.references.read()
        let attached = AttachedFiles(of: notebook, in: renderer.book)
        var problems = translation?.problems ?? []
        if problems.isEmpty {
            let found = proseProblems(
                in: notebook.withoutRecordedValues, outline: outline, bibliography: bibliography, claims: claims,
                files: attached)
            problems = translation.map { found.map($0.placed) } ?? []
        }
        let own = translation?.arranged(record) ?? record
        let (filled, quotations) = QuotedRecords(renderer: renderer, notebook: notebook, own: record).fill()
        problems += translation.map { quotations.filter { $0.severity == .error }.map($0.placed) } ?? []
        guard problems.isEmpty else { throw NotebookError(path: source.path, diagnostics: problems) }
        var frame = try renderer.references.frame()
        frame.title = configuration.title
        let html = Publishing.weave(
            filled, record: own.translated(by: terms), problems: [], provenance: provenance, outline: outline,
            bibliography: bibliography, claims: claims, files: attached, book: frame,
            language: try pageLanguage(isUntranslated: translation == nil), original: original)
        var files = ["index.html": Array(html.utf8)]
        for file in attached.files.values { files[file.path] = file.content }
        return (html, files)
    }

    /// Removes the pages of notebooks that are gone, as far as this tool wrote them.
    private func removeGone() -> Bool {
        let names = Set(sources.map { "\($0.name).json" })
        let gone = stateFolder.entries.filter { $0.hasSuffix(".json") && !names.contains($0) }
        for file in gone {
            if let state = TranslatedState.load(stateFolder / file) {
                PageFiles(folder: folder / Book.name(of: file)).remove(state.files.keys)
            }
            (stateFolder / file).removeFile()
        }
        return !gone.isEmpty
    }

    // MARK: The front page and search

    private func writeFront(isUnchanged: Bool) throws {
        let statePath = stateFolder / "front"
        if isUnchanged, (try? statePath.readText()) == frontState { return }
        let originals = sources.map(\.original)
        let ledger = try claims.map { claims in
            try renderer.ledger(
                of: claims,
                decided: originals.flatMap { $0.decidedClaims(renderer: renderer) }.map { $0.translated(by: terms) },
                originals, outline, configuration)
        }
        let cards = sources.compactMap { source in
            TranslatedState.load(source.statePath)?.figure.map { (source.name, $0) }
        }
        let title = renderer.book.title(configuration)
        let page = weaveFrontPage(
            title: title, introduction: configuration.abstract, outline: outline, source: configuration.source,
            highlights: configuration.highlights, figure: configuration.figure.flatMap(figure),
            cards: Dictionary(cards, uniquingKeysWith: { first, _ in first }), ledger: ledger,
            bibliography: try renderer.references.read().bibliography, claims: claims, language: try pageLanguage())
        let path = folder / "index.html"
        if (try? path.readText()) != page { try path.write(Array(page.utf8), by: renderer.store.workshop) }
        try renderer.writeSearchPage(outline, title: title, language: try pageLanguage(), in: folder)
        try statePath.write(Array(frontState.utf8), by: renderer.store.workshop)
    }

    private func figure(_ place: BookConfiguration.Figure) -> FrontFigure? {
        guard let source = sources.first(where: { $0.name == place.notebook }),
            let record = source.original.record(in: renderer.folder)
        else { return nil }
        let notebook = source.translation?.notebook ?? source.original.parsed().notebook
        return FrontFigure(place.label, of: notebook, record: record)?.shown(from: "../")
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

extension BookRenderer {
    /// Brings the pages in the book's other languages up to date.
    ///
    /// - Returns: what is wrong with translations.
    func writeTranslations(_ sources: [NotebookSource]) throws -> [String] {
        let languages = try references.configuration().languages
        let misnamed = book.misnamedTranslations(languages).map { displayed("\($0)") }
        return try misnamed
            + languages.dropFirst().flatMap { try TranslatedBook($0, of: sources, renderer: self).write() }
    }
}
