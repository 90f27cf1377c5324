import CConfinement
import CKernelHost
import Confinement
import Foundation
import Tensors
import Wire

/// The kernel's main loop: runs the cells the engine names, one after another, until it says to finish.
///
/// The program `kdbook-kernel` calls this after loading the library; returns the process's exit status.
@_cdecl("kdbook_kernel_main")
public func kernelMain() -> Int32 {
    // The supervisor made this process, with Swift's libraries loaded.
    kdbook_renumber_thread(getppid())
    let environment = ProcessInfo.processInfo.environment
    guard var connection = EngineConnection(environment: environment) else { return KernelStatus.disconnected }
    if let folder = environment[KernelEnvironment.folder] { chdir(folder) }
    // The worker pool reads how it shares the processors when it is first asked.
    _ = Compute.threadCount
    close(KernelDescriptor.threads)
    for name in [
        KernelEnvironment.folder, KernelEnvironment.threads, KernelEnvironment.bounds,
        KernelEnvironment.copies,
    ] { unsetenv(name) }
    kdbook_report_crashes(connection.crashes)
    kdbook_before_uncaught_error { MainActor.assumeIsolated { _kdbookRunDeferred() } }
    var line = 0
    while let command = connection.nextCommand(line: line) {
        switch command {
        case .prepare(let reach, let outputLimit, let nonce, let files):
            connection.nonce = nonce
            Page.current.connect(to: connection, outputLimit: outputLimit)
            NotebookFiles.current.declare(files, home: environment["HOME"] ?? "/")
            connection.send(prepared(reach))
            kdbook_note_descriptors(environment["HOME"] ?? "/")
        case .copy(let copysLine):
            if leaveCopy(line: copysLine, connection: connection) { line = copysLine }
        case .goBack(let token):
            kdbook_end_copies()
            connection.cancelLine()
            connection.mark(token)
            connection.send(.wentBack(token: token))
        // What a cell wanted done at the process's exit is not asked for.
        case .finish: _exit(0)
        case .run(let cell, let library, let alone):
            if alone {
                runInCopy(cell: cell, library: library, connection: connection)
            } else {
                run(cell: cell, library: library, connection: connection)
            }
        }
    }
    return KernelStatus.disconnected
}

/// Confines the process to what it may reach.
private func prepared(_ reach: Reach?) -> KernelEvent {
    var confinement = kdbook_confinement()
    if let reach {
        let failure = reach.files.withNative {
            kdbook_confine($0, $0.count, reach.network ? 1 : 0, Int32(reach.landlock), &confinement)
        }
        if let failure { return .unready(reason: "\(String(cString: failure)): \(String(cString: strerror(errno)))") }
    }
    return .ready(
        KernelState(
            instructionSet: Compute.instructionSet, landlock: Int(confinement.landlock),
            filtersCalls: confinement.filter != 0))
}

private func run(cell: Int, library: String, connection: EngineConnection) {
    var base: UInt64 = 0
    var reason: UnsafePointer<CChar>?
    guard let loaded = kdbook_load_cell(library, &base, &reason) else {
        let text = reason.map { String(cString: $0) } ?? "no reason given"
        return connection.send(.unloadable(cell: cell, reason: text))
    }
    connection.send(.loaded(cell: cell, base: base))
    // A compiled cell lies in a folder that is named by its key.
    Page.current.begin(code: URL(fileURLWithPath: library).deletingLastPathComponent().lastPathComponent)
    kdbook_run_cell(loaded, waitForEndOfCell)
    Page.current.endIfStray()
    if kdbook_has_children() != 0 { return Page.current.breakRule(.awaitsProcesses) }
    guard connection.hasOutput else { return Page.current.breakRule(.keepsOutputOpen) }
    Page.current.endCell(cell)
}

/// Makes a copy of the process, where nothing is in the way of that.
///
/// - Returns: whether this is the copy.
private func leaveCopy(line: Int, connection: EngineConnection) -> Bool {
    fflush(nil)
    if let obstacle = CopyObstacle(kdbook_obstacle_to_copy(Int32(Compute.helperCount))) {
        connection.send(.notCopied(obstacle))
        return false
    }
    let copy = kdbook_leave_copy()
    if copy < 0 { connection.send(.notCopied(.processes)) }
    guard copy == 0 else { return false }
    Page.current.takeOver()
    connection.send(.copied(line: line, process: getpid()))
    return true
}

extension CopyObstacle {
    fileprivate init?(_ obstacle: kdbook_obstacle) {
        switch obstacle {
        case KDBOOK_THREADS: self = .threads
        case KDBOOK_DESCRIPTORS: self = .descriptors
        case KDBOOK_FILES: self = .files
        case KDBOOK_SHARED_MEMORY: self = .sharedMemory
        case KDBOOK_TIMERS: self = .timers
        default: return nil
        }
    }
}

private func runInCopy(cell: Int, library: String, connection: EngineConnection) {
    fflush(nil)
    let copy = kdbook_copy_process()
    guard copy != 0 else {
        Page.current.takeOver()
        // The notebook goes on without the copy: only what the cell itself defers belongs to its end.
        MainActor.assumeIsolated { forgetDeferred() }
        run(cell: cell, library: library, connection: connection)
        _exit(0)
    }
    let status = kdbook_wait_for_copy(copy)
    if kdbook_has_children() != 0 { return Page.current.breakRule(.awaitsProcesses) }
    let signal = status & 0x7F
    Page.current.copyEnded(signal: signal == 0 ? nil : signal, status: (status >> 8) & 0xFF)
}
