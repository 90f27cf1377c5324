import Foundation
import Notebook
import Wire

/// A process that runs a notebook's cells, one after another, in one memory.
///
/// It belongs to the run that uses it. Others that want its cell to end have its ``interruption``.
final class Kernel {
    /// `nil` where what a kernel has said is heard again.
    let process: ChildProcess?
    let nonce: String
    let limits: Limits
    let store: Store
    let commands: CommandLines
    let interruption: CellInterruption
    var events: Pipe
    var output: Pipe
    var lines = LineBuffer()
    var outputBytes: [UInt8] = []
    /// Whether of what was printed and is not placed something was dropped.
    var isTrimmed = false
    /// Whether something was shown or printed that nobody was told of yet.
    var hasUnseen = false
    /// When it may be told again that there is more to be seen.
    var nextView = ContinuousClock.now
    var crash = CrashTrace()
    var excess: CellEnd.Excess?
    var ending: ProcessEnd?
    var memory: Memory
    /// The first process and its copies, each the copy of the one before; the last takes commands now.
    var copies: [Copy]
    /// What the process says of itself, once it is ready.
    var state: KernelState?
    /// Why it could not be made ready, where it said so before a cell was to be run.
    var unreadiness: String?

    /// What a process's state is, as far as it is known here.
    struct Memory {
        var dialogue: KernelDialogue
        /// Where each cell's library lies in the process's memory.
        var loadAddresses: [Int: UInt64] = [:]
        /// The digests of the files of its pictures, by what they show.
        var pictures: [String: String] = [:]
        var pictureBytes = 0
    }

    /// A process of the kernel.
    struct Copy {
        /// The line by which it takes commands.
        let line: Int
        /// What it calls itself; `nil` for the first.
        let process: Int32?
        /// What its state is, once there is a copy of it.
        var memory: Memory
    }

    /// Where each cell's library lies in the process's memory.
    var loadAddresses: [Int: UInt64] { memory.loadAddresses }

    /// Whether all of it has ended.
    var hasEnded: Bool { ending != nil }

    /// The pictures that a notebook may draw, in bytes.
    static let mostPictureBytes = 1 << 30
    /// What is taken of a warning, or of what a cell says of its progress, in bytes.
    static let longestNote = 4096

    /// A kernel that has said all that it will: what `tape` holds is in its pipes.
    ///
    /// - Parameter store: keeps its pictures.
    init(_ tape: KernelTape, limits: Limits, store: Store) throws(EngineError) {
        process = nil
        nonce = KernelTape.nonce
        self.limits = limits
        self.store = store
        memory = Memory(dialogue: KernelDialogue(mayHalt: false))
        copies = [Copy(line: 0, process: nil, memory: memory)]
        commands = try CommandLines(count: 1)
        interruption = try CellInterruption()
        events = try Pipe()
        output = try Pipe()
        for (bytes, end) in [(tape.events, events.writeEnd), (tape.printed, output.writeEnd)] {
            bytes.prefix(KernelTape.longest).withUnsafeBytes { _ = write(end, $0.baseAddress, $0.count) }
        }
        events.closeWriteEnd()
        output.closeWriteEnd()
    }

    /// Starts a kernel in the book's folder.
    ///
    /// - Parameters:
    ///   - conditions: what it finds around it.
    ///   - share: what says how many threads it may compute with.
    ///   - limits: what it and all it starts may use.
    ///   - reach: what it may reach; all that the user may where it is `nil`.
    ///   - store: keeps its pictures.
    ///   - scratch: its home, for what it writes; goes with it.
    ///   - files: those that its notebook declares.
    ///   - mostCopies: how many copies of it there may be at a time.
    init(
        _ installation: Installation, book: Book, conditions: KernelConditions, share: ThreadShare?, limits: Limits,
        reach: Reach?, store: Store, scratch: String, files: DeclaredFiles, mostCopies: Int = 0
    ) throws(EngineError) {
        nonce = String(UInt64.random(in: 0 ... .max), radix: 36) + String(UInt64.random(in: 0 ... .max), radix: 36)
        self.limits = limits
        self.store = store
        memory = Memory(dialogue: KernelDialogue(mayHalt: conditions.shard != nil))
        copies = [Copy(line: 0, process: nil, memory: memory)]
        let lines = try CommandLines(count: 1 + mostCopies)
        commands = lines
        interruption = try CellInterruption()
        events = try Pipe()
        output = try Pipe()
        let input = raised(open("/dev/null", O_RDONLY | O_CLOEXEC))
        defer { close(input) }
        let bounds = [
            limits.memory, limits.file, limits.scratch, limits.processes, limits.threads, reach?.landlock ?? 0,
        ]
        let environment = conditions.environment(home: scratch).merging([
            KernelEnvironment.folder: conditions.folder ?? book.root,
            KernelEnvironment.bounds: bounds.map { String($0) }.joined(separator: " "),
            KernelEnvironment.threads: share == nil ? "" : String(KernelDescriptor.threads),
            KernelEnvironment.copies: String(mostCopies),
        ]) { $1 }
        process = try ChildProcess(
            installation.kernel, arguments: [], environment: environment,
            descriptors: [
                (input, 0), (output.writeEnd, 1), (output.writeEnd, 2), (events.writeEnd, KernelDescriptor.events),
                (lines.readEnds[0], KernelDescriptor.commands),
            ] + (share.map { [($0.descriptor, KernelDescriptor.threads)] } ?? [])
                + (0..<mostCopies).map { (lines.readEnds[1 + $0], KernelDescriptor.copies + Int32($0)) },
            isSupervisor: true)
        events.closeWriteEnd()
        output.closeWriteEnd()
        send(.prepare(reach: reach, outputLimit: limits.output, nonce: nonce, files: files))
    }

    /// Runs a compiled cell to its end.
    ///
    /// - Parameters:
    ///   - cell: the cell's number; 0 for the notebook's constants.
    ///   - alone: whether it runs in a copy of the process, whose end does not touch the process.
    ///   - timeout: how long it may take, in seconds.
    ///   - timeLeft: how long the notebook's cells may still take.
    ///   - report: takes what the cell says of its progress.
    ///   - watch: told now and then that there is more to be seen; asks for all that is shown so far.
    /// - Returns: how it ended and what it showed until then.
    func run(
        cell: Int, library: String, alone: Bool, timeout: Double, timeLeft: Double, report: (String) -> Void,
        watch: (() -> [Display]) -> Void = { _ in }
    ) -> (end: CellEnd, shown: DisplayList) {
        var displays = DisplayList(limit: limits.output)
        send(.run(cell: cell, library: library, alone: alone))
        let late: CellEnd.Stop = timeout < timeLeft ? .timedOut(seconds: timeout) : .outOfTime
        let end = follow(
            cell: cell, until: ContinuousClock.now + .seconds(min(timeout, timeLeft)), late: late, alone: alone,
            into: &displays,
            report: report, watch: watch)
        if case .lost = end {
            displays.append(text: withoutMarks(outputBytes))
            // What the cell had started goes with it.
            if copies.count > 1 { endLastCopy() }
            outputBytes = []
            isTrimmed = false
        }
        return (end, displays)
    }

    /// Forgets where a cell lay that is no longer there.
    func forget(cell: Int) { memory.loadAddresses[cell] = nil }

    /// Ends the process and all it started.
    func end() {
        guard ending == nil else { return }
        process?.end()
        ending = awaitedEnd()
    }

    func awaitedEnd() -> ProcessEnd { process?.wait() ?? .exited(status: 0) }

    /// Sends a command to the process that goes on, or to one that keeps an earlier state.
    func send(_ command: KernelCommand, to index: Int? = nil) {
        memory.dialogue.ask(command)
        commands.send(command, line: copies[index ?? copies.count - 1].line)
    }
}
