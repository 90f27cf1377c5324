import Foundation
public import Notebook
import Synchronization
import Wire

/// A notebook that is run again and again while it is edited.
///
/// What comes of it is what a run from the top would give. But copies of the notebook's process keep the states between
/// cells, so that an edit runs only what it changes, and what follows; and what it makes outdated is ended at once.
public final class LiveRun: Sendable {
    private let stage: LiveStage
    private let turn = Mutex(Turn())
    private let latest = Mutex<Task<Result<Record?, EngineError>, Never>?>(nil)

    /// What is wanted now, and what runs.
    private struct Turn {
        var number = 0
        /// `nil` where nothing is wanted.
        var wanted: Wish?
        /// What the kernel is at, with what came before it, and what ends it.
        var running: (wish: Wish, interrupt: @Sendable () -> Void)?
        var hasEnded = false
    }

    /// Steps, or the first of them, and what they depend on besides.
    private struct Wish: Hashable {
        var steps: [Step]
        let ground: LiveGround

        init(_ plan: Plan) {
            steps = plan.steps
            ground = LiveGround(plan)
        }

        func upTo(_ index: Int) -> Wish {
            var wish = self
            wish.steps = Array(steps[...index])
            return wish
        }

        func begins(with other: Wish) -> Bool { ground == other.ground && steps.starts(with: other.steps) }
    }

    /// Prepares a notebook's runs; no process starts before the first of them.
    ///
    /// - Parameter share: the part of the processors beside other runs; `nil` gives it all.
    public init(book: Book, installation: Installation, store: Store, share: ThreadShare? = nil) {
        stage = LiveStage(book: book, installation: installation, store: store, share: share)
    }

    /// Says what is wanted from now on, and ends a cell that runs for something else.
    ///
    /// - Parameter plan: what is to be run; `nil` where nothing is.
    public func want(_ plan: Plan?) { _ = announce(plan) }

    /// How often something was wanted.
    public var wishes: Int { turn.withLock { $0.number } }

    /// What a run of `plan` gives; `nil` where another was wanted before it came to its end.
    ///
    /// - Parameter wishes: nothing is run where something was wanted since ``wishes`` was this.
    /// - Throws: only what is no fault of the notebook.
    public func record(
        of plan: Plan, unlessWantedSince wishes: Int? = nil, report: @escaping @Sendable (RunEvent) -> Void
    ) async throws(EngineError) -> Record? {
        guard announce(plan, unlessWantedSince: wishes) else { return nil }
        let task = latest.withLock { latest in
            let before = latest
            let task = Task { [self] () -> Result<Record?, EngineError> in
                _ = await before?.value
                let guide = guide(Wish(plan))
                guard guide.isWanted() else { return .success(nil) }
                return await stage.record(of: plan, guide: guide, report: report)
            }
            latest = task
            return task
        }
        return try await task.value.get()
    }

    /// Ends the notebook's processes when nothing runs any more; the next run is one from the top.
    public func pause() async {
        let task = latest.withLock { latest in
            let before = latest
            let task = Task { [self] () -> Result<Record?, EngineError> in
                _ = await before?.value
                await stage.end()
                return .success(nil)
            }
            latest = task
            return task
        }
        _ = await task.value
    }

    /// Ends the notebook's processes for good.
    public func end() async {
        turn.withLock { $0.hasEnded = true }
        want(nil)
        _ = await latest.withLock { $0 }?.value
        await stage.end()
    }

    /// - Returns: whether it is wanted now.
    private func announce(_ plan: Plan?, unlessWantedSince wishes: Int? = nil) -> Bool {
        let wish = plan.map(Wish.init)
        return turn.withLock { turn in
            if let wishes, wishes != turn.number { return false }
            turn.number += 1
            turn.wanted = wish
            if let running = turn.running, wish?.begins(with: running.wish) != true { running.interrupt() }
            return true
        }
    }

    /// What a run asks that `wish` is carried out by.
    private func guide(_ wish: Wish) -> LiveStage.Guide {
        LiveStage.Guide(
            isWanted: { [self] in turn.withLock { $0.wanted == wish && !$0.hasEnded } },
            enter: { [self] index, interrupt in
                turn.withLock { turn in
                    guard !turn.hasEnded, turn.wanted == wish else { return false }
                    turn.running = (wish.upTo(index), interrupt)
                    return true
                }
            },
            leave: { [self] in turn.withLock { $0.running = nil } })
    }
}

/// What a run does to the state: a unit, and how it is run.
struct Step: Hashable, Sendable {
    let key: String
    /// Of a cell's options, those on which the run depends; `nil` where the unit is no cell.
    let options: ExecutionOptions?
    /// How long it may run, in seconds.
    let timeout: Double
}

extension Plan {
    /// What a run does, in order.
    var steps: [Step] {
        let cells = Dictionary(uniqueKeysWithValues: notebook.cells.map { ($0.number, $0.options) })
        return unitKeys.map { unit in
            let options = unit.cell.flatMap { cells[$0] }
            return Step(key: unit.key, options: options?.execution, timeout: timeout(of: options))
        }
    }
}
