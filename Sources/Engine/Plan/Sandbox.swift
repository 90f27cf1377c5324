import Foundation
public import Notebook
import Wire

/// What a notebook's cells can reach.
public enum Sandbox: Hashable, Sendable {
    /// Their inputs, their scratch folder, the system's libraries, and what the book's configuration permits.
    case on(Permissions)
    /// All that the user can who renders the book.
    case off

    /// What it adds to the key of a run: under other permissions, a cell may give other results.
    public var key: String {
        switch self {
        case .off: "sandbox off"
        case .on(let permissions): (["sandbox"] + permissions.words).joined(separator: "\n")
        }
    }

    /// All that cells reach; `nil` where nothing is held back.
    ///
    /// - Parameter conditions: the folder for results, and the newest version of Landlock's interface to use.
    func reach(
        of plan: Plan, book: Book, installation: Installation, store: Store, scratch: String,
        conditions: KernelConditions
    ) -> Reach? {
        guard case .on(let permissions) = self else { return nil }
        var files = Sandbox.system
        files += [installation.runtime, installation.swiftLibraries, store.cells.path].map { .init($0, .read) }
        files += ([scratch] + (conditions.results.map { [$0] } ?? [])).map { .init($0, .write) }
        let inputs = { (paths: [String]) in paths.compactMap { try? book.resolved($0).path } }
        files += inputs(plan.inputs.map(\.path)).map { .init($0, .read) }
        files += inputs(plan.declaredInputs.declared).map { .init($0, .list) }
        files += permissions.read.map { .init(book.absolute($0), .read) }
        files += permissions.write.map { .init(book.absolute($0), .write) }
        if permissions.network { files += Sandbox.forNetwork }
        return Reach(files: files, network: permissions.network, landlock: conditions.landlock)
    }

    /// What any program needs of the system, and what the runtime asks it about fonts, processors and itself.
    ///
    /// Dispatch reads `/proc/THREAD/stat` of each of its threads and gives up where it cannot. Those files come and go, and
    /// a grant is for what is there, so all of `/proc` is granted: the system itself still refuses what tells of another
    /// process's memory, environment or folders.
    private static let system: [Reach.Grant] =
        ["/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin"].map { .init($0, .execute) }
        + [
            "/etc/ld.so.cache", "/etc/fonts", "/var/cache/fontconfig", "/etc/localtime", "/proc",
            "/sys/devices/system/cpu", "/dev/random", "/dev/urandom",
        ].map { .init($0, .read) } + [.init("/dev/null", .device)]

    static let forNetwork: [Reach.Grant] = [
        "/etc/resolv.conf", "/etc/hosts", "/etc/nsswitch.conf", "/etc/host.conf", "/etc/gai.conf", "/etc/services",
        "/etc/ssl", "/etc/pki", "/run/systemd/resolve",
    ].map { .init($0, .read) }
}

/// What a run was made under that its record does not hold, because it differs from machine to machine.
public struct Circumstances: Codable, Hashable, Sendable {
    /// The vector instructions that were used, such as `avx2`.
    public var instructionSet: String
    /// What cells could reach, in words.
    public var sandbox: String
    /// What the system did not hold back from cells though it was to.
    public var gaps: [String]

    init(_ state: KernelState, sandbox: Sandbox) {
        instructionSet = state.instructionSet
        gaps = []
        guard case .on(let permissions) = sandbox else {
            self.sandbox = "off: cells could do all that the user can"
            return
        }
        self.sandbox = (["on"] + permissions.words.map { $0 + " permitted" }).joined(separator: ", ")
        gaps = Circumstances.gaps(state)
    }

    /// What cells could reach, and what was not held back from them.
    public var sandboxInWords: String {
        gaps.isEmpty ? sandbox : sandbox + "; this system does not guard " + gaps.joined(separator: ", ")
    }

    /// What a terminal says of what is not held back; `nil` where nothing is to be said.
    public var gapsInWords: String? {
        guard !gaps.isEmpty else { return nil }
        return "this system's kernel does not guard \(gaps.joined(separator: ", ")): "
            + "render only notebooks that you trust with your files"
    }

    private static func gaps(_ state: KernelState) -> [String] {
        var gaps: [String] = []
        switch state.landlock {
        case 0: gaps += ["which files cells read and write", "signals to other processes"]
        case 1...2: gaps += ["shortening of files that cells can only read", "signals to other processes"]
        case 3...5: gaps.append("signals to other processes")
        default: break
        }
        if !state.filtersCalls {
            gaps.append(state.landlock < 4 ? "the network" : "the network but for TCP")
            gaps.append("modes and times of files")
        }
        return gaps
    }
}
