import CellSyntax
import Digest
import Foundation
import Notebook

#if canImport(Glibc)
    import Glibc
#endif

/// Where the compiler keeps the C modules that it has read. What reads a stranger's cell may only read it: a compilation of our
/// own text fills it.
struct ModuleCache: Sendable {
    let path: String
    let installation: Installation
    /// Where it is for cells that import from packages: these.
    private let packages: CompiledUnit?

    /// - Parameter fallback: is used where the installation's own cannot be written.
    init(_ installation: Installation, fallback: String) {
        (path, self.installation, packages) = (installation.moduleCache ?? fallback, installation, nil)
    }

    private init(_ installation: Installation, for packages: CompiledUnit) {
        // What is kept names the place of the installation.
        path = packages.folder.path + "/modules-" + SHA256Digest(of: installation.runtime.utf8).short
        (self.installation, self.packages) = (installation, packages)
    }

    /// The cache for cells behind `units`. That of packages lies with these: no other book believes what their headers say.
    func behind(_ units: [CompiledUnit]) -> ModuleCache {
        units.first { $0.unit.packages != nil }.map { ModuleCache(installation, for: $0) } ?? self
    }

    /// Whether a compiler failed for want of a module, or found one that is older than the system's headers.
    func lacksModule(after run: ToolEnd) -> Bool { !run.isSuccess && run.output.contains(path) }

    /// Reads all modules that Swift's libraries, the runtime and the packages are made with.
    ///
    /// - Parameter workshop: a folder that the compiler may write in, too.
    func fill(in workshop: RootedPath, by tools: ToolRun) throws(EngineError) {
        let text =
            ModuleCache.libraries + installation.moduleNames + [CellSupport.statementsModule]
            + (packages?.modules ?? [])
        let source = workshop / "Modules.swift"
        try source.write(Array(text.map { "#if canImport(\($0))\nimport \($0)\n#endif\n" }.joined().utf8))
        let arguments =
            installation.frontendArguments(moduleCache: path)
            + (packages.map { ["-I", $0.folder.path] + $0.flags } ?? [])
            + ["-module-name", "Modules", "-o", workshop.path + "/Modules.o", source.path]
        try makeFolder()
        _ = try tools.run(
            installation.frontend, arguments, reading: packages.map { [$0.folder.path] } ?? [],
            writing: [workshop.path, path])
    }

    private func makeFolder() throws(EngineError) {
        guard mkdir(path, 0o755) == 0 || errno == EEXIST else {
            throw EngineError(.write, file: path, cause: SystemError.words(errno))
        }
    }

    static let libraries = [
        "Foundation", "FoundationNetworking", "FoundationXML", "Dispatch", "Distributed", "Glibc", "Observation",
        "RegexBuilder", "Synchronization", "_Differentiation",
    ]
}
