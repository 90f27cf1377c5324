import CConfinement
import Foundation
import Notebook
import Wire

#if canImport(Glibc)
    import Glibc
#endif

/// Runs the toolchain's programs on what a stranger wrote. Each reaches the toolchain, the system's headers and libraries and
/// the files that it is named, and writes in one folder at most.
struct ToolRun: Sendable {
    let installation: Installation
    let bounds: BuildBounds
    /// The processor time that the programs may take.
    let time: TimeBudget
    var interruption: Interruption?

    /// - Parameters:
    ///   - reading: files and folders that it reads.
    ///   - writing: folders that it writes in; its temporary files lie in the first.
    ///   - starting: programs that it starts, within the same bounds; it starts none where there are none.
    /// - Returns: how it ended, and what it printed.
    func run(
        _ program: String, _ arguments: [String], reading: [String] = [], writing folders: [String] = [],
        starting programs: [String] = []
    ) throws(EngineError) -> ToolEnd {
        guard interruption?.isAsked != true, time.left > 0 else {
            return ToolEnd(end: .signalled(SIGKILL), output: "", stop: time.stop)
        }
        let files =
            Self.system + ([program] + programs).map { .init($0, .execute) }
            + ([installation.toolchain, installation.runtime] + installation.headerFolders + reading).map {
                .init($0, .read)
            }
            + folders.map { .init($0, .write) }
        let cage = try Cage(
            files: files, memory: bounds.memory, file: bounds.file, seconds: time.left,
            caller: programs.isEmpty ? KDBOOK_TOOL : KDBOOK_BUILD, landlock: bounds.landlock)
        var environment = ["LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"]
        environment["TMPDIR"] = folders.first
        let (patience, began) = (ToolRun.patience * time.left, ContinuousClock.now)
        let (end, output, spent) = try Engine.run(
            program, arguments, environment: environment, timeout: patience, cage: cage, interruption: interruption)
        time.spend(spent)
        let isOver = ContinuousClock.now - began >= .seconds(patience) || time.left < 0.5
        let wasKilled = isOver || interruption?.isAsked == true
        return ToolEnd(end: end, output: output, stop: stop(after: end, saying: output, wasKilled: wasKilled))
    }

    /// How much longer than its processor time a program may take, on a machine that does much else.
    private static let patience: Double = 20

    /// What of its limits ended a program.
    ///
    /// - Parameter wasKilled: whether we had a reason to kill it; the system may have one of its own.
    private func stop(after end: ProcessEnd, saying output: String, wasKilled: Bool) -> BuildStop? {
        switch end {
        case .exited(status: 0): nil
        case .signalled(SIGKILL) where wasKilled: time.stop
        case .signalled(SIGXCPU): time.stop
        case .signalled(SIGXFSZ) where Self.isAllowed(fileOf: bounds.file): .wroteTooMuch(bytes: bounds.file)
        case .signalled where Self.signsOfNoMemory.contains(where: output.contains): .outOfMemory(bytes: bounds.memory)
        default: nil
        }
    }

    /// What the toolchain's programs say when they are given no more memory.
    private static let signsOfNoMemory = ["out of memory", "Out of memory", "bad_alloc", "Could not allocate memory"]

    /// Whether this process may write a file of so many bytes.
    private static func isAllowed(fileOf size: Int) -> Bool {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
        return limit.rlim_cur >= rlim_t(size)
    }

    /// What any program of the toolchain needs of the system.
    private static let system: [Reach.Grant] =
        [
            "/usr/include", "/usr/local/include", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/local/lib", "/lib",
            "/lib32",
            "/lib64", "/etc/ld.so.cache", "/sys/devices/system/cpu", "/dev/urandom",
        ].map { .init($0, .read) } + [.init("/dev/null", .device)]
        // What loads a program is started like one.
        + ["/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1"].map { .init($0, .execute) }
}

/// How a program of the toolchain ended, and what it printed.
struct ToolEnd {
    let end: ProcessEnd
    let output: String
    /// The limit that ended it; `nil` where none did.
    let stop: BuildStop?

    var isSuccess: Bool { end == .exited(status: 0) }
}
