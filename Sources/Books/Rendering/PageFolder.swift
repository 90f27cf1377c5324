import Engine
import Foundation
import Notebook
import Publishing
import Wire

/// The folder of one notebook's page: the page, its pictures, and the record of a run that went as expected.
struct PageFolder {
    private let renderer: NotebookRenderer
    private let plan: Plan?
    private let record: Record?
    private let controlled: [ControlledRun]
    private let attached: AttachedFiles
    private var page: String
    private let notebook: Notebook
    /// How figures are shown, by the digests of their light pictures.
    private var shown: [String: ShownFigure] = [:]
    private let provenance: Provenance
    /// What is wrong with the values on record that its prose quotes.
    let quotationProblems: [Diagnostic]
    /// Each file's content, by its path from the folder.
    private(set) var files: [String: [UInt8]] = [:]

    private var succeeded: Bool { record.map { !$0.failed } ?? false }
    /// Whether the page is all that it is to be.
    private var isWhole: Bool { succeeded && !quotationProblems.contains { $0.severity == .error } }

    /// Weaves the page.
    ///
    /// - Parameters:
    ///   - plan: what was run; `nil` where nothing could be.
    ///   - record: what the run gave.
    ///   - controlled: what runs at the other settings of its controls gave.
    ///   - attached: the book's files that its prose shows or leads to.
    ///   - problems: what is wrong with the notebook's text.
    init(
        of renderer: NotebookRenderer, _ notebook: Notebook, plan: Plan? = nil, record: Record? = nil,
        problems: [Diagnostic] = [], controlled: [ControlledRun] = [], attached: AttachedFiles
    ) throws {
        self.renderer = renderer
        self.plan = plan
        self.record = record
        self.controlled = controlled
        self.attached = attached
        self.notebook = notebook
        let circumstances = plan.flatMap { renderer.book.store.circumstances(of: $0) }
        provenance = Provenance(
            key: plan?.key.description ?? "none: it was not run",
            compiler: renderer.book.installation.compilerVersion, edition: renderer.book.edition,
            instructionSet: circumstances?.instructionSet, sandbox: circumstances?.sandboxInWords)
        let (bibliography, claims) = try renderer.book.references.read()
        let (filled, found) =
            record.map { QuotedRecords(renderer: renderer.book, notebook: notebook, own: $0).fill() } ?? (notebook, [])
        quotationProblems = found
        page = ""
        let drawings = renderer.live?.notebook.drawings ?? FigureDrawings()
        if let record { try addPictures(of: record, plan, drawings) }
        for run in controlled { try addPictures(of: run.record, run.plan, drawings) }
        drawings.keep(Set(shown.keys))
        page = weave(
            filled, record: record, problems: problems + found.filter { $0.severity == .error },
            provenance: provenance, outline: renderer.outline, bibliography: bibliography, claims: claims,
            files: attached, book: try renderer.book.references.frame(), figures: shown,
            variants: record.map { notebook.variants(own: $0, controlled, edition: renderer.book.edition) } ?? [])
        for file in attached.files.values { files[file.path] = file.content }
        for run in controlled { files[run.setting.recordPath] = try StableJSON.encode(run.record) }
        if let record, succeeded {
            files["record.json"] = try StableJSON.encode(record)
            for output in record.outputs ?? [] {
                files[output.path] = try renderer.book.store.output(output).read()
            }
        }
        files["index.html"] = Array(page.utf8)
    }

    /// The figure that stands for the notebook on the front page.
    var frontFigure: FrontFigure? {
        record.flatMap { FrontFigure(standingFor: notebook, record: $0) { shown[$0.light] ?? ShownFigure($0) } }
    }

    /// Adds the pictures that a record's figures are shown by, and their numbers.
    private mutating func addPictures(of record: Record, _ plan: Plan?, _ drawings: FigureDrawings) throws {
        for (index, cell) in record.cells.enumerated() {
            let key = plan?.key(ofCell: index + 1) ?? ""
            for digest in cell.pictures where files[FigureFiles.path(digest)] == nil {
                // A draft shows what is in the page's folder already.
                guard let file = cell.pictureFiles[digest] else { continue }
                let picture = try renderer.book.store.picture(file).read()
                files[FigureFiles.path(digest)] = labelled(picture, key: key)
            }
        }
        let standing = FrontFigure.content(standingFor: notebook, record: record)?.light
        for (index, cell) in record.cells.enumerated() {
            for case .figure(let figure) in cell.displays {
                files[FigureFiles.dataPath(figure.light)] = FigureData(figure).map { Array($0.csv.utf8) }
                // Without its PNG file, or the font, it is shown as the record has it.
                let size =
                    files[FigureFiles.path(figure.light)]?.count ?? renderer.book.pictureSize(figure, of: notebook.name)
                guard let size, let drawing = try? drawings.drawing(of: figure, pngSize: size) else { continue }
                shown[figure.light] = drawing.shown
                let key = plan?.key(ofCell: index + 1) ?? ""
                files.merge(drawing.files(key: key, hasCard: figure.light == standing)) { first, _ in first }
            }
        }
    }

    /// Writes the files, and takes away what was there and is none of them any more.
    func write() throws {
        // Another render may be writing the same page, of another state of the notebook: one after the other.
        try withFileLock(renderer.book.stateFolder / "\(renderer.source.name).json.lock") { try writeAlone() }
    }

    private func writeAlone() throws {
        let source = renderer.source
        let folder = PageFiles(folder: renderer.book.folder / source.name)
        if succeeded { folder.removeOutputs(except: Set(files.keys)) }
        try folder.write(files, by: renderer.book.store.workshop)
        try renderer.book.keepSearchEntry(of: source.outline, page: page, in: renderer.book.folder)
        // A notebook that failed is tried again, whatever has changed.
        guard let plan, let record, isWhole else {
            source.statePath.removeFile()
            return
        }
        let state = PageState(
            source: source, outline: renderer.outline, plan: plan, record: record, controlled: controlled,
            attached: attached, files: files, provenance: provenance, renderer: renderer.book)
        try (source.findings ?? PageFindings(claims: [], figure: nil))
            .save(besideState: source.statePath, by: renderer.book.store.workshop)
        try state.save(source.statePath, by: renderer.book.store.workshop)
    }
}

extension Notebook {
    /// What the page can be switched between; nothing where it was not run at every setting of its controls.
    fileprivate func variants(own: Record, _ controlled: [ControlledRun], edition: String) -> [PageVariant] {
        let ownSetting = frontMatter.ownSetting(edition: edition)
        let settings = frontMatter.controlSettings
        let known = settings.compactMap { setting -> PageVariant? in
            let record = setting == ownSetting ? own : controlled.first { $0.setting == setting }?.record
            return record.map { PageVariant(setting: setting, record: $0) }
        }
        return known.count == settings.count ? known : []
    }
}
