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

    /// Whether products leave out terms whose left factor is zero. No result depends on it.
    public enum Zeros: String, Sendable, CaseIterable {
        /// As the product's density and shape make it quicker.
        case auto
        /// Wherever it can be done.
        case skip
        /// Never.
        case dense
    }

    /// What products do with zeros. `KDBOOK_ZEROS` chooses.
    public static var zeros: Zeros { Zeros(kd_current_zeros()) }

    /// The paths that this processor can run, widest first.
    package static let availableInstructionSets: [String] = choice.withLock { _ in
        let current = instructionSet
        defer { _ = kd_select_instruction_set(current) }
        return ["avx512", "avx2", "neon", "portable"].filter { kd_select_instruction_set($0) != 0 }
    }

    /// Held while a choice is in force.
    private static let choice = Mutex(())

    /// Runs `body` with a path, a number of threads and a way with zeros, then goes back to those in use. Calls wait for each other,
    /// and must not be nested.
    package static func with<Result>(
        instructionSet: String? = nil, threads: Int? = nil, zeros: Zeros? = nil, _ body: () throws -> Result
    ) rethrows -> Result {
        try choice.withLock { _ in
            let before = (self.instructionSet, kd_thread_count(), kd_current_zeros())
            defer {
                _ = kd_select_instruction_set(before.0)
                kd_set_thread_count(before.1)
                kd_select_zeros(before.2)
            }
            if let instructionSet {
                precondition(
                    kd_select_instruction_set(instructionSet) != 0, "this processor has no path \(instructionSet)")
            }
            if let threads { kd_set_thread_count(Int32(threads)) }
            if let zeros { kd_select_zeros(zeros.code) }
            return try body()
        }
    }
}

extension Compute.Zeros {
    fileprivate init(_ code: kd_zeros) {
        self =
            switch code {
            case KD_ZEROS_SKIP: .skip
            case KD_ZEROS_DENSE: .dense
            default: .auto
            }
    }

    fileprivate var code: kd_zeros {
        switch self {
        case .auto: KD_ZEROS_AUTO
        case .skip: KD_ZEROS_SKIP
        case .dense: KD_ZEROS_DENSE
        }
    }
}
