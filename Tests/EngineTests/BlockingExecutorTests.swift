import Dispatch
import Synchronization
import Testing

@testable import Engine

/// An actor whose work blocks.
private actor Blocker {
    private let executor = BlockingExecutor()
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
    private var count = 0
    private var isAtWork = false

    /// Says that it has begun, and waits for leave to end.
    func block(begun: DispatchSemaphore, leave: DispatchSemaphore) {
        begun.signal()
        leave.wait()
    }

    /// Counts in two steps, between which another thread could count.
    func add() -> Bool {
        let isAlone = !isAtWork
        isAtWork = true
        let before = count
        for _ in 0..<100 { _ = before.hashValue }
        count = before + 1
        isAtWork = false
        return isAlone
    }

    var total: Int { count }
}

@Suite struct BlockingExecutorTests {
    /// Far more than a pool has threads: each waits for all others to have begun.
    @Test(.timeLimit(.minutes(2))) func actorsThatBlockTakeNoThreadFromEachOther() async {
        let blockers = (0..<100).map { _ in Blocker() }
        let (begun, leave) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let all = Task {
            await withTaskGroup { group in
                for blocker in blockers { group.addTask { await blocker.block(begun: begun, leave: leave) } }
            }
        }
        await blocking {
            for _ in blockers { begun.wait() }
            for _ in blockers { leave.signal() }
        }
        await all.value
    }

    @Test func onePieceOfWorkComesAfterTheOther() async {
        let blocker = Blocker()
        let areAlone = await withTaskGroup { group in
            for _ in 0..<1000 { group.addTask { await blocker.add() } }
            return await group.reduce(true) { $0 && $1 }
        }
        #expect(areAlone)
        #expect(await blocker.total == 1000)
    }
}
