import Comparison
import Digest
import Engine
import Foundation
import Notebook
import Publishing
import Synchronization

/// Brings the pages of a book up to date.
struct BookRenderer {
    static let defaultEdition = "default"

    let book: Book
    let installation: Installation
    /// The folder that holds a folder for each edition.
    let output: String
    let edition: String
    let settings: [String: String]
    let bibliography: Bibliography
    /// `nil` where the book has no file of claims.
    let claims: BookClaims?
    let force: Bool

    private var store: Store { Store(book) }
    var folder: String { output + "/" + edition }

    /// Renders the notebooks at `paths`.
    ///
    /// - Parameter wholeBook: whether these are all there are.
    /// - Returns: whether a notebook failed.
    func render(_ paths: [String], wholeBook: Bool) async throws -> Bool {
        let began = ContinuousClock.now
        let sources = book.notebookPaths.map { NotebookSource($0, renderer: self) }
        let configuration = try book.configuration()
        try checkRequest(
            edition: edition, settings: settings, matters: sources.map { $0.parsed().notebook.frontMatter })
        let outline = sources.map(\.outline)
        try store.prepare()
        try Files.createFolder(folder)
        var failures = 0
        var rendered = 0
        let chosen = sources.filter { paths.contains($0.path) }
        for (index, source) in chosen.enumerated() {
            if !force && source.isUpToDate(outline: outline, renderer: self) { continue }
            let line = ProgressLine(prefix: "[\(index + 1)/\(chosen.count)] \(source.name)")
            defer { line.end() }
            let succeeded = await render(source, outline: outline, line: line)
            rendered += 1
            if !succeeded { failures += 1 }
        }
        if wholeBook { removePages(except: sources.map(\.name)) }
        let decided = sources.flatMap { $0.decidedClaims(renderer: self) }
        let contradictions = DecidedClaim.contradictions(in: decided)
        contradictions.forEach { Terminal.complain($0.description) }
        try writeFrontPage(outline, configuration, claims.map { Ledger($0, decided: decided) })
        let unchanged = chosen.count - rendered
        let summary = [
            rendered - failures > 0 ? "\(rendered - failures) rendered" : "",
            unchanged > 0 ? "\(unchanged) unchanged" : "",
            failures > 0 ? "\(failures) failed" : "",
        ].filter { !$0.isEmpty }.joined(separator: ", ")
        Terminal.say("\(summary) in \(seconds(since: began)): \(displayed(folder))/index.html")
        return failures > 0 || !contradictions.isEmpty
    }

    /// Renders one notebook; a failure is told and leaves the others alone.
    private func render(_ source: NotebookSource, outline: [OutlineEntry], line: ProgressLine) async -> Bool {
        source.claims = []
        do {
            return try await attempt(source, outline: outline, line: line)
        } catch {
            line.end()
            Terminal.complain(displayed("\(error)"))
            return false
        }
    }

    private func attempt(_ source: NotebookSource, outline: [OutlineEntry], line: ProgressLine) async throws -> Bool {
        let began = ContinuousClock.now
        let (notebook, found) = source.parsed()
        do {
            if let failure = source.failure { throw failure }
            let problems =
                found
                + proseProblems(
                    in: notebook, outline: outline, bibliography: bibliography, claims: claims)
            guard problems.isEmpty else { throw NotebookError(path: source.path, diagnostics: problems) }
            let plan = try Plan(
                notebook, edition: edition, settings: settings, book: book, installation: installation)
            let record = try await record(of: plan, line: line).judged(by: notebook)
                .checkingClaims(of: notebook, known: claims)
            if !record.failed { source.claims = DecidedClaim.all(in: record, of: notebook) }
            line.end()
            tell(record, of: notebook)
            try write(source, notebook, plan: plan, record: record, problems: [], outline: outline)
            if !record.failed {
                Terminal.say("\(source.path): \(notebook.cells.count) cells in \(seconds(since: began))")
            }
            return !record.failed
        } catch let error as NotebookError {
            line.end()
            Terminal.complain(error.description)
            try write(
                source, notebook, plan: nil, record: nil, problems: error.diagnostics, outline: outline)
            return false
        }
    }

    private func record(of plan: Plan, line: ProgressLine) async throws -> Record {
        if !force, let known = store.record(for: plan) { return known }
        let run = NotebookRun(plan, book: book, installation: installation, store: store)
        let record = try await run.record(of: plan.notebook, showing: line)
        try store.keep(record, of: plan)
        return record
    }

    private func write(
        _ source: NotebookSource, _ notebook: Notebook, plan: Plan?, record: Record?, problems: [Diagnostic],
        outline: [OutlineEntry]
    ) throws {
        let key = plan?.key.description ?? "none: it was not run"
        let provenance = Provenance(key: key, compiler: installation.compilerVersion, edition: edition)
        let page = weave(
            notebook, record: record, problems: problems, provenance: provenance, outline: outline,
            bibliography: bibliography, claims: claims)
        var files = try pictures(of: record, plan: plan)
        let succeeded = record.map { !$0.failed } ?? false
        if let record, succeeded { files["record.json"] = try StableJSON.encode(record) }
        files["index.html"] = Array(page.utf8)
        let target = folder + "/" + source.name
        // The page last: at no moment does it refer to a picture that is not there.
        for name in files.keys.sorted(by: { ($0 == "index.html" ? 1 : 0, $0) < ($1 == "index.html" ? 1 : 0, $1) }) {
            try Files.write(files[name] ?? [], to: target + "/" + name)
        }
        for old in Files.names(in: target + "/figures") where files["figures/" + old] == nil {
            try? FileManager.default.removeItem(atPath: target + "/figures/" + old)
        }
        try keepSearchEntry(of: source.outline, page: page)
        let state = PageState(
            source: source, outline: outline, inputs: record?.inputs ?? [], files: files, renderer: self)
        // A notebook that failed is tried again, whatever has changed.
        if succeeded {
            try state.save(source.statePath)
        } else {
            try? FileManager.default.removeItem(atPath: source.statePath)
        }
    }

    /// The files of a record's pictures, each with the key of the cell that drew it.
    private func pictures(of record: Record?, plan: Plan?) throws -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for (index, cell) in (record?.cells ?? []).enumerated() {
            let key = plan?.key(ofCell: index + 1)?.description ?? ""
            for digest in cell.pictures where files[FigureFiles.path(digest)] == nil {
                files[FigureFiles.path(digest)] = labelled(try Files.read(store.figure(digest)), key: key)
            }
        }
        return files
    }

    private func writeFrontPage(
        _ outline: [OutlineEntry], _ configuration: BookConfiguration, _ ledger: Ledger?
    ) throws {
        let title = configuration.title ?? (book.root as NSString).lastPathComponent
        let page = weaveFrontPage(
            title: title, introduction: configuration.abstract, outline: outline, ledger: ledger)
        let path = folder + "/index.html"
        if (try? Files.readText(path)) != page { try Files.write(Array(page.utf8), to: path) }
        try writeSearchPage(outline, title: title)
    }

    /// Removes the pages of notebooks that are gone, as far as this tool wrote them.
    private func removePages(except names: [String]) {
        for file in Files.names(in: stateFolder) where !names.contains(Book.name(of: file)) {
            let name = Book.name(of: file)
            if let state = PageState.load(stateFolder + "/" + file) {
                for file in state.files.keys {
                    try? FileManager.default.removeItem(atPath: "\(folder)/\(name)/\(file)")
                }
                for empty in ["/figures", ""] { rmdir("\(folder)/\(name)\(empty)") }
            }
            try? FileManager.default.removeItem(atPath: stateFolder + "/" + file)
        }
    }

    /// Where it is kept what the pages in this output folder were made from.
    var stateFolder: String { "\(book.store)/pages/\(SHA256Digest(of: folder.utf8).short)" }

    private func displayed(_ path: String) -> String {
        let here = FileManager.default.currentDirectoryPath + "/"
        return path.hasPrefix(here) ? String(path.dropFirst(here.count)) : path
    }
}

/// The terminal's line about the notebook that is being rendered, with the time that has passed.
final class ProgressLine: Sendable {
    private let prefix: String
    private let text = Mutex("")
    private let ticking: Mutex<Task<Void, Never>?> = Mutex(nil)

    init(prefix: String) {
        self.prefix = prefix
        guard Terminal.isInteractive else { return }
        let began = ContinuousClock.now
        let task = Task { [self] in
            while !Task.isCancelled {
                let seconds = (ContinuousClock.now - began).components.seconds
                let time = "\(seconds / 60):" + (seconds % 60 < 10 ? "0" : "") + "\(seconds % 60)"
                Terminal.showProgress("\(prefix)  \(time)  \(text.withLock { $0 })")
                try? await Task.sleep(for: .milliseconds(100))
            }
        }
        ticking.withLock { $0 = task }
    }

    func show(_ text: String) { self.text.withLock { $0 = text } }

    func end() {
        ticking.withLock { $0?.cancel() }
        Terminal.clearProgress()
    }
}
