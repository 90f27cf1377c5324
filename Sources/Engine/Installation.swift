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
    public let runtimeDigest: String
    /// Where the compiler finds the headers of the C libraries that the runtime uses.
    let headerFlags: [String]
    /// Identifies the tool's sources.
    public let toolDigest: String
    /// The folder of `swift-frontend` and `ld.lld`.
    public let compilers: String
    /// What the compiler says of itself: version and target.
    public let compilerVersion: String

    var frontend: String { compilers + "/swift-frontend" }
    var linker: String { compilers + "/ld.lld" }
    var symbolizer: String { compilers + "/llvm-symbolizer" }
    var swiftLibraries: String { (compilers as NSString).deletingLastPathComponent + "/lib/swift/\(Self.platform)" }
    var kernel: String { runtime + "/kdbook-kernel" }
    var modules: String { runtime + "/modules" }
    /// Where the compiler keeps the C modules it has read, shared by all books; `nil` where it cannot be written. What is
    /// kept names paths, so an installation that is moved begins anew.
    var moduleCache: String? {
        let folder = runtime + "/module-cache"
        return access(folder, W_OK) == 0 ? folder + "/" + SHA256Digest(of: runtime.utf8).short : nil
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
    public init(prefix: String, cache: String) throws(EngineError) {
        runtime = prefix + "/lib/kdbook"
        let cure = "build it with ./kdbook or script/install"
        do {
            runtimeDigest = try Files.readText(runtime + "/runtime.sha256").trimmingCharacters(
                in: .whitespacesAndNewlines)
            toolDigest = try Files.readText(runtime + "/tool.sha256").trimmingCharacters(in: .whitespacesAndNewlines)
            headerFlags = try Files.readText(runtime + "/cflags").split { $0.isWhitespace }.flatMap {
                ["-Xcc", String($0)]
            }
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

    private static func findCompilers() -> String? {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin"
        for folder in path.split(separator: ":") {
            let program = "\(folder)/swiftc"
            guard access(program, X_OK) == 0, let resolved = realpath(program, nil) else { continue }
            defer { free(resolved) }
            let folder = (String(cString: resolved) as NSString).deletingLastPathComponent
            if access(folder + "/swift-frontend", X_OK) == 0 { return folder }
        }
        return nil
    }

    private static func version(of compilers: String, cache: String) throws(EngineError) -> String {
        let program = compilers + "/swift-frontend"
        var status = stat()
        guard stat(program, &status) == 0 else {
            throw EngineError(.read, file: program, cause: String(cString: strerror(errno)))
        }
        #if os(Linux)
            let changed = "\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
        #else
            let changed = "\(status.st_mtimespec.tv_sec).\(status.st_mtimespec.tv_nsec)"
        #endif
        let identity = "\(program) \(status.st_size) \(changed)\n"
        let file = cache + "/compiler"
        if let known = try? Files.readText(file), known.hasPrefix(identity) {
            return String(known.dropFirst(identity.count))
        }
        let (end, output) = try run(program, ["-version"])
        guard end == .exited(status: 0) else {
            throw EngineError(.start, file: program, cause: "it does not tell its version: \(output)")
        }
        let version = output.split(separator: "\n").joined(separator: "; ")
        try? Files.write(Array((identity + version).utf8), to: file)
        return version
    }
}
