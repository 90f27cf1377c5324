import CKernels
import Foundation
import Tensors
import Testing

@Suite(.serialized) struct PoolTests {
    private final class Tally: @unchecked Sendable {
        let counts: UnsafeMutablePointer<Int32>
        let size: Int
        init(_ size: Int) {
            self.size = size
            counts = .allocate(capacity: size)
            counts.initialize(repeating: 0, count: size)
        }
        deinit { counts.deallocate() }
        var isOneEverywhere: Bool { (0..<size).allSatisfy { counts[$0] == 1 } }
    }

    /// Runs `count` tasks, each of which counts itself.
    private func tally(_ count: Int) -> Tally {
        let tally = Tally(count)
        kd_parallel({ context, index in context?.assumingMemoryBound(to: Int32.self)[index] += 1 }, tally.counts, count)
        return tally
    }

    @Test(arguments: [1, 2, 3, 8])
    func everyTaskRunsOnce(threads: Int) {
        Compute.with(threads: threads) {
            for count in [0, 1, 2, 3, 7, 64, 1000] {
                for _ in 0..<50 { #expect(tally(count).isOneEverywhere) }
            }
        }
    }

    @Test func callsFromSeveralThreadsAtOnceAllFinish() {
        Compute.with(threads: 3) {
            DispatchQueue.concurrentPerform(iterations: 8) { _ in
                for _ in 0..<100 { #expect(tally(17).isOneEverywhere) }
            }
        }
    }

    @Test func theThreadsSleepWhenThereIsNoWork() {
        Compute.with(threads: 8) {
            #expect(tally(1000).isOneEverywhere)
            for _ in 0..<1000 where kd_sleeping_threads() < 7 { usleep(10_000) }
            #expect(kd_sleeping_threads() == 7)
            #expect(tally(1000).isOneEverywhere)
        }
    }

    @Test func theThreadsStopBeforeAForkAndStartAgainOnBothSides() throws {
        // Swift hides fork(), which is what a notebook's kernel does before each cell.
        let address = try #require(dlsym(nil, "fork"))
        let fork = unsafeBitCast(address, to: (@convention(c) () -> pid_t).self)
        Compute.with(threads: 3) {
            #expect(tally(1000).isOneEverywhere)
            let child = fork()
            let right = tally(1000).isOneEverywhere
            if child == 0 { _exit(right && kd_running_threads() == 2 ? 0 : 1) }
            #expect(right && kd_running_threads() == 2)
            var status: Int32 = -1
            #expect(waitpid(child, &status, 0) == child)
            #expect(status == 0)
        }
    }
}
