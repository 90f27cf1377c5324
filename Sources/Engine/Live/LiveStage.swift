import Foundation
import Notebook
import Wire

/// The process of a notebook that is edited, with the states that its copies keep.
///
/// ``LiveRun`` is its only user, and begins a run or an end when the one before is over: a run waits for what is compiled.
actor LiveStage {
    private let executor = BlockingExecutor()
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// What a run asks of who wanted it.
    struct Guide: Sendable {
        let isWanted: @Sendable () -> Bool
        /// Whether the step with this number may be compiled or run; then, how it is interrupted.
        let enter: @Sendable (_ index: Int, _ interrupt: @escaping @Sendable () -> Void) -> Bool
        let leave: @Sendable () -> Void
    }

    /// The state before the step with the number `position`.
    private struct Snapshot {
        let position: Int
        let session: Session
    }

    private let book: Book
    private let installation: Installation
    private let store: Store
    private let share: ThreadShare?

    private var ground: LiveGround?
    private var scratch: RootedPath?
    private var session: Session?
    /// The steps that have been run; behind them the one that failed, where one did.
    private var steps: [Step] = []
    /// How many of the steps the process has behind it.
    private var position = 0
    /// Whether the process that goes on is gone, or has behind it more than ``position`` says.
    private var isLost = false
    /// What the kernel's copies but the last one keep, in their order.
    private var snapshots: [Snapshot] = []
    /// Whether the notebook needs all that it may use for itself.
    private var isTooLarge = false
    private var lastLook = ContinuousClock.now

    /// How many states are kept at a time.
    private static let mostSnapshots = 24
    /// What the processes of one notebook may take of memory before states are given up, in bytes.
    private static let mostMemory = 600_000_000
    init(book: Book, installation: Installation, store: Store, share: ThreadShare?) {
        self.book = book
        self.installation = installation
        self.store = store
        self.share = share
    }

    /// Runs what of `plan` has not been run, or not like this.
    func record(
        of plan: Plan, guide: Guide, report: @escaping @Sendable (RunEvent) -> Void
    ) async -> Result<Record?, EngineError> {
        do throws(EngineError) {
            let run = NotebookRun(plan, book: book, installation: installation, store: store, share: share)
            switch try await attempt(run, guide: guide, report: report) {
            case .over(let record): return .success(record)
            case .notWanted: return .success(nil)
            case .lost:
                // It may have been the copies that used so much.
                if session?.kernel.excess != nil {
                    isTooLarge = true
                    report(.noted("the notebook's limits leave no room to keep states: all cells are run again"))
                }
                end()
            }
            guard case .over(let record) = try await attempt(run, guide: guide, report: report) else {
                return .success(nil)
            }
            return .success(record)
        } catch {
            end()
            return .failure(error)
        }
    }

    private enum Outcome {
        case over(Record)
        case notWanted
        /// The kernel was ended, and not by what a cell has done.
        case lost
    }

    private func attempt(
        _ run: NotebookRun, guide: Guide, report: @escaping @Sendable (RunEvent) -> Void
    ) async throws(EngineError) -> Outcome {
        let wanted = run.plan.steps
        if let session, session.stopped, wanted.starts(with: steps), ground == LiveGround(run.plan) {
            return .over(try kept(session.following(run)))
        }
        var session = try prepare(run, wanted, report)
        let units = run.plan.units
        session.resume(run, units: units[..<position], report: report)
        self.session = session
        steps = Array(wanted[..<position])
        share?.enter()
        defer { share?.leave() }
        let pipeline = BuildPipeline(
            units[position...], after: session.loaded.filter(\.unit.isSeenLater),
            builder: run.builder(report: report))
        defer { pipeline.interrupt() }
        switch try await carryOut(wanted, of: pipeline, guide: guide) {
        case .done: break
        case .notWanted: return .notWanted
        case .lost: return .lost
        }
        guard guide.isWanted(), let ended = self.session else { return .notWanted }
        giveUpStates()
        return .over(try kept(ended))
    }

    /// Takes the units through the kernel as they come, up to one that stops the run. An edit ends the compiler or the cell
    /// at work, where it makes either outdated.
    private func carryOut(
        _ wanted: [Step], of pipeline: BuildPipeline, guide: Guide
    ) async throws(EngineError) -> StepOutcome {
        var results = pipeline.results.makeAsyncIterator()
        while position < wanted.count && session?.stopped != true {
            guard guide.enter(position, { pipeline.interrupt() }) else { return .notWanted }
            let next = await results.next(isolation: self)
            guide.leave()
            if pipeline.isInterrupted { return .notWanted }
            guard let (unit, result) = next else { break }
            let outcome = try step(unit, result, of: wanted, guide: guide)
            guard case .done = outcome else { return outcome }
        }
        return .done
    }

    /// What a run came to, with what it was made under put beside it.
    private func kept(_ session: Session) throws(EngineError) -> Record {
        let plan = session.run.plan
        if let state = session.kernel.state { try store.keep(Circumstances(state, sandbox: plan.sandbox), of: plan) }
        guard let scratch else { return session.record }
        return try session.record.withOutputs(of: plan, in: scratch, store)
    }

    private enum StepOutcome { case done, notWanted, lost }

    /// Takes one unit through the kernel.
    private func step(
        _ unit: CompilationUnit, _ result: BuildResult, of wanted: [Step], guide: Guide
    ) throws(EngineError) -> StepOutcome {
        guard var session else { return .lost }
        guard case .built = result else {
            // A cell that was to fail may do so by not compiling.
            try session.step(unit, result)
            steps.append(wanted[position])
            if !session.stopped { position += 1 }
            self.session = session
            return .done
        }
        guard keepState() else { return .lost }
        let kernel = session.kernel
        let interruption = kernel.interruption
        guard guide.enter(position, { interruption.ask() }) else { return .notWanted }
        defer { interruption.clear() }
        do {
            defer { guide.leave() }
            try session.step(unit, result)
        }
        // What failed may have changed what is in memory before it did.
        isLost = session.stopped
        if case .lost(.interrupted) = session.lastEnd {
            session.stopped = false
            self.session = session
            return .notWanted
        }
        if kernel.excess != nil && kernel.canHaveCopies { return .lost }
        self.session = session
        steps.append(wanted[position])
        if !session.stopped { position += 1 }
        return .done
    }

    /// Ends the processes; the next run is one from the top.
    func end() {
        session?.kernel.end()
        if let scratch { Ephemera.shared.removeScratchFolder(scratch) }
        (session, scratch, ground, snapshots, steps, position, isLost) = (nil, nil, nil, [], [], 0, false)
    }
}

// Which state a run goes on from.
extension LiveStage {
    /// Goes back to the last state that `wanted` has in common with what was run; to the top where there is none.
    private func prepare(
        _ run: NotebookRun, _ wanted: [Step], _ report: @Sendable (RunEvent) -> Void
    ) throws(EngineError) -> Session {
        let common = zip(steps, wanted).prefix { $0 == $1 }.count
        guard let session, ground == LiveGround(run.plan), !session.kernel.hasEnded else {
            return try start(run, report)
        }
        if !isLost && common >= position { return session }
        guard let index = snapshots.lastIndex(where: { $0.position <= common }), session.kernel.goBack(to: index) else {
            return try start(run, report)
        }
        isLost = false
        position = snapshots[index].position
        defer { snapshots.removeSubrange(index...) }
        return snapshots[index].session
    }

    /// Starts a process that has nothing behind it.
    private func start(_ run: NotebookRun, _ report: @Sendable (RunEvent) -> Void) throws(EngineError) -> Session {
        end()
        let scratch = try Ephemera.shared.makeScratchFolder(in: store.scratch)
        self.scratch = scratch
        ground = LiveGround(run.plan)
        var conditions = run.conditions
        conditions.inputs = run.plan.inputsDigest
        let obstacle = run.plan.sandbox.obstacleToCopies
        if let obstacle { report(.noted(obstacle)) }
        let kernel = try run.kernel(
            scratch: scratch, conditions: conditions,
            mostCopies: isTooLarge || obstacle != nil
                ? 0 : min(LiveStage.mostSnapshots, run.plan.limits.processes / 2))
        return Session(run: run, kernel: kernel, report: { _ in }, isWatched: true)
    }

    /// Keeps the state before the next step, where that can be.
    ///
    /// - Returns: whether the kernel is still there.
    private func keepState() -> Bool {
        guard let session, session.kernel.canHaveCopies, snapshots.last?.position != position else { return true }
        // What the system does not hold back from cells no copy keeps either.
        guard session.kernel.state.map({ $0.landlock > 0 && $0.filtersCalls }) ?? true else { return true }
        if ContinuousClock.now - lastLook > .seconds(1) { giveUpStates() }
        if !session.kernel.canCopy { giveUpCheapest() }
        switch session.kernel.copy() {
        case .made: snapshots.append(Snapshot(position: position, session: session))
        case .refused(let obstacle):
            let cell = session.loaded.last { $0.unit.cell != nil }?.unit.cell
            session.report(.noted(obstacle.inWords(behind: cell?.number)))
        case .lost: return false
        }
        return true
    }

    /// Gives up the state that takes the least time to make again; never the first.
    private func giveUpCheapest() {
        let costs = snapshots.indices.dropFirst().map { index in
            (index, snapshots[index].session.spent - snapshots[index - 1].session.spent)
        }
        guard let (index, _) = costs.min(by: { $0.1 < $1.1 }) else { return }
        session?.kernel.drop(index)
        snapshots.remove(at: index)
    }

    /// Gives up states while they take too much memory.
    private func giveUpStates() {
        lastLook = ContinuousClock.now
        guard let kernel = session?.kernel, kernel.canHaveCopies else { return }
        var inUse = kernel.memoryInUse
        while snapshots.count > 1, inUse > LiveStage.mostMemory {
            giveUpCheapest()
            let before = inUse
            inUse = kernel.memoryInUse
            // Where states share what they have, to give them up frees nothing.
            if inUse > before - before / 50 { break }
        }
    }
}

/// What the states of a run depend on besides its steps.
struct LiveGround: Hashable {
    let inputs: String
    let stamps: [String: Stamp]
    let declared: [String]
    let outputs: [String]
    let sandbox: String
    let limits: Limits

    init(_ plan: Plan) {
        inputs = plan.inputsDigest
        stamps = plan.declaredInputs.stamps
        declared = plan.declaredInputs.declared.sorted()
        outputs = plan.outputs.sorted()
        sandbox = plan.sandbox.key
        limits = plan.limits
    }
}

extension Sandbox {
    /// Why going back in memory would not bring back what cells saw; `nil` where it does.
    fileprivate var obstacleToCopies: String? {
        switch self {
        case .off: "without a sandbox cells can change what no copy keeps: an edit runs all cells again"
        case .on(let permissions):
            permissions.write.isEmpty && !permissions.network
                ? nil : "cells may write files or use the network, which no copy keeps: an edit runs all cells again"
        }
    }
}

extension CopyObstacle {
    /// Why no state is kept behind a cell.
    fileprivate func inWords(behind cell: Int?) -> String {
        let place = cell.map { "behind cell \($0)" } ?? "at the top"
        let cause =
            switch self {
            case .threads: "threads may be at work"
            case .descriptors: "files are open"
            case .files: "files have been written"
            case .sharedMemory: "memory is shared with other processes"
            case .timers: "a timer runs"
            case .processes: "the system makes no more processes"
            }
        return "\(place) \(cause), which no copy keeps: an edit below runs earlier cells again"
    }
}
