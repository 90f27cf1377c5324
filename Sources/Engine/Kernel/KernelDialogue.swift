import Notebook
import Wire

/// What a kernel may say now: what follows from what it was asked, and what it has said.
///
/// The pipe of events is open to the cells, too, so nothing that comes through it is believed. An event that is not due, or
/// has a value that none can have, is no event of a kernel's: it ends its notebook, and no other.
struct KernelDialogue: Sendable {
    private enum Stage {
        case idle
        /// The cell's library is to be loaded.
        case asked(cell: Int)
        case running(cell: Int)
        /// The cell has come to its end, and with it the copy of the process that it ran in.
        case over
        case copying(line: Int)
        case goingBack(token: Int)
    }

    /// Whether the notebook may end itself before its end: only an experiment's part does.
    private let mayHalt: Bool
    private var isReady = false
    private var stage = Stage.idle
    /// The number of the last mark in the printed text.
    private var mark = 0
    /// The last mark of the process that a copy runs a cell for; `nil` where none does.
    private var markOfOriginal: Int?

    init(mayHalt: Bool) { self.mayHalt = mayHalt }

    /// Notes what the kernel is asked.
    mutating func ask(_ command: KernelCommand) {
        switch command {
        case .run(let cell, _, let alone):
            stage = .asked(cell: cell)
            markOfOriginal = alone ? mark : nil
        case .copy(let line): stage = .copying(line: line)
        case .goBack(let token): stage = .goingBack(token: token)
        case .prepare, .finish: break
        }
    }

    /// Notes an event, where it is one that may come now.
    ///
    /// - Parameter copies: the processes that the kernel has copied itself to.
    /// - Returns: whether it may.
    mutating func admits(_ event: KernelEvent, copies: [Int32]) -> Bool {
        if case .goingBack(let token) = stage {
            // What copies say while they are ended is nothing.
            if event == .wentBack(token: token) { stage = .idle }
            return true
        }
        switch event {
        case .ready(let state):
            defer { isReady = true }
            return !isReady && state.isPossible
        case .unready: return !isReady
        default: return isReady && follows(event, copies: copies)
        }
    }

    private mutating func follows(_ event: KernelEvent, copies: [Int32]) -> Bool {
        switch event {
        case .loaded(let number, let base):
            guard case .asked(number) = stage, KernelDialogue.isLoadAddress(base) else { return false }
            stage = .running(cell: number)
            return true
        case .unloadable(let number, _):
            if case .asked(number) = stage { return true }
            return false
        // A thread that a cell has left may show something between cells.
        case .shown(_, _, let number): return isNext(number)
        case .picture, .warned, .progress, .broke: return true
        case .halted: return mayHalt && isRunning
        case .ended(let number, let mark):
            guard case .running(number) = stage, isNext(mark) else { return false }
            stage = markOfOriginal == nil ? .idle : .over
            return true
        case .copyEnded(let signal, let status, let number): return endCopy(signal, status, mark: number)
        case .lostCopy(let process, let signal, let status, let number):
            return copies.contains(process) && number == -Int(process) && isEnd(signal, status)
        case .copied, .notCopied: return answersCopy(event)
        case .ready, .unready, .wentBack: return false
        }
    }

    private var isRunning: Bool { if case .running = stage { true } else { false } }

    /// Takes the number of a mark, which is one more than the last: the running process's, or, where a cell runs in a copy,
    /// that of a thread of the process it is a copy of.
    private mutating func isNext(_ number: Int) -> Bool {
        if number == mark + 1 {
            mark = number
        } else if let original = markOfOriginal, number == original + 1 {
            markOfOriginal = number
        } else {
            return false
        }
        return true
    }

    private mutating func endCopy(_ signal: Int32?, _ status: Int32, mark number: Int) -> Bool {
        guard let original = markOfOriginal, number == original + 1, isEnd(signal, status) else { return false }
        (mark, markOfOriginal, stage) = (number, nil, .idle)
        return true
    }

    private func isEnd(_ signal: Int32?, _ status: Int32) -> Bool {
        (signal.map { (1...64).contains($0) } ?? true) && (0...255).contains(status)
    }

    private mutating func answersCopy(_ event: KernelEvent) -> Bool {
        guard case .copying(let line) = stage else { return false }
        if case .copied(let number, let process) = event, number != line || process <= 0 { return false }
        stage = .idle
        return true
    }

    /// Whether a library can lie there: at a page's start, in the part of memory that is a program's.
    private static func isLoadAddress(_ base: UInt64) -> Bool { base > 0 && base < 1 << 56 && base % 4096 == 0 }
}

extension KernelState {
    /// Whether a process can be in this state.
    fileprivate var isPossible: Bool {
        (1...32).contains(instructionSet.utf8.count) && (0...1000).contains(landlock)
            && instructionSet.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }
}
