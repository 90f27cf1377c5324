import CellSyntax
import Notebook
import Wire

/// The state of a run between two cells.
struct Session {
    var run: NotebookRun
    let kernel: Kernel
    var report: @Sendable (RunEvent) -> Void
    /// Whether it is told what cells show before they end.
    var isWatched = false
    var records: [Int: CellRecord] = [:]
    var values: [Int: ValueRecord] = [:]
    var loaded: [CompiledUnit] = []
    var stopped = false
    /// How the unit ended that was run last.
    var lastEnd: CellEnd?
    /// How long the cells have run together.
    var spent = Duration.zero

    /// Takes one compiled unit through the kernel.
    mutating func step(_ unit: CompilationUnit, _ result: BuildResult) throws(EngineError) {
        switch result {
        case .failed(let error): throw error
        case .rejected(let diagnostics):
            try keep(unit, failed: true, displays: [], diagnostics: diagnostics)
        case .stopped(let stop):
            let diagnostic = Diagnostic(.error, at: SourcePosition(line: 1), stop.message)
            try keep(unit, failed: true, displays: [], diagnostics: [diagnostic], isLost: true)
        case .built(let compiled):
            if let cell = unit.cell { report(.began(cell: cell)) }
            loaded.append(compiled)
            try runCompiled(compiled)
        }
    }

    /// This state, of another plan that has all its steps.
    func following(_ run: NotebookRun) -> Session {
        var session = self
        session.run = run
        return session
    }

    /// Makes ready to go on behind `units`, which have been run, by another plan.
    mutating func resume(
        _ run: NotebookRun, units: ArraySlice<CompilationUnit>, report: @escaping @Sendable (RunEvent) -> Void
    ) {
        self.run = run
        self.report = report
        stopped = false
        lastEnd = nil
        // The same code may stand at other lines now.
        let current = Dictionary(uniqueKeysWithValues: units.map { ($0.number, $0) })
        loaded = loaded.compactMap { compiled in
            current[compiled.unit.number].map {
                CompiledUnit(
                    unit: $0, folder: compiled.folder, diagnostics: compiled.diagnostics,
                    moduleDigest: compiled.moduleDigest, flags: compiled.flags)
            }
        }
        let cells = Set(units.compactMap { $0.cell?.number })
        let values = Set(units.flatMap { $0.values.map(\.number) })
        records = records.filter { cells.contains($0.key) }
        self.values = self.values.filter { values.contains($0.key) }
    }

    /// What the cells have given; those that were not run are skipped.
    var record: Record {
        let plan = run.plan
        let cells = plan.notebook.cells.map { cell in
            var record = records[cell.number] ?? CellRecord(label: nil, status: .skipped)
            record.label = cell.options.label
            return record
        }
        let given = values
        let values = plan.notebook.inlineValues.map { value in
            given[value.number] ?? ValueRecord(expression: value.expression)
        }
        return Record(
            notebook: plan.notebook.name, edition: plan.edition,
            parameters: Dictionary(uniqueKeysWithValues: plan.parameters.map { ($0.name, $0.value.literal) }),
            inputs: plan.declaredInputs.recorded(in: run.book), cells: cells, values: values.isEmpty ? nil : values)
    }

    private mutating func runCompiled(_ compiled: CompiledUnit) throws(EngineError) {
        let cell = compiled.unit.cell
        let (end, shown) = carryOut(compiled)
        lastEnd = end
        switch end {
        case .lost(.interrupted):
            stopped = true
            return
        case .stopped(.halted(let reason)):
            if let cell { report(.halted(cell: cell, reason: reason)) }
            stopped = true
            return
        default: break
        }
        defer {
            // A copy of the process takes its cell with it: what is loaded next may lie where that did.
            if let cell, cell.options.error {
                loaded.removeLast()
                kernel.forget(cell: cell.number)
            }
        }
        try keep(compiled, end, shown)
    }

    /// Has the kernel run the unit, and tells meanwhile what is to be told.
    private mutating func carryOut(_ compiled: CompiledUnit) -> (CellEnd, DisplayList) {
        let cell = compiled.unit.cell
        let timeout = run.plan.timeout(of: cell?.options)
        let began = ContinuousClock.now
        defer { spent += ContinuousClock.now - began }
        return kernel.run(
            cell: compiled.unit.number, library: compiled.library, alone: cell?.options.error ?? false,
            timeout: timeout, timeLeft: run.plan.limits.time - spent / .seconds(1)
        ) { text in
            if let cell { report(.progress(cell: cell, text: text)) }
        } watch: { displays in
            guard let cell, isWatched else { return }
            report(.shown(cell: cell, record(of: cell, .asExpected, displays(), [])))
        }
    }

    /// Keeps what a unit gave in the record, with what is wrong with it.
    private mutating func keep(
        _ compiled: CompiledUnit, _ end: CellEnd, _ shown: DisplayList
    ) throws(EngineError) {
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

    /// The display with the line of a claim counted from the cell's first line, as a record counts.
    private func countingLinesFromOne(_ display: Display) -> Display {
        guard case .claim(var claim) = display else { return display }
        let unit = loaded.first { $0.unit.fileName == claim.place.file }?.unit
        claim.place.line = (unit?.places ?? SourceMap()).position(line: claim.place.line, column: 1).line
        return .claim(claim)
    }

    private mutating func keep(
        _ unit: CompilationUnit, failed: Bool, displays: [Display], diagnostics: [Diagnostic],
        isLost: Bool = false
    ) throws(EngineError) {
        let names = TypeNames(cells: run.plan.notebook.cells)
        guard unit.values.isEmpty else {
            values.merge(
                unit.records(
                    displays: displays.map(names.plain), diagnostics: diagnostics.map(names.plain))
            ) { $1 }
            stopped = stopped || failed
            return
        }
        guard let cell = unit.cell else {
            guard failed else { return }
            let cause = diagnostics.map(\.message).joined(separator: "; ")
            if let module = unit.shared?.module {
                throw EngineError(.compile, file: "\(SharedCode.folder)/\(module.name)", cause: cause)
            }
            throw EngineError(.start, file: run.installation.kernel, cause: "the notebook's constants fail: \(cause)")
        }
        var diagnostics = cell.options.warning ? diagnostics : withoutWarnings(diagnostics)
        let surprise = cell.options.surprise(failed: failed, diagnostics)
        if let surprise { diagnostics.append(Diagnostic(.error, at: SourcePosition(line: 1), surprise)) }
        // To take the notebook's process with it is not the failure that a cell was to show.
        let asExpected = failed == cell.options.error && surprise == nil && !isLost
        let record = record(
            of: cell, asExpected ? .asExpected : .failed,
            displays.map { names.plain(countingLinesFromOne($0)) }, diagnostics.map(names.plain))
        records[cell.number] = record
        report(.ended(cell: cell, record))
        stopped = stopped || !asExpected
    }

    /// What a cell gave, with its own pictures.
    private func record(
        of cell: Cell, _ status: CellRecord.Status, _ displays: [Display], _ diagnostics: [Diagnostic]
    ) -> CellRecord {
        var record = CellRecord(
            label: cell.options.label, status: status, displays: displays, diagnostics: diagnostics)
        record.findPictures(in: kernel.memory.pictures)
        return record
    }
}

/// The diagnostics without warnings and the notes that belong to them, which follow them.
private func withoutWarnings(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    var isDropping = false
    return diagnostics.filter { diagnostic in
        if diagnostic.severity != .note { isDropping = diagnostic.severity == .warning }
        return !isDropping
    }
}
