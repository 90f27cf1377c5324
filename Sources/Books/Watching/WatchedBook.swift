import Console
import Engine
import Foundation
package import Live
import Notebook
import Publishing
import Synchronization

/// A book that is watched: brings its pages up to date with each change, and says so to those that are open.
package actor WatchedBook {
    private var renderer: BookRenderer
    private let share: ThreadShare
    private let watch: FolderWatch
    private let tell: @Sendable (LiveMessage) -> Void
    private let board = ProgressBoard(total: 1)
    private let notebooks = Mutex<[String: LiveNotebook]>([:])
    /// The names of the notebooks that were changed, the last one at the end: their processes are kept.
    private var edited: [String] = []
    private var settling: Task<Void, Never>?

    /// How many notebooks have processes that keep their states.
    private static let mostSessions = 2
    /// How long nothing changes before pages are looked after that only refer to what has changed.
    private static let quietTime = Duration.milliseconds(250)

    /// - Parameter tell: takes what open pages are to know.
    package init(_ renderer: BookRenderer, tell: @escaping @Sendable (LiveMessage) -> Void) throws {
        self.renderer = renderer
        self.tell = tell
        share = try ThreadShare(in: renderer.store.workshop)
        watch = try FolderWatch([renderer.book.root + "/" + Book.notebookFolder])
    }

    /// Brings each page up to date, now and when it changes; does not return before the watch ends.
    ///
    /// - Parameter ready: names of notebooks whose cells are run at once, so that their first change is fast.
    package func run(ready: [String]) async throws {
        try renderer.createFolder()
        edited = ready.suffix(WatchedBook.mostSessions)
        let beginning = Task { await begin(ready: ready) }
        for await paths in watch.bursts {
            take(paths)
            if let problem = watch.problem { Terminal.warnOnce(problem.description) }
        }
        beginning.cancel()
    }

    /// Renders what is not up to date, as many notebooks at once as there are jobs.
    private func begin(ready: [String]) async {
        let sources = sources()
        let outline = sources.map(\.outline)
        let digest = PageState.digest(of: outline)
        var stale = sources.filter { source in
            let notebook = open(source)
            guard source.isUpToDate(outline: digest, renderer: renderer) else { return true }
            notebook.note(basis: basis(of: source, outline), inputs: source.watched(by: renderer))
            return false
        }
        showUnrun(stale, outline)
        let order = readingOrder(of: stale)
        await withTaskGroup(of: String.self) { group in
            var running: Set<String> = []
            func start() {
                let unfinished = running.union(stale.map(\.name))
                guard let place = stale.firstIndex(where: { order?.reads($0.name, from: unfinished) != true }) else {
                    return
                }
                let source = stale.remove(at: place)
                running.insert(source.name)
                group.addTask {
                    await self.updateAsItIsNow(source, outline)
                    return source.name
                }
            }
            for _ in 0..<renderer.jobs { start() }
            for await name in group {
                running.remove(name)
                for _ in running.count..<max(running.count, renderer.jobs) { start() }
            }
        }
        for name in ready { makeReady(name) }
        settling?.cancel()
        let settled = Task { await settle() }
        settling = settled
        await settled.value
        Terminal.say("\(displayed(renderer.folder.path))/index.html is up to date")
    }

    /// Which notebooks come behind which; `nil` where some read from each other, which is told.
    private func readingOrder(of sources: [NotebookSource]) -> ReadingOrder? {
        do throws(EngineError) {
            return try ReadingOrder(of: sources, renderer: renderer)
        } catch {
            Terminal.complain(displayed("\(error)"))
            return nil
        }
    }

    /// Has something to be seen of a book that was never rendered.
    private func showUnrun(_ stale: [NotebookSource], _ outline: [OutlineEntry]) {
        if !(renderer.folder / "index.html").exists {
            _ = try? renderer.writeFront(sources(), outline: outline, isUnchanged: false)
        }
        let (renderer, share) = (renderer, share)
        for source in stale where !(renderer.folder / "\(source.name)/index.html").exists {
            let notebook = open(source)
            Task.detached {
                let one = NotebookRenderer(book: renderer, source: source, outline: outline, share: share)
                notebook.showUnrun(source.parsed().notebook, renderer: one)
            }
        }
    }

    private func sources() -> [NotebookSource] {
        renderer.book.notebookPaths.map { NotebookSource($0, renderer: renderer) }
    }

    @discardableResult private func open(_ source: NotebookSource) -> LiveNotebook {
        notebooks.withLock { notebooks in
            if let known = notebooks[source.name] { return known }
            let run = LiveRun(
                book: renderer.book, installation: renderer.installation, store: renderer.store, share: share)
            let notebook = LiveNotebook(
                source.name, of: renderer.book, text: source.text,
                record: renderer.folder / "\(source.name)/record.json", run: run,
                watch: { [watch] in watch.watch($0) }, tell: tell)
            notebooks[source.name] = notebook
            return notebook
        }
    }

    /// Stands for all that a page is made from, but for the inputs of its cells.
    private func basis(of source: NotebookSource, _ outline: [OutlineEntry]) -> String {
        [source.digest, PageState.digest(of: outline), PageState.circumstances(renderer, of: source.name)].joined(
            separator: "\n")
    }
}

// Changes.
extension WatchedBook {
    private func take(_ paths: Set<String>) {
        let folder = renderer.book.root + "/" + Book.notebookFolder
        let ofBook = [BookConfiguration.fileName, BookClaims.fileName, Bibliography.fileName].map { folder + "/" + $0 }
        if paths.contains(folder) || ofBook.contains(where: paths.contains) { renderer = renderer.readAnew() }
        let sources = sources()
        let outline = sources.map(\.outline)
        for source in sources where !source.isBeingWritten {
            let isTouched = open(source).reads(anyOf: paths)
            guard
                isTouched || paths.contains(folder)
                    || source.paths.map(renderer.book.absolute).contains(where: paths.contains)
            else {
                continue
            }
            if update(source, outline, isTouched: isTouched) != nil { noteEdited(source.name) }
        }
        settling?.cancel()
        settling = Task {
            try? await Task.sleep(for: WatchedBook.quietTime)
            guard !Task.isCancelled else { return }
            await settle()
        }
    }

    private func update(
        _ source: NotebookSource, _ outline: [OutlineEntry], isTouched: Bool
    ) -> Task<Void, Never>? {
        let (renderer, share, board) = (renderer, share, board)
        return open(source).update(basis: basis(of: source, outline), isTouched: isTouched) { update in
            let line = board.begin(source.name)
            let report = await NotebookRenderer(
                book: renderer, source: source, outline: outline, share: share, live: update
            ).render(line)
            line.end()
            if !report.isSuperseded { Terminal.tell(report) }
            await self.pauseIfIdle(update.notebook)
        }
    }

    /// Brings the page of a notebook up to date that may have been changed since it was read.
    private func updateAsItIsNow(_ source: NotebookSource, _ outline: [OutlineEntry]) async {
        guard renderer.book.notebookPaths.contains(source.path) else { return }
        let source = NotebookSource(source.path, renderer: renderer)
        let outline = outline.map { $0.name == source.name ? source.outline : $0 }
        await update(source, outline, isTouched: false)?.value
    }

    /// Looks after what refers to what has changed: other pages, the front page, the search page, pages that are to go.
    private func settle() async {
        let before = sources()
        for source in before {
            await updateAsItIsNow(source, before.map(\.outline))
            // A change that came meanwhile has this done anew, with what the book's pages say of each other then.
            guard !Task.isCancelled else { return }
        }
        await endGone()
        // More may have changed meanwhile.
        let sources = sources()
        let outline = sources.map(\.outline)
        renderer.removePages(except: sources.map(\.name))
        do {
            let contradictions = try renderer.writeFront(sources, outline: outline, isUnchanged: false)
            contradictions.forEach { Terminal.complain($0.description) }
            try renderer.writeTranslations(sources).forEach { Terminal.complain($0) }
        } catch let error as NotebookError {
            Terminal.complain(error.description)
        } catch {
            Terminal.complain(displayed("\(error)"))
        }
        tell(.changed(page: ""))
    }

    /// Ends what is there of notebooks that are gone.
    private func endGone() async {
        let names = renderer.book.notebookPaths.map(Book.name(of:))
        let gone = notebooks.withLock { notebooks in
            notebooks.keys.filter { !names.contains($0) }.compactMap { notebooks.removeValue(forKey: $0) }
        }
        for notebook in gone {
            await notebook.run.end()
            tell(.changed(page: notebook.name))
        }
    }

    /// Ends the processes of a notebook that was not changed for long.
    private func pauseIfIdle(_ notebook: LiveNotebook) async {
        if !edited.contains(notebook.name) { await notebook.run.pause() }
    }

    /// Notes that a notebook was changed, and ends the processes of those that were not for long.
    private func noteEdited(_ name: String) {
        edited.removeAll { $0 == name }
        edited.append(name)
        while edited.count > WatchedBook.mostSessions {
            let idle = edited.removeFirst()
            guard let notebook = notebooks.withLock({ $0[idle] }) else { continue }
            Task { await notebook.run.pause() }
        }
    }

    /// Runs the cells of a notebook, so that the states between them are kept before anything changes.
    private func makeReady(_ name: String) {
        guard let run = notebooks.withLock({ $0[name] })?.run else { return }
        // A change that comes meanwhile has precedence.
        let wishes = run.wishes
        guard let source = sources().first(where: { $0.name == name }), !source.isBeingWritten,
            case let notebook = source.parsed().notebook,
            let plan = try? Plan(
                notebook, edition: renderer.edition, settings: renderer.settings, book: renderer.book,
                installation: renderer.installation, sandbox: renderer.sandbox(of: notebook.name),
                store: renderer.store, others: renderer.outputs)
        else { return }
        noteEdited(name)
        Task { _ = try? await run.record(of: plan, unlessWantedSince: wishes) { _ in } }
    }
}

extension WatchedBook: LiveContent {
    package nonisolated func file(at path: String) async -> [UInt8]? {
        let (store, folder) = await (renderer.store, renderer.folder)
        if let slash = path.firstIndex(of: "/"),
            let notebook = notebooks.withLock({ $0[String(path[..<slash])] }),
            let bytes = notebook.file(String(path[path.index(after: slash)...]), in: store)
        {
            return bytes
        }
        return try? (folder / path).read()
    }

    package nonisolated func opened(page: String) async -> [LiveMessage] {
        notebooks.withLock { $0[page] }.map { [.state(page: page, $0.liveState)] } ?? []
    }
}
