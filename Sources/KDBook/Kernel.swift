import CKernelHost
import Foundation
import Tensors
import Wire

/// The kernel's main loop: runs the cells the engine names, one after another, until it says to finish.
///
/// The program `kdbook-kernel` calls this after loading the library; returns the process's exit status.
@_cdecl("kdbook_kernel_main")
public func kernelMain() -> Int32 {
    let environment = ProcessInfo.processInfo.environment
    guard let connection = EngineConnection(environment: environment) else {
        FileHandle.standardError.write(Data("kdbook-kernel is started by kdbook, not by hand\n".utf8))
        return 2
    }
    if let folder = environment[KernelEnvironment.folder] { chdir(folder) }
    // The worker pool reads how it shares the processors when it is first asked.
    _ = Compute.threadCount
    for name in [
        KernelEnvironment.nonce, KernelEnvironment.figures, KernelEnvironment.folder, KernelEnvironment.threads,
    ] { unsetenv(name) }
    kdbook_end_with_parent()
    kdbook_report_crashes(KernelDescriptor.events)
    Page.current.connect(to: connection)
    while let command = nextCommand() {
        switch command {
        case .finish: return 0
        case .run(let cell, let library, let alone):
            if alone {
                runInCopy(cell: cell, library: library, connection: connection)
            } else {
                run(cell: cell, library: library, connection: connection)
            }
        }
    }
    return 1
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
    Page.current.endCell(cell)
}

private func runInCopy(cell: Int, library: String, connection: EngineConnection) {
    fflush(nil)
    let copy = kdbook_copy_process()
    guard copy != 0 else {
        kdbook_end_with_parent()
        run(cell: cell, library: library, connection: connection)
        _exit(0)
    }
    var status: Int32 = 0
    while waitpid(copy, &status, 0) < 0 && errno == EINTR {}
    let signal = status & 0x7F
    Page.current.copyEnded(signal: signal == 0 ? nil : signal, status: (status >> 8) & 0xFF)
}

private func nextCommand() -> KernelCommand? {
    var line: [UInt8] = []
    var byte: UInt8 = 0
    while read(KernelDescriptor.commands, &byte, 1) == 1 {
        if byte == UInt8(ascii: "\n") { return try? JSONDecoder().decode(KernelCommand.self, from: Data(line)) }
        line.append(byte)
    }
    return nil
}
