import Foundation
import Notebook
import Wire

/// How a cell's run ended.
enum CellEnd: Sendable {
    case finished
    /// The cell failed; the process, or what it was a copy of, is as it was before.
    case stopped(Stop)
    /// The cell failed, and no cell can be run behind it.
    case lost(Stop)

    var isLost: Bool { if case .lost = self { true } else { false } }

    /// Why a cell did not come to its end.
    enum Stop: Sendable {
        /// A signal ended the process.
        case crashed(signal: Int32, CrashTrace?)
        case exited(status: Int32)
        /// It ran longer than a cell may.
        case timedOut(seconds: Double)
        /// It ran when the time of all cells together was over.
        case outOfTime
        /// Its processes together used more of this than they may.
        case exceeded(Excess)
        case broke(KernelRule)
        /// What came through the events' pipe was none.
        case garbled
        case unloadable(reason: String)
        /// The notebook ended itself on purpose, its part of an experiment done.
        case halted(reason: String)
        /// What it was to give is not wanted any more.
        case interrupted
        /// The process could not be made ready for cells.
        case unready(reason: String)
    }

    /// What processes used too much of.
    enum Excess: String, Sendable { case memory, scratch, nesting, processes, threads }
}

/// Where a process was when a signal ended it.
struct CrashTrace: Sendable {
    /// Whether it had asked for memory in vain.
    var isOutOfMemory = false
    /// Where the last error was thrown: return addresses, innermost first.
    var thrown: [UInt64] = []
    /// The signal, once it came.
    var signal: Int32?
    /// Where the signal came: the instruction's address, then return addresses.
    var crashed: [UInt64] = []
}
