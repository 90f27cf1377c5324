import CConfinement
import CellSyntax
import Foundation
import Notebook
import Wire

/// A fence of documentation with all that it goes on from, as a program of its own.
struct FenceProgram: Sendable {
    /// A stretch of code and where it stands in the document.
    struct Piece: Hashable, Sendable {
        let code: String
        let line: Int
        /// Whether it shows members of a type without the type.
        var isOfMembers = false

        /// The code as the compiler is given it.
        var placed: String {
            let place = "#sourceLocation(file: \"\(FenceProgram.file)\", line: \(line))\n"
            return isOfMembers ? "struct __Members {\n\(place)\(code)}\n" : place + code
        }
    }

    let package: DocumentedPackage
    /// The modules that are imported before all else.
    let imports: [String]
    let pieces: [Piece]
    /// Whether it begins at a type with `@main`.
    let hasMain: Bool
    /// Whether nothing of it is run.
    let isOnlyCompiled: Bool

    /// What became of a program.
    enum End: Codable, Sendable {
        /// It does not compile; what the compiler said.
        case refused(String)
        /// It took more than it may.
        case stopped(String)
        case compiled
        case finished(output: String)
        case failed(output: String, signal: Int32?, status: Int32?)

        /// What it printed, where it ran.
        var output: String? {
            switch self {
            case .finished(let output), .failed(let output, _, _): output
            case .refused, .stopped, .compiled: nil
            }
        }
    }

    /// What the compiler calls the document.
    static let file = "document"
    /// How long a program may run, in seconds.
    static let timeout: Double = 10

    /// Compiles and runs it, or says what that came to before.
    ///
    /// - Parameter claims: what is to be told of the last piece, by number.
    func end(telling claims: Set<Int> = []) throws(EngineError) -> End {
        let source = source(telling: claims)
        var hasher = KeyHasher("documentation")
        hasher.add(package.digest, package.installation.compilerVersion, package.installation.engineDigest)
        hasher.add(source, "\(hasMain) \(isOnlyCompiled)", package.description.language)
        let place = package.folder / "results/\(hasher.finalize())"
        if let known = SealedFile.read(End.self, from: place) { return known }
        let workshop = try Ephemera.shared.makeScratchFolder(in: package.folder / "scratch")
        defer { Ephemera.shared.removeScratchFolder(workshop) }
        let end = try compileAndRun(source, in: workshop)
        if case .stopped = end { return end }
        try SealedFile.write(end, to: place)
        return end
    }

    private func source(telling claims: Set<Int>) -> String {
        let imports = imports.map { "import \($0)\n" }.joined()
        guard !hasMain, let last = pieces.last, !last.isOfMembers else {
            return imports + pieces.map(\.placed).joined()
        }
        let before = pieces.dropLast().map(\.placed).joined()
        let code = FenceCode(last.code).instrumented(claims: claims, file: FenceProgram.file, line: last.line)
        let begin = pieces.count > 1 ? "\n__kdbook_mark(\"begin\")\n" : "\n"
        return imports + FenceCode.support + before + begin + code
    }

    private func compileAndRun(_ source: String, in workshop: RootedPath) throws(EngineError) -> End {
        try (workshop / "main.swift").write(Array(source.utf8))
        let tools = ToolRun(
            installation: package.installation,
            bounds: BuildBounds(limits: Limits(), landlock: KernelConditions.asked.landlock),
            time: TimeBudget(ofNotebook: FenceProgram.compilingTime))
        let compilation = try compile(in: workshop, by: tools)
        if let stop = compilation.stop { return .stopped(stop.message) }
        guard compilation.isSuccess else { return .refused(compilation.output) }
        if isOnlyCompiled { return .compiled }
        let linking = try link(in: workshop, by: tools)
        guard linking.isSuccess else { return .stopped("it cannot be linked: \(linking.output)") }
        return try run(in: workshop)
    }

    /// The processor time that compiling may take, in seconds.
    private static let compilingTime: Double = 120
}

extension FenceProgram {
    private func compile(in workshop: RootedPath, by tools: ToolRun) throws(EngineError) -> ToolEnd {
        let installation = package.installation
        // The package's own: its fences are compiled with what its authors wrote anyway.
        let cache = package.folder / "modules"
        try cache.createFolder()
        let arguments =
            [
                "-frontend", "-c", "-no-color-diagnostics", "-diagnostic-style", "llvm", "-Onone", "-module-name",
                "Fence",
                "-swift-version", package.description.language, "-module-cache-path", cache.path,
                "-plugin-path", installation.macros, "-I", (package.build / "Modules").path,
            ] + package.flags + (hasMain ? ["-parse-as-library"] : [])
            + ["-o", workshop.path + "/main.o", workshop.path + "/main.swift"]
        return try tools.run(
            installation.frontend, arguments, reading: [package.folder.path], writing: [workshop.path, cache.path])
    }

    private func link(in workshop: RootedPath, by tools: ToolRun) throws(EngineError) -> ToolEnd {
        let (installation, libraries) = (package.installation, package.installation.swiftLibraries)
        let swiftLibraries = Files.names(in: libraries).filter { name in
            name.hasSuffix("." + Installation.libraryEnding) && !name.contains("Test")
        }
        let arguments =
            ["-shared", "--as-needed", "--eh-frame-hdr", "-o", workshop.path + "/main.so", workshop.path + "/main.o"]
            + ["\(libraries)/\(Installation.architecture)/swiftrt.o", "-rpath", libraries, package.library]
            + swiftLibraries.map { "\(libraries)/\($0)" }
        return try tools.run(
            installation.linker, arguments, reading: [package.folder.path], writing: [workshop.path])
    }

    /// Runs what was linked, held as cells are: it reads the system, the package's build and its own folder, in which it may
    /// write, and has no network.
    private func run(in workshop: RootedPath) throws(EngineError) -> End {
        let (limits, conditions) = (Limits(), KernelConditions.asked)
        let scratch = workshop / "home"
        try scratch.createFolder()
        let reading = [package.installation.swiftLibraries, package.folder.path, workshop.path]
        let cage = try Cage(
            files: Sandbox.system + reading.map { .init($0, .read) } + [.init(scratch.path, .write)]
                + [.init(package.build.path, .execute)],
            memory: limits.memory, file: limits.file, seconds: FenceProgram.timeout, caller: KDBOOK_BUILD,
            landlock: conditions.landlock)
        let (end, output, _) = try Engine.run(
            (package.build / DocumentedPackage.loader).path, [package.library, workshop.path + "/main.so"],
            environment: conditions.environment(home: scratch.path), timeout: FenceProgram.timeout, cage: cage,
            interruption: nil)
        switch end {
        case .exited(status: 0): return .finished(output: output)
        case .exited(let status): return .failed(output: output, signal: nil, status: status)
        case .signalled(SIGKILL), .signalled(SIGXCPU):
            return .stopped("it ran longer than \(FenceProgram.timeout.asSeconds) s")
        case .signalled(let signal): return .failed(output: output, signal: signal, status: nil)
        }
    }
}

extension FenceProgram.Piece {
    init(_ fence: DocumentFence) {
        self.init(code: fence.code.map { $0 + "\n" }.joined(), line: fence.codeLine)
    }
}
