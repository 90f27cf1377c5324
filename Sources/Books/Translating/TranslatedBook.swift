import Console
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
    let words: TranslatedWords

    var outline: [OutlineEntry] { sources.map(\.outline) }
    /// Where the pages go.
    var folder: RootedPath { renderer.folder / language.tag }
    /// Where it is kept what they were made from.
    var stateFolder: RootedPath { renderer.stateFolder / language.tag }

    init(_ language: Language, of originals: [NotebookSource], renderer: BookRenderer) throws {
        self.renderer = renderer
        self.language = language
        let book = renderer.book
        configuration = try book.configuration(try renderer.references.configuration(), in: language)
        words = TranslatedWords(of: book, renderer.references, in: language)
        let states = renderer.stateFolder / language.tag
        sources = try originals.map { original in
            TranslatedSource(
                original, text: try book.translationText(of: original.path, in: language),
                path: language.path(of: original.path), statePath: states / "\(original.name).json",
                renderer.references.typography(in: language))
        }
    }

    /// Writes what is not as it would be written now.
    ///
    /// - Returns: what is wrong with translations.
    func write() throws -> [String] {
        var complaints: [String] = []
        var isChanged = false
        let common = [PageState.digest(of: outline), configuration.title ?? ""] + circumstances
        let isWritten = sources.map(\.state).sideBySide { [folder] in $0?.isWritten(in: folder) == true }
        for (source, isWritten) in zip(sources, isWritten) {
            let key = key(of: source, common)
            guard source.state?.key != key || !isWritten else { continue }
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
    ///
    /// - Parameter common: what stands for the things that all pages are made from.
    private func key(of source: TranslatedSource, _ common: [String]) -> String {
        let original = (try? source.original.statePath.digest().description) ?? "none"
        return ([original, source.digest] + common).joined(separator: "\n")
    }

    var circumstances: [String] {
        [BookClaims.fileName, Terms.fileName].map { renderer.book.digest(of: $0, in: language) }
    }

    /// What the book says of all its pages in this language.
    func frame() throws -> BookFrame {
        var frame = try renderer.references.frame()
        frame.title = configuration.title
        return frame
    }

    func pageLanguage() throws -> PageLanguage {
        PageLanguage(language, of: try renderer.references.configuration().languages, terms: try words.read().terms)
    }

    private func pageLanguage(of source: TranslatedSource, _ figures: TranslatedFigures) throws -> PageLanguage {
        var page = try pageLanguage()
        page.isUntranslated = source.translation == nil
        page.ownPictures = figures.pictures
        return page
    }

    /// - Throws: what is wrong with the translation; a page that was written stays as it is then.
    private func write(_ source: TranslatedSource, key: String) throws {
        guard let state = PageState.load(source.original.statePath),
            let record = source.original.record(in: renderer.folder)
        else { return }
        let original = source.original.parsed().notebook
        let notebook = source.translation?.notebook ?? original
        let attached = AttachedFiles(of: notebook, in: renderer.book)
        let filled = try filled(source, notebook, record, attached)
        let (claims, terms) = try words.read()
        var figures = TranslatedFigures(
            language: try pageLanguage(), key: state.provenance.key,
            standing: FrontFigure.content(standingFor: original, record: record)?.light
        ) { renderer.pictureSize($0, of: source.name) }
        let drawn = try figures.redraw(record)
        let shown = source.translation?.arranged(drawn) ?? drawn
        let variants = try renderer.variants(of: original, own: record).map { variant in
            let drawn = try figures.redraw(variant.record)
            let record = source.translation?.arranged(drawn) ?? drawn
            return PageVariant(setting: variant.setting, record: record.translated(by: terms))
        }
        let html = Publishing.weave(
            filled, record: shown.translated(by: terms), problems: [], provenance: state.provenance, outline: outline,
            bibliography: try renderer.references.read().bibliography, claims: claims, files: attached,
            book: try frame(), language: try pageLanguage(of: source, figures), original: original,
            figures: figures.shown, variants: variants)
        var files = figures.files
        files["index.html"] = Array(html.utf8)
        for file in attached.files.values { files[file.path] = file.content }
        try PageFiles(folder: folder / source.name).write(files, by: renderer.store.workshop)
        try renderer.keepSearchEntry(of: source.outline, page: html, in: folder)
        try TranslatedFindings(
            figure: figures.frontFigure(of: notebook, record: drawn),
            figures: figures.onFrontPage(of: notebook, record: drawn)
        ).save(besideState: source.statePath, by: renderer.store.workshop)
        try TranslatedState(
            source: source.digest, original: source.original.digest, outline: source.outline,
            typography: source.typographies, key: key, files: files.mapValues { SHA256Digest(of: $0).description }
        ).save(to: source.statePath, by: renderer.store.workshop)
    }

    /// The notebook with the values on record that its prose quotes.
    ///
    /// - Throws: what is wrong with the translation.
    private func filled(
        _ source: TranslatedSource, _ notebook: Notebook, _ record: Record, _ attached: AttachedFiles
    ) throws -> Notebook {
        let (filled, quotations) = try pageLanguage().whileWriting {
            QuotedRecords(renderer: renderer, notebook: notebook, own: record).fill()
        }
        guard let translation = source.translation else { return filled }
        var problems = translation.problems
        if problems.isEmpty {
            problems = proseProblems(
                in: notebook.withoutRecordedValues, outline: outline,
                bibliography: try renderer.references.read().bibliography, claims: try words.read().claims,
                files: attached)
            problems += quotations.filter { $0.severity == .error }
            problems = problems.map(translation.placed)
        }
        guard problems.isEmpty else { throw NotebookError(path: source.path, diagnostics: problems) }
        return filled
    }

    /// Removes the pages of notebooks that are gone, as far as this tool wrote them.
    private func removeGone() -> Bool {
        let names = Set(sources.map { "\($0.name).json" })
        let gone = stateFolder.entries.filter { $0.hasSuffix(".json") && !names.contains($0) }
        for file in gone {
            if let state = TranslatedState.load(stateFolder / file) {
                PageFiles(folder: folder / Book.name(of: file)).remove(state.files.keys)
            }
            TranslatedFindings.remove(besideState: stateFolder / file)
            (stateFolder / file).removeFile()
        }
        return !gone.isEmpty
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
