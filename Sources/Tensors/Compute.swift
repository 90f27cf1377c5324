internal import CKernels
import Synchronization

/// How this process computes. Nothing here changes a result.
public enum Compute {
    /// The path in use: "avx512", "avx2", "neon" or "portable". `KDBOOK_ISA` chooses one.
    public static var instructionSet: String { String(cString: kd_instruction_set_name()) }

    /// How many threads large products use. `KDBOOK_THREADS` chooses.
    public static var threadCount: Int { Int(kd_thread_count()) }

    /// How many threads wait to help; they end before the process is copied, and start anew when they are needed.
    package static var helperCount: Int { Int(kd_running_threads()) }

    /// The paths that this processor can run, widest first.
    package static let availableInstructionSets: [String] = choice.withLock { _ in
        let current = instructionSet
        defer { _ = kd_select_instruction_set(current) }
        return ["avx512", "avx2", "neon", "portable"].filter { kd_select_instruction_set($0) != 0 }
    }

    /// Held while a choice is in force.
    private static let choice = Mutex(())

    /// Runs `body` with a path and a number of threads, then goes back to those in use. Calls wait for each other,
    /// and must not be nested.
    package static func with<Result>(
        instructionSet: String? = nil, threads: Int? = nil, _ body: () throws -> Result
    ) rethrows -> Result {
        try choice.withLock { _ in
            let before = (self.instructionSet, kd_thread_count())
            defer {
                _ = kd_select_instruction_set(before.0)
                kd_set_thread_count(before.1)
            }
            if let instructionSet {
                precondition(
                    kd_select_instruction_set(instructionSet) != 0, "this processor has no path \(instructionSet)")
            }
            if let threads { kd_set_thread_count(Int32(threads)) }
            return try body()
        }
    }
}
