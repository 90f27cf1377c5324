import Digest
import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// What cells are compiled and run with: the Swift compiler, and the runtime library beside this tool.
public struct Installation: Sendable {
    /// The folder that holds `kdbook-kernel`, the runtime library, its modules and C headers.
    public let runtime: String
    /// Identifies the runtime's sources.
    public package(set) var runtimeDigest: String
    /// Where the compiler finds the headers of the C libraries that the runtime uses.
    let headerFlags: [String]
    /// Identifies the sources of what plans and runs notebooks and makes their records.
    package var engineDigest: String
    /// Identifies the tool's sources.
    public package(set) var toolDigest: String
    /// The folder of `swift-frontend` and `ld.lld`.
    public let compilers: String
    /// What the compiler says of itself: version and target.
    public package(set) var compilerVersion: String
    /// The flags that decide what a cell is compiled to. Optimised, because cells train nets; with the messages of failed
    /// preconditions, because cells are written to be read.
    package var compilerFlags =
        [
            "-O", "-g", "-enable-testing", "-enable-private-imports", "-swift-version", "6", "-package-name",
            "notebook",
            "-assert-config", "Debug",
            // Instructions that two lines have in common would be those of neither, and an error thrown there of no line.
            "-Xllvm", "-sink-common-insts=0",
            // It would put a type's name into the code as text, with the name of the cell's module.
            "-Xllvm", "-sil-disable-pass=string-optimization",
        ] + flagsOfClosures + flagsAcrossModules + sizeAcrossModules + flagsOfPlaces
    /// A closure at a cell's top, and each one in it, belongs to the main thread, although what it uses does not. Where one is
    /// handed to a library in Swift 5, as the standard library is, the compiler would check the thread and trap on others.
    static let flagsOfClosures = ["-disable-dynamic-actor-isolation"]
    /// What keeps inline arrays right. The compiler (Swift 6.3.1; swiftlang/swift#88798) believes that a change of an inline
    /// array's element leaves whatever holds the array as it was. The passes that go by this then take an old value for the
    /// new one, or drop the change. Without them some loops over ordinary arrays take up to five times as long, so that only
    /// cells which can hold an inline array are compiled so.
    static let flagsOfInlineArrays = passesOfInlineArrays.flatMap { ["-Xllvm", "-sil-disable-pass=" + $0] }
    private static let passesOfInlineArrays = [
        "redundant-load-elimination", "early-redundant-load-elimination", "dead-store-elimination",
    ]
    /// What has functions of earlier cells specialised and inlined, and their lines known where they are.
    static let flagsAcrossModules = ["-cross-module-optimization", "-experimental-serialize-debug-info"]
    /// What a cell is compiled to names no place of this machine in its module, and has no digest of its debug information, which
    /// names some, in what is loaded: so that another machine compiles it to the same.
    static let flagsOfPlaces = ["-no-serialize-debugging-options", "-disable-incremental-llvm-codegen"]
    /// The largest function that is handed on, in the optimiser's measure. The compiler's own limit is a third of it, and keeps
    /// back a function with a loop in it, whose closure is then called in each turn.
    static let sizeAcrossModules = ["-Xllvm", "-cmo-function-size-limit=60"]
    /// By the index of frames a crash report finds its way up the stack. An error that nobody catches reaches the kernel before it
    /// reaches Swift's runtime: the kernel notes which one it is, and does first what cells have deferred.
    package var linkerFlags = [
        "-shared", "--as-needed", "--eh-frame-hdr", "--wrap=swift_errorInMain", "--wrap=swift_unexpectedError",
    ]

    /// The folder that the Swift toolchain lies in.
    var toolchain: String { (compilers as NSString).deletingLastPathComponent }
    /// The folders that ``headerFlags`` name.
    var headerFolders: [String] { headerFlags.filter { $0.hasPrefix("-I") }.map { String($0.dropFirst(2)) } }
    var frontend: String { compilers + "/swift-frontend" }
    var linker: String { compilers + "/ld.lld" }
    var symbolizer: String { compilers + "/llvm-symbolizer" }
    var swiftLibraries: String { toolchain + "/lib/swift/\(Self.platform)" }
    /// The folder of the macros of Swift's own libraries.
    var macros: String { toolchain + "/lib/swift/host/plugins" }
    var kernel: String { runtime + "/kdbook-kernel" }
    var modules: String { runtime + "/modules" }
    /// Where the compiler finds the C modules that the runtime uses.
    var moduleMapFlags: [String] {
        moduleNamesOfC.flatMap {
            ["-Xcc", "-fmodule-map-file=\(runtime)/include/\($0)/module.modulemap"]
        }
    }
    /// The modules of C that the runtime uses.
    var moduleNamesOfC: [String] { Files.names(in: runtime + "/include") }
    /// The runtime's modules that a cell can import.
    var moduleNames: [String] {
        Files.names(in: modules).filter { $0.hasSuffix(".swiftmodule") }.map { String($0.dropLast(12)) }.sorted()
    }
    /// What the compiler is told for all that is compiled here.
    func frontendArguments(moduleCache: String) -> [String] {
        ["-frontend", "-c", "-no-color-diagnostics", "-diagnostic-style", "llvm"] + compilerFlags
            + ["-module-cache-path", moduleCache, "-plugin-path", macros, "-I", modules] + headerFlags + moduleMapFlags
    }
    /// Where the compiler keeps the C modules it has read, shared by all books: in the installation, else among the user's own
    /// caches; `nil` where neither can be written. It believes all that it finds there, so it is never a folder that a book
    /// brings. What is kept names paths, so an installation that is moved begins anew.
    var moduleCache: String? {
        let caches = ProcessInfo.processInfo.environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        let own = (caches ?? NSHomeDirectory() + "/.cache") + "/kdbook"
        let name = SHA256Digest(of: runtime.utf8).short
        if access(runtime + "/module-cache", W_OK) == 0 { return runtime + "/module-cache/" + name }
        try? FileManager.default.createDirectory(atPath: own, withIntermediateDirectories: true)
        return access(own, W_OK) == 0 ? own + "/" + name : nil
    }

    #if os(Linux)
        static let platform = "linux"
        static let libraryEnding = "so"
    #else
        static let platform = "macosx"
        static let libraryEnding = "dylib"
    #endif
    #if arch(x86_64)
        static let architecture = "x86_64"
    #else
        static let architecture = "aarch64"
    #endif

    /// Finds the installation that the running tool belongs to.
    ///
    /// - Parameters:
    ///   - prefix: the folder above `bin/kdbook`.
    ///   - cache: a folder where the compiler's version is kept, because asking for it takes long.
    public init(prefix: String, cache: RootedPath) throws(EngineError) {
        runtime = prefix + "/lib/kdbook"
        let cure = "build it with ./kdbook or script/install"
        do {
            runtimeDigest = try Self.digest("runtime", in: runtime)
            engineDigest = try Self.digest("engine", in: runtime)
            toolDigest = try Self.digest("tool", in: runtime)
            let flags = try Files.readText(runtime + "/cflags").split { $0.isWhitespace }.map(String.init)
            headerFlags = flags.flatMap { [runtime] in ["-Xcc", Self.place($0, in: runtime)] }
        } catch {
            throw EngineError(.find, file: runtime, cause: "the runtime library is not there; " + cure)
        }
        guard let compilers = Self.findCompilers() else {
            throw EngineError(
                .find, file: "swiftc", cause: "no Swift toolchain on the PATH; install Swift 6.3 from swift.org")
        }
        self.compilers = compilers
        compilerVersion = try Self.version(of: compilers, cache: cache)
    }

    /// A flag of `cflags` as the compiler is told it: one that names a folder of the installation begins with no slash, since
    /// a packed installation brings its headers along.
    private static func place(_ flag: String, in runtime: String) -> String {
        guard flag.hasPrefix("-I"), !flag.hasPrefix("-I/") else { return flag }
        return "-I\(runtime)/\(flag.dropFirst(2))"
    }

    /// An installation without a program: what can be planned with it, but neither compiled nor run.
    package init() {
        (runtime, compilers, headerFlags) = ("/dev/null", "/dev/null", [])
        (runtimeDigest, engineDigest, toolDigest, compilerVersion) = ("", "", "", "")
    }

    private static func digest(_ part: String, in folder: String) throws(EngineError) -> String {
        try Files.readText("\(folder)/\(part).sha256").trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Finds out whether it is still what its digests say.
    ///
    /// - Throws: that it was replaced since this process began; what was made meanwhile is of neither.
    func checkUnchanged() throws(EngineError) {
        guard (try? Self.digest("runtime", in: runtime)) == runtimeDigest else {
            throw EngineError(
                .read, file: runtime, cause: "the runtime library was replaced while it was in use; render again")
        }
    }

    private static func findCompilers() -> String? {
        for program in SearchPath.all("swiftc") {
            guard let resolved = realpath(program, nil) else { continue }
            defer { free(resolved) }
            let folder = (String(cString: resolved) as NSString).deletingLastPathComponent
            if access(folder + "/swift-frontend", X_OK) == 0 { return folder }
        }
        return nil
    }

    private static func version(of compilers: String, cache: RootedPath) throws(EngineError) -> String {
        let program = compilers + "/swift-frontend"
        var status = stat()
        guard stat(program, &status) == 0 else {
            throw EngineError(.read, file: program, cause: SystemError.words(errno))
        }
        #if os(Linux)
            let changed = "\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
        #else
            let changed = "\(status.st_mtimespec.tv_sec).\(status.st_mtimespec.tv_nsec)"
        #endif
        let identity = "\(program) \(status.st_size) \(changed)"
        let file = cache / "compiler"
        if let known = SealedFile.read(KnownCompiler.self, from: file), known.identity == identity {
            return known.version
        }
        let (end, output) = try run(program, ["-version"])
        guard end == .exited(status: 0) else {
            throw EngineError(.start, file: program, cause: "it does not tell its version: \(output)")
        }
        let version = output.split(separator: "\n").joined(separator: "; ")
        try? SealedFile.write(KnownCompiler(identity: identity, version: version), to: file)
        return version
    }

    /// A compiler that was asked before.
    private struct KnownCompiler: Codable {
        /// Its file, size and date.
        let identity: String
        let version: String
    }
}
