import CellSyntax
import Digest
import Foundation
import Notebook

/// A compiled cell, ready for a kernel.
struct CompiledUnit: Sendable {
    let unit: CompilationUnit
    /// The folder with the module, the library and the diagnostics.
    let folder: RootedPath
    /// What the compiler said, placed in the cell's code.
    let diagnostics: [Diagnostic]
    /// Stands for all that later cells can see of it.
    let moduleDigest: String

    var library: String { folder.path + "/" + unit.libraryName }
}

/// What became of a compilation.
enum BuildResult: Sendable {
    case built(CompiledUnit)
    /// It does not compile; there is at least one error.
    case rejected([Diagnostic])
    /// The compiler could not be run.
    case failed(EngineError)
}

/// Compiles units to libraries, each stored under its key.
struct CellBuilder: Sendable {
    let installation: Installation
    let store: Store
    /// Where the compiler keeps the C modules it has read.
    let moduleCache: String
    /// Told of a unit that was not in the store, when it has been compiled.
    let compiled: @Sendable (CompilationUnit) -> Void

    func build(_ unit: CompilationUnit, after earlier: [CompiledUnit]) -> BuildResult {
        do throws(EngineError) {
            if let known = store.compiled(unit) { return .built(known) }
            let contents = contents(unit, earlier)
            if unit.problems.isEmpty, let twin = try store.twin(of: unit, contents: contents) { return .built(twin) }
            let workshop = try store.workshop(for: unit)
            defer { workshop.removeAll() }
            let (isCompiled, diagnostics) = try compile(unit, earlier, in: workshop)
            compiled(unit)
            guard isCompiled && unit.problems.isEmpty else { return .rejected(unit.problems + diagnostics) }
            try link(unit, in: workshop)
            // What was compiled with something else than the key says must not stand under the key.
            try installation.checkUnchanged()
            return .built(try store.keep(unit, from: workshop, diagnostics: diagnostics, contents: contents))
        } catch {
            return .failed(error)
        }
    }

    /// Stands for all that the compiler reads. A unit's key stands for the code of the cells before it; this, for what of it
    /// can be seen: where an edit leaves that as it was, the cells behind it need not be compiled again.
    private func contents(_ unit: CompilationUnit, _ earlier: [CompiledUnit]) -> String {
        var hasher = KeyHasher("contents")
        hasher.add(installation.compilerVersion, installation.runtimeDigest, installation.engineDigest)
        hasher.add((installation.compilerFlags + installation.linkerFlags).joined(separator: " "))
        hasher.add(unit.module, unit.source, unit.flags.joined(separator: " "))
        for compiled in earlier { hasher.add(compiled.unit.module, compiled.moduleDigest) }
        return hasher.finalize().description
    }

    private func compile(
        _ unit: CompilationUnit, _ earlier: [CompiledUnit], in workshop: RootedPath
    ) throws(EngineError) -> (compiled: Bool, diagnostics: [Diagnostic]) {
        let folder = workshop.path
        try (workshop / "\(unit.module).swift").write(Array(unit.source.utf8))
        let arguments =
            ["-frontend", "-c", "-no-color-diagnostics", "-diagnostic-style", "llvm"]
            + installation.compilerFlags + unit.flags
            + ["-module-name", unit.module, "-module-cache-path", moduleCache]
            + ["-plugin-path", installation.macros, "-I", installation.modules] + installation.headerFlags
            + installation.moduleMapFlags
            + earlier.flatMap { ["-I", $0.folder.path] }
            + [
                "-emit-module-path", "\(folder)/\(unit.module).swiftmodule", "-o", "\(folder)/\(unit.module).o",
                "\(folder)/\(unit.module).swift",
            ]
        var (end, output) = try run(installation.frontend, arguments, environment: CellBuilder.environment)
        // The optimiser of several modules at once breaks on some code that compiles with less of it.
        for fewer in CellBuilder.withLess(arguments) {
            guard case .signalled = end else { break }
            (end, output) = try run(installation.frontend, fewer, environment: CellBuilder.environment)
        }
        var diagnostics = CompilerOutput(unit, after: earlier.compactMap(\.unit.cell)).diagnostics(in: output)
        let compiled = end == .exited(status: 0)
        if !compiled && !diagnostics.contains(where: { $0.severity == .error }) {
            if let shortage = SystemError.shortage(of: end, saying: output) {
                let cause = "the Swift compiler could not do its work: \(shortage)"
                throw EngineError(.write, file: store.folder.path, cause: cause)
            }
            let position = SourcePosition(line: 1)
            let message = "the Swift compiler itself failed on this cell: \(CompilerOutput.gist(of: output))"
            diagnostics.append(Diagnostic(.error, at: position, message))
        }
        return (compiled, diagnostics)
    }

    /// The compiler's arguments with less optimisation across cells: first without taking in what earlier cells have in their
    /// modules, then without putting anything there for later ones.
    private static func withLess(_ arguments: [String]) -> [[String]] {
        let inert = arguments + ["-Xllvm", "-sil-disable-pass=performance-linker"]
        return [inert, inert.filter { !Installation.flagsAcrossModules.contains($0) }]
    }

    /// Links a cell with whatever it uses of Swift's own libraries. The cells before it and the runtime library are
    /// not named: the kernel has loaded them, and what stands in the store must not depend on where they lie.
    private func link(_ unit: CompilationUnit, in workshop: RootedPath) throws(EngineError) {
        let (libraries, folder) = (installation.swiftLibraries, workshop.path)
        let swiftLibraries = Files.names(in: libraries).filter { name in
            name.hasSuffix("." + Installation.libraryEnding) && !name.contains("Test")
        }
        let library = "\(folder)/\(unit.libraryName)"
        let arguments =
            installation.linkerFlags + [
                "-o", library,
                "\(folder)/\(unit.module).o", "\(libraries)/\(Installation.architecture)/swiftrt.o",
                "-rpath", libraries,
            ] + swiftLibraries.map { "\(libraries)/\($0)" }
        let (end, output) = try run(
            installation.linker, arguments, environment: CellBuilder.environment)
        guard end == .exited(status: 0) else {
            let cause = SystemError.shortage(of: end, saying: output) ?? output
            throw EngineError(.write, file: store.folder.path, cause: "the linker failed: \(cause)")
        }
        let file = workshop / unit.libraryName
        guard let linked = SharedLibrary(try file.read()) else { return }
        try file.write(RuntimeNames(linked).corrected.bytes)
    }

    private static let environment = ["LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "TMPDIR": NSTemporaryDirectory()]
}
