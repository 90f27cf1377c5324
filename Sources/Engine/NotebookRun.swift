import CellSyntax
import Foundation
public import Notebook
import Wire

/// What a run tells while it goes on.
public enum RunEvent: Sendable {
    /// A cell, or the notebook's constants, was not in the store and has been compiled.
    case compiled(cell: Cell?)
    case began(cell: Cell)
    case progress(cell: Cell, text: String)
    /// The notebook ended itself in this cell, its part of an experiment done.
    case halted(cell: Cell, reason: String)
}

/// Runs a planned notebook from its top in a fresh process.
public struct NotebookRun: Sendable {
    let plan: Plan
    let book: Book
    let installation: Installation
    let store: Store
    let conditions: KernelConditions
    /// How it shares the processors with other runs; `nil` where it is alone.
    let share: ThreadShare?

    /// How long a cell may run where nothing else is said, in seconds.
    public static let defaultTimeout: Double = 120

    public init(
        _ plan: Plan, book: Book, installation: Installation, store: Store,
        conditions: KernelConditions = .asked, share: ThreadShare? = nil
    ) {
        self.conditions = conditions
        self.share = share
        self.plan = plan
        self.book = book
        self.installation = installation
        self.store = store
    }

    /// Runs the cells in order, each as soon as it is compiled; the next is compiled meanwhile.
    ///
    /// - Throws: only what is no fault of the notebook. A cell that fails is in the record, and those after it
    ///   are skipped.
    public func record(report: @escaping @Sendable (RunEvent) -> Void) async throws(EngineError) -> Record {
        let builder = CellBuilder(
            installation: installation, store: store, moduleCache: installation.moduleCache ?? store.moduleCache
        ) { unit in report(.compiled(cell: unit.cell)) }
        let pipeline = BuildPipeline(plan.units, builder: builder)
        let outcome: Result<Record, EngineError>
        do throws(EngineError) {
            outcome = .success(try await record(of: pipeline, report: report))
        } catch {
            outcome = .failure(error)
        }
        await pipeline.end()
        return try outcome.get()
    }

    private func record(
        of pipeline: BuildPipeline, report: @escaping @Sendable (RunEvent) -> Void
    ) async throws(EngineError) -> Record {
        let scratch = try Ephemera.shared.makeScratchFolder(in: store.scratch)
        defer { Ephemera.shared.removeScratchFolder(scratch) }
        share?.enter()
        defer { share?.leave() }
        var conditions = conditions
        conditions.inputs = plan.inputsDigest
        if let results = conditions.results { try Files.createFolder(results) }
        let reach = plan.sandbox.reach(
            of: plan, book: book, installation: installation, store: store, scratch: scratch, conditions: conditions)
        let kernel = try Kernel(
            installation, book: book, conditions: conditions, share: share, limits: plan.limits, reach: reach,
            figures: store.figures, scratch: scratch)
        defer { kernel.end() }

        var session = Session(run: self, kernel: kernel, report: report)
        for await (unit, result) in pipeline.results {
            let current = session
            let outcome: Result<Session, EngineError> = await blocking {
                var session = current
                do throws(EngineError) {
                    try session.step(unit, result)
                    return .success(session)
                } catch {
                    return .failure(error)
                }
            }
            session = try outcome.get()
            if session.stopped { break }
        }
        if let state = kernel.state { try store.keep(Circumstances(state, sandbox: plan.sandbox), of: plan) }
        let cells = plan.notebook.cells.map { cell in
            session.records[cell.number] ?? CellRecord(label: cell.options.label, status: .skipped)
        }
        let values = plan.notebook.inlineValues.map { value in
            session.values[value.number] ?? ValueRecord(expression: value.expression)
        }
        return Record(
            notebook: plan.notebook.name, edition: plan.edition,
            parameters: Dictionary(uniqueKeysWithValues: plan.parameters.map { ($0.name, $0.value.literal) }),
            inputs: plan.inputs, cells: cells, values: values.isEmpty ? nil : values)
    }
}

/// The state of a run between two cells.
private struct Session: Sendable {
    let run: NotebookRun
    let kernel: Kernel
    let report: @Sendable (RunEvent) -> Void
    var records: [Int: CellRecord] = [:]
    var values: [Int: ValueRecord] = [:]
    var loaded: [CompiledUnit] = []
    var stopped = false
    /// How long the cells have run together.
    var spent = Duration.zero

    /// Takes one compiled unit through the kernel.
    mutating func step(_ unit: CompilationUnit, _ result: BuildResult) throws(EngineError) {
        switch result {
        case .failed(let error): throw error
        case .rejected(let diagnostics):
            try keep(unit, failed: true, displays: [], diagnostics: diagnostics)
        case .built(let compiled):
            if let cell = unit.cell { report(.began(cell: cell)) }
            loaded.append(compiled)
            try runCompiled(compiled)
        }
    }

    private mutating func runCompiled(_ compiled: CompiledUnit) throws(EngineError) {
        let cell = compiled.unit.cell
        let matter = run.plan.notebook.frontMatter
        let timeout =
            cell?.options.timeout ?? matter.editions[run.plan.edition]?.timeout ?? matter.timeout
            ?? NotebookRun.defaultTimeout
        let began = ContinuousClock.now
        let (end, shown) = kernel.run(
            cell: compiled.unit.number, library: compiled.library, alone: cell?.options.error ?? false,
            timeout: timeout, timeLeft: run.plan.limits.time - spent / .seconds(1)
        ) { text in
            if let cell { report(.progress(cell: cell, text: text)) }
        }
        spent += ContinuousClock.now - began
        if case .stopped(.halted(let reason)) = end {
            if let cell { report(.halted(cell: cell, reason: reason)) }
            stopped = true
            return
        }
        defer {
            // A copy of the process takes its cell with it: what is loaded next may lie where that did.
            if let cell, cell.options.error {
                loaded.removeLast()
                kernel.forget(cell: cell.number)
            }
        }
        let warnings = shown.warnings.map { Diagnostic(.warning, at: SourcePosition(line: 1), $0) }
        let said = compiled.diagnostics + warnings
        switch end {
        case .finished:
            try keep(compiled.unit, failed: false, displays: shown.displays, diagnostics: said)
        case .lost(.unready(let reason)):
            throw EngineError(.start, file: run.installation.kernel, cause: reason)
        case .stopped(let stop), .lost(let stop):
            let places = loaded.compactMap { unit in
                kernel.loadAddresses[unit.unit.number].map { (unit: unit, base: $0) }
            }
            let report = CrashReport(
                installation: run.installation, book: run.book, plan: run.plan, loaded: places)
            let (diagnostics, rest) = report.explain(stop, cell: compiled.unit.number, displays: shown.displays)
            try keep(
                compiled.unit, failed: true, displays: rest,
                diagnostics: said + compiled.unit.placed(diagnostics, behind: rest),
                isLost: end.isLost)
        }
    }

    private mutating func keep(
        _ unit: CompilationUnit, failed: Bool, displays: [Display], diagnostics: [Diagnostic],
        isLost: Bool = false
    ) throws(EngineError) {
        guard unit.values.isEmpty else {
            values.merge(
                unit.records(
                    displays: displays.map(\.withPlainTypeNames), diagnostics: diagnostics.map(\.withPlainTypeNames))
            ) { $1 }
            stopped = stopped || failed
            return
        }
        guard let cell = unit.cell else {
            guard failed else { return }
            let cause = diagnostics.map(\.message).joined(separator: "; ")
            throw EngineError(.start, file: run.installation.kernel, cause: "the notebook's constants fail: \(cause)")
        }
        var diagnostics = cell.options.warning ? diagnostics : withoutWarnings(diagnostics)
        let surprise = cell.options.surprise(failed: failed, diagnostics)
        if let surprise { diagnostics.append(Diagnostic(.error, at: SourcePosition(line: 1), surprise)) }
        // To take the notebook's process with it is not the failure that a cell was to show.
        let asExpected = failed == cell.options.error && surprise == nil && !isLost
        records[cell.number] = CellRecord(
            label: cell.options.label, status: asExpected ? .asExpected : .failed,
            displays: displays.map { countingLinesFromOne($0).withPlainTypeNames },
            diagnostics: diagnostics.map(\.withPlainTypeNames))
        stopped = stopped || !asExpected
    }
}

/// The display with the line of a claim counted from the cell's first line, as a record counts.
private func countingLinesFromOne(_ display: Display) -> Display {
    guard case .claim(var claim) = display else { return display }
    claim.place.line = max(1, claim.place.line - CellSource.firstLine + 1)
    return .claim(claim)
}

/// The diagnostics without warnings and the notes that belong to them, which follow them.
private func withoutWarnings(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    var isDropping = false
    return diagnostics.filter { diagnostic in
        if diagnostic.severity != .note { isDropping = diagnostic.severity == .warning }
        return !isDropping
    }
}
