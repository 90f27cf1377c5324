import Notebook
import Wire

extension Sandbox {
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
        let written = plan.declaredInputs.written
        files += written.values.map { .init($0.path, .read) }
        let inputs = { (paths: [String]) in
            paths.filter { written[$0] == nil }.compactMap { try? book.resolved($0).path }
        }
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
    static let system: [Reach.Grant] =
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
