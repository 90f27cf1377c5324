import CConfinement
import CSpawn
import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// A process of its own process group, so that ending it ends all it started. All that differs between systems
/// in starting, waiting for and ending processes is in this file.
struct ChildProcess: Sendable {
    let pid: pid_t
    /// Whether it ends what it started itself, daemons included, when it is asked to end.
    let isSupervisor: Bool

    /// Starts `executable`.
    ///
    /// - Parameters:
    ///   - descriptors: which of our descriptors becomes which of the child's; all others are closed in it.
    ///   - environment: its whole environment.
    ///   - cage: what holds it from its first instruction on; nothing where it is `nil`.
    init(
        _ executable: String, arguments: [String], environment: [String: String],
        descriptors: [(ours: Int32, childs: Int32)], isSupervisor: Bool = false, cage: Cage? = nil
    ) throws(EngineError) {
        let argv = ([executable] + arguments).map { strdup($0) } + [nil]
        let envp = environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { (argv + envp).forEach { free($0) } }
        var pid: pid_t = 0
        // Ours are above the child's numbers, so no assignment overwrites one that is still to be read.
        let failure = try SpawningThread.shared.sync {
            kdbook_spawn(
                &pid, executable, argv, envp, descriptors.map(\.ours), descriptors.map(\.childs),
                Int32(descriptors.count), cage?.native)
        }
        guard failure == 0 else {
            // On failure there was a child that could not become the program.
            if pid > 0 { waitpid(pid, nil, 0) }
            throw EngineError(.start, file: executable, cause: SystemError.words(failure))
        }
        self.pid = pid
        self.isSupervisor = isSupervisor
        Ephemera.shared.insert(self)
    }

    /// Waits for the process's end. To be called once.
    func wait() -> ProcessEnd { waitCounting().end }

    /// Waits for the process's end. To be called once.
    ///
    /// - Returns: how it ended, and the processor time that it took, in seconds.
    func waitCounting() -> (end: ProcessEnd, time: Double) {
        // Until it is reaped, its number and its group's are nobody else's.
        var information = siginfo_t()
        while waitid(P_PID, id_t(pid), &information, WEXITED | WNOWAIT) < 0 && errno == EINTR {}
        // What it started and left behind goes with it.
        kill(-pid, SIGKILL)
        Ephemera.shared.remove(self)
        var status: Int32 = 0
        var usage = rusage()
        while wait4(pid, &status, 0, &usage) < 0 && errno == EINTR {}
        return (ProcessEnd(waitStatus: status), usage.ru_utime.inSeconds + usage.ru_stime.inSeconds)
    }

    /// Ends the process and all it started, at once.
    func end() {
        if isSupervisor { kill(pid, SIGTERM) } else { kill(-pid, SIGKILL) }
    }
}

/// The thread that starts all processes, and lives as long as this process does.
///
/// A kernel asks the system to be ended with its parent; to Linux the parent is the thread that started it, and a thread
/// from a pool may end at any time.
///
/// Not checked: its work is used under the condition's lock alone, for which there is no `Mutex`.
private final class SpawningThread: @unchecked Sendable {
    static let shared = SpawningThread()

    private let condition = NSCondition()
    private var work: [() -> Void] = []

    private var hasBegun = false

    /// Does `body` on the thread and waits for it.
    func sync<Result>(_ body: @escaping () -> Result) throws(EngineError) -> Result {
        try begin()
        let done = DispatchSemaphore(value: 0)
        var result: Result?
        condition.withLock {
            work.append {
                result = body()
                done.signal()
            }
            condition.signal()
        }
        done.wait()
        guard let result else { preconditionFailure("the work was done, so there is a result") }
        return result
    }

    private func begin() throws(EngineError) {
        condition.lock()
        defer { condition.unlock() }
        guard !hasBegun else { return }
        try startThread { [self] in serve() }
        hasBegun = true
    }

    private func serve() {
        while true {
            let next = condition.withLock {
                while work.isEmpty { condition.wait() }
                return work.removeFirst()
            }
            next()
        }
    }
}

/// What must not outlive this process: the processes it started, and their scratch folders.
public final class Ephemera: Sendable {
    /// The one list of this process, because a signal ends the process and so everything on the list.
    public static let shared = Ephemera()
    private let state = Mutex(State())

    private struct State {
        var processes: [pid_t: ChildProcess] = [:]
        var folders: Set<RootedPath> = []
        var isEnding = false
    }

    fileprivate func insert(_ process: ChildProcess) {
        state.withLock {
            $0.processes[process.pid] = process
            if $0.isEnding { process.end() }
        }
    }
    fileprivate func remove(_ process: ChildProcess) { state.withLock { $0.processes[process.pid] = nil } }

    /// Makes a folder of its own in `parent` for a process to write in.
    ///
    /// - Parameter isPrivate: whether only this user can look into it; `parent` is then there already.
    func makeScratchFolder(in parent: RootedPath, isPrivate: Bool = false) throws(EngineError) -> RootedPath {
        let folder = parent / UUID().uuidString
        if isPrivate { try folder.createPrivateFolder() } else { try folder.createFolder() }
        state.withLock { _ = $0.folders.insert(folder) }
        return folder
    }

    func removeScratchFolder(_ folder: RootedPath) {
        folder.removeAll()
        state.withLock { _ = $0.folders.remove(folder) }
    }

    /// Ends and removes it all, at once; what is started from now on ends at once as well.
    public func end() {
        state.withLock { state in
            state.isEnding = true
            state.processes.values.forEach { $0.end() }
            // A supervisor needs a moment to end what it watches over.
            for process in state.processes.values where process.isSupervisor {
                var information = siginfo_t()
                while waitid(P_PID, id_t(process.pid), &information, WEXITED | WNOWAIT) < 0 && errno == EINTR {}
            }
            state.folders.forEach { $0.removeAll() }
        }
    }
}

/// Ends the program that runs for it, and each that is to run later.
final class Interruption: Sendable {
    private let state = Mutex<(isAsked: Bool, child: ChildProcess?)>((false, nil))

    var isAsked: Bool { state.withLock { $0.isAsked } }

    func ask() {
        state.withLock {
            $0.isAsked = true
            $0.child?.end()
        }
    }

    fileprivate func begin(_ child: ChildProcess) {
        state.withLock {
            $0.child = child
            if $0.isAsked { child.end() }
        }
    }

    fileprivate func finish() { state.withLock { $0.child = nil } }
}

/// What is kept of what a program prints, in bytes, so that one which prints without end takes none of our memory.
private let mostOutputRead = 16 << 20

/// How a process ended, once another thread has waited for it.
private final class Waited: Sendable {
    let value = Mutex((end: ProcessEnd.exited(status: 0), time: 0.0))
}

extension timeval {
    fileprivate var inSeconds: Double { Double(tv_sec) + Double(tv_usec) / 1_000_000 }
}

/// Runs a program to its end.
///
/// - Parameters:
///   - timeout: how long it may take, in seconds; then it is killed with all it started.
///   - input: what it reads as standard input; nothing where it is `nil`.
/// - Returns: how it ended and what it printed, both streams in order, as far as `mostOutputRead`.
func run(
    _ executable: String, _ arguments: [String], environment: [String: String] = [:], timeout: Double? = nil,
    input: RootedPath? = nil
) throws(EngineError) -> (end: ProcessEnd, output: String) {
    let run = try run(
        executable, arguments, environment: environment, timeout: timeout, cage: nil, interruption: nil, input: input)
    return (run.end, run.output)
}

/// Runs a program to its end, in a cage.
///
/// - Parameters:
///   - cage: what holds it; nothing where it is `nil`.
///   - interruption: has it killed, as soon as it is asked for.
/// - Returns: also the processor time that it took, in seconds.
func run(
    _ executable: String, _ arguments: [String], environment: [String: String], timeout: Double?, cage: Cage?,
    interruption: Interruption?, input: RootedPath? = nil
) throws(EngineError) -> (end: ProcessEnd, output: String, time: Double) {
    var pipe = try Pipe()
    let null = raised(open(input?.path ?? "/dev/null", O_RDONLY | O_CLOEXEC))
    defer { close(null) }
    let child = try ChildProcess(
        executable, arguments: arguments, environment: environment,
        descriptors: [(null, 0), (pipe.writeEnd, 1), (pipe.writeEnd, 2)], cage: cage)
    pipe.closeWriteEnd()
    interruption?.begin(child)
    defer { interruption?.finish() }
    let limit = DispatchWorkItem { child.end() }
    if let timeout { DispatchQueue.global().asyncAfter(deadline: .now() + timeout, execute: limit) }
    // Waiting ends what the program left behind, which would hold the pipe open.
    let (end, hasEnded) = (Waited(), DispatchSemaphore(value: 0))
    do throws(EngineError) {
        try startThread {
            end.value.withLock { $0 = child.waitCounting() }
            hasEnded.signal()
        }
    } catch {
        child.end()
        _ = child.wait()
        throw error
    }
    var output: [UInt8] = []
    while case let bytes = readAvailable(pipe.readEnd), !bytes.isEmpty {
        if output.count < mostOutputRead { output += bytes }
    }
    hasEnded.wait()
    limit.cancel()
    let ended = end.value.withLock { $0 }
    return (ended.end, String(decoding: output, as: UTF8.self), ended.time)
}
