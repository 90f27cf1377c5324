import Console
import Engine
import Notebook
import Publishing

extension BookRenderer {
    /// Renders the notebooks at `paths`, and those whose outputs they read, where these are not up to date.
    ///
    /// - Parameter wholeBook: whether these are all there are.
    /// - Returns: whether a notebook failed.
    package func render(_ paths: [String], wholeBook: Bool) async throws -> Bool {
        let began = ContinuousClock.now
        let sources = book.notebookPaths.sideBySide { NotebookSource($0, renderer: self) }
        try checkRequest(
            edition: edition, settings: settings, matters: sources.map { $0.parsed().notebook.frontMatter })
        let outline = sources.map(\.outline)
        try store.prepare()
        try createFolder()
        let chosen = wholeBook ? sources : withProviders(of: paths, among: sources)
        let outlineDigest = PageState.digest(of: outline)
        let isChanged = chosen.sideBySide {
            force && paths.contains($0.path) || !$0.isUpToDate(outline: outlineDigest, renderer: self)
        }
        let changed = zip(chosen, isChanged).filter(\.1).map(\.0)
        if !changed.isEmpty {
            _ = try (references.read(), references.frame())
            try preparePackages()
        }
        let order = try changed.isEmpty ? nil : ReadingOrder(of: chosen, renderer: self)
        let names = Set(changed.map(\.name))
        let stale = chosen.filter { names.contains($0.name) || order?.reads($0.name, from: names) == true }
        let failures = await render(stale, in: order, outline: outline, sharing: try ThreadShare(in: store.workshop))
        if wholeBook { removePages(except: sources.map(\.name)) }
        let contradictions = try writeFront(
            sources, outline: outline, isUnchanged: stale.isEmpty && chosen.count == sources.count)
        contradictions.forEach { Terminal.complain($0.description) }
        let untranslated = try writeTranslations(sources)
        untranslated.forEach { Terminal.complain($0) }
        if !stale.isEmpty { try store.evict(limit: try references.configuration().cacheLimit) }
        let summary = [
            (stale.count - failures, "rendered"), (chosen.count - stale.count, "unchanged"), (failures, "failed"),
        ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
        Terminal.say("\(summary) in \(seconds(since: began)): \(displayed(folder.path))/index.html")
        return failures > 0 || !contradictions.isEmpty || !untranslated.isEmpty
    }

    /// Renders notebooks side by side, as many at once as there are jobs, in their order, but each behind those that it reads
    /// from; what is said of each is said in one go when it is done.
    ///
    /// - Returns: how many failed.
    private func render(
        _ sources: [NotebookSource], in order: ReadingOrder?, outline: [OutlineEntry], sharing share: ThreadShare
    ) async -> Int {
        let board = ProgressBoard(total: sources.count)
        defer { board.end() }
        return await withTaskGroup(of: (name: String, report: Report).self) { group in
            var waiting = sources
            var running: Set<String> = []
            func start() {
                let unfinished = running.union(waiting.map(\.name))
                guard running.count < max(1, jobs),
                    let place = waiting.firstIndex(where: { order?.reads($0.name, from: unfinished) != true })
                else { return }
                let source = waiting.remove(at: place)
                running.insert(source.name)
                let renderer = NotebookRenderer(book: self, source: source, outline: outline, share: share)
                group.addTask {
                    let line = board.begin(source.name)
                    defer { line.end() }
                    return (source.name, await renderer.render(line))
                }
            }
            for _ in sources.prefix(max(1, jobs)) { start() }
            var failures = 0
            for await (name, report) in group {
                Terminal.tell(report)
                failures += report.failed ? 1 : 0
                running.remove(name)
                for _ in 0..<max(1, jobs) { start() }
            }
            return failures
        }
    }

    /// Makes the book's packages ready to be imported.
    package func preparePackages() throws {
        try PackageWork(book, installation, store: store) { Terminal.say("kdbook: \($0)") }.prepare()
    }

    /// Makes the folder that the pages go to.
    func createFolder() throws(EngineError) {
        do {
            try folder.createFolder()
        } catch let error where folder.isBehindLink {
            let cure = "; `--output DIR` puts pages into another folder"
            throw EngineError(error.phase, file: error.file, cause: error.cause + cure)
        }
    }

    /// Removes the pages of notebooks that are gone, as far as this tool wrote them.
    func removePages(except names: [String]) {
        for file in stateFolder.entries where file.hasSuffix(".json") && !names.contains(Book.name(of: file)) {
            if let state = PageState.load(stateFolder / file) {
                PageFiles(folder: folder / Book.name(of: file)).remove(state.files.keys)
            }
            PageFindings.remove(besideState: stateFolder / file)
            (stateFolder / file).removeFile()
        }
    }
}
