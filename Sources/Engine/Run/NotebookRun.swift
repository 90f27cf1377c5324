import CellSyntax
import Foundation
public import Notebook
import Wire

/// Runs a planned notebook from its top in a fresh process.
public struct NotebookRun: Sendable {
    let plan: Plan
    let book: Book
    let installation: Installation
    let store: Store
    let conditions: KernelConditions
    /// How it shares the processors with other runs; `nil` where it is alone.
    let share: ThreadShare?

    /// Prepares a run; nothing starts before the record is asked for.
    ///
    /// - Parameters:
    ///   - conditions: the surroundings of the notebook's process; the environment's wishes unless stated.
    ///   - share: the run's part of the processors beside other runs; `nil` gives it all.
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

    /// A kernel that reaches what the notebook may.
    func kernel(scratch: RootedPath, conditions: KernelConditions, mostCopies: Int = 0) throws(EngineError) -> Kernel {
        let reach = plan.sandbox.reach(
            of: plan, book: book, installation: installation, store: store, scratch: scratch.path,
            conditions: conditions)
        return try Kernel(
            installation, book: book, conditions: conditions, share: share, limits: plan.limits, reach: reach,
            store: store, scratch: scratch.path, files: plan.declaredFiles(in: book), mostCopies: mostCopies)
    }

    /// Compiles what is not in the store, as the run asks for it.
    func builder(report: @escaping @Sendable (RunEvent) -> Void) -> CellBuilder {
        CellBuilder(
            installation: installation, store: store, plan: plan,
            moduleCache: ModuleCache(installation, fallback: store.moduleCache),
            bounds: BuildBounds(limits: plan.limits, landlock: conditions.landlock)
        ) { unit in report(.compiled(cell: unit.cell)) }
    }

    /// Runs the cells in order, each as soon as it is compiled; the next is compiled meanwhile.
    ///
    /// - Throws: only what is no fault of the notebook. A cell that fails is in the record, and those after it
    ///   are skipped.
    public func record(report: @escaping @Sendable (RunEvent) -> Void) async throws(EngineError) -> Record {
        let pipeline = BuildPipeline(plan.units[...], builder: builder(report: report))
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
        if let results = conditions.results { try book.place(named: results).createFolder() }
        let stage = try RunStage(self, scratch: scratch, conditions: conditions, report: report)
        let (record, state) = try await stage.carryOut(pipeline)
        if let state { try store.keep(Circumstances(state, sandbox: plan.sandbox), of: plan) }
        return record
    }
}

extension Plan {
    /// The declared files as cells ask for them. What lies in the book is named from its folder, as other inputs are.
    fileprivate func declaredFiles(in book: Book) -> DeclaredFiles {
        DeclaredFiles(
            outputs: outputs,
            inputs: declaredInputs.written.mapValues { place in
                place.path.hasPrefix(book.root + "/") ? String(place.path.dropFirst(book.root.count + 1)) : place.path
            })
    }
}

/// The process of one run, which nobody else uses.
private actor RunStage {
    private let executor = BlockingExecutor()
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let run: NotebookRun
    private let scratch: RootedPath
    private var session: Session

    init(
        _ run: NotebookRun, scratch: RootedPath, conditions: KernelConditions,
        report: @escaping @Sendable (RunEvent) -> Void
    ) throws(EngineError) {
        (self.run, self.scratch) = (run, scratch)
        session = Session(run: run, kernel: try run.kernel(scratch: scratch, conditions: conditions), report: report)
    }

    /// Takes the units through the kernel as they come, and ends it.
    ///
    /// - Returns: what the cells gave, and what the kernel said of itself.
    func carryOut(_ pipeline: BuildPipeline) async throws(EngineError) -> (Record, KernelState?) {
        defer { session.kernel.end() }
        for await (unit, result) in pipeline.results {
            try session.step(unit, result)
            if session.stopped { break }
        }
        // The kernel's end takes the scratch folder along.
        return (try session.record.withOutputs(of: run.plan, in: scratch, run.store), session.kernel.state)
    }
}
