import Comparison
import Console
import Engine
import Foundation
import Notebook
import Publishing
import Synchronization

/// Brings the page of one notebook up to date; a failure is told and leaves the others alone.
struct NotebookRenderer: Sendable {
    let book: BookRenderer
    let source: NotebookSource
    let outline: [OutlineEntry]
    let share: ThreadShare
    /// Where the book is watched: the change that this is about.
    var live: LiveUpdate?

    /// - Returns: what is to be said of it.
    func render(_ line: ProgressBoard.Line) async -> Report {
        var report = Report()
        source.findings = PageFindings(claims: [], figure: nil)
        do {
            try await attempt(line, &report)
        } catch is Superseded {
            report.isSuperseded = true
        } catch let error as NotebookError {
            report.fail(error.description)
        } catch {
            report.fail(displayed("\(error)"))
            live?.giveUp(displayed("\(error)"))
        }
        return report
    }

    private func attempt(_ line: ProgressBoard.Line, _ report: inout Report) async throws {
        let began = ContinuousClock.now
        let (notebook, found) = source.parsed()
        live?.watchInputs(of: notebook, renderer: book)
        let listings = KnownListings(of: source, renderer: book)
        listings.load()
        defer { listings.keep(of: notebook, by: book.store.workshop) }
        let attached = AttachedFiles(of: notebook, in: book.book)
        do {
            let plan = try plan(of: notebook, found: found, attached)
            try await live?.begin(plan)
            let (given, compiled) = try await record(of: plan, line)
            let record = try judged(given, of: notebook)
            report.tell(record, of: notebook)
            try live?.check()
            let controlled = record.failed ? [] : try await controlledRuns(of: notebook, line)
            let folder = try PageFolder(
                of: self, notebook, plan: plan, record: record, controlled: controlled, attached: attached)
            if !record.failed {
                source.findings = PageFindings(
                    claims: DecidedClaim.all(in: record, of: notebook), figure: folder.frontFigure)
            }
            try folder.write()
            report.tell(folder.quotationProblems, of: notebook)
            live?.notebook.endRun(of: notebook, plan, record)
            guard !record.failed else { return }
            let work = compiled == nil ? "page only" : counted(notebook.cells.count, "cell")
            let detail = compiled.map { ", \($0) compiled" } ?? ""
            report.say("\(source.path): \(work) in \(seconds(since: began))\(detail)")
        } catch let error as NotebookError {
            try await live?.begin(nil)
            try PageFolder(of: self, notebook, problems: error.diagnostics, attached: attached).write()
            live?.notebook.endRun(of: notebook, nil, nil)
            throw error
        }
    }

    /// - Parameter found: the problems that reading the notebook has found.
    /// - Throws: these problems and those of its prose, or why there is no plan.
    private func plan(of notebook: Notebook, found: [Diagnostic], _ attached: AttachedFiles) throws -> Plan {
        if let failure = source.failure { throw failure }
        let (bibliography, claims) = try book.references.read()
        let problems =
            found
            + proseProblems(
                in: notebook.withoutRecordedValues, outline: outline, bibliography: bibliography, claims: claims,
                files: attached)
        guard problems.isEmpty else { throw NotebookError(notebook, problems) }
        if live != nil, notebook.cells.contains(where: { $0.code.contains("import") }) {
            try book.preparePackages()
        }
        return try Plan(
            notebook, edition: book.edition, settings: book.settings, book: book.book,
            installation: book.installation, sandbox: book.sandbox(of: source.name), store: book.store,
            others: book.outputs)
    }

    /// The record with the errors of a notebook that does not do as it says.
    private func judged(_ given: Record, of notebook: Notebook) throws -> Record {
        given.judged(by: notebook).checkingClaims(of: notebook, known: try book.references.read().claims)
    }

    /// - Returns: the record, and how many cells were compiled for it; `nil` where nothing was run.
    private func record(of plan: Plan, _ line: ProgressBoard.Line) async throws -> (Record, compiled: Int?) {
        if !book.force, let known = book.store.record(for: plan) { return (known, nil) }
        let compiled = Mutex(0)
        let record = try await runRecord(of: plan, line) { compiled.withLock { $0 += 1 } }
        try plan.checkUnchanged(in: book.book, book.installation)
        try plan.checkOutputs(of: record)
        try book.store.keep(record, of: plan)
        if let gaps = book.store.circumstances(of: plan)?.gapsInWords { Terminal.warnOnce(gaps) }
        return (record, compiled.withLock { $0 })
    }

    /// The record of a run of `plan`: from the top, or from where a watched notebook's earlier runs have got to.
    private func runRecord(
        of plan: Plan, _ line: ProgressBoard.Line, compiled: @escaping @Sendable () -> Void
    ) async throws -> Record {
        guard let live else {
            var conditions = KernelConditions.asked
            conditions.results = book.results
            let run = NotebookRun(
                plan, book: book.book, installation: book.installation, store: book.store, conditions: conditions,
                share: share)
            return try await run.record(of: plan.notebook, showing: line, compiled: compiled)
        }
        live.notebook.beginRun(of: plan.notebook, plan, renderer: self)
        let (claims, frame) = (try book.references.read().claims, try book.references.frame())
        let shown = plan.notebook.showing(line, compiled: compiled)
        let record = try await live.notebook.run.record(of: plan) { event in
            live.notebook.take(event, claims: claims, book: frame)
            shown(event)
        }
        guard let record else { throw Superseded() }
        return record
    }
}
