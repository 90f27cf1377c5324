import CellSyntax
import Digest
import Foundation
import Notebook

/// A compiled cell, ready for a kernel.
struct CompiledUnit: Sendable {
    let unit: CompilationUnit
    /// The folder with the module, the library and the diagnostics.
    let folder: String
    /// What the compiler said, placed in the cell's code.
    let diagnostics: [Diagnostic]

    var library: String { folder + "/lib\(unit.module).\(Installation.libraryEnding)" }
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
    /// The folder with the compiled cells, one folder a key.
    let store: String
    /// Where the compiler keeps the C modules it has read.
    let moduleCache: String

    /// The flags that decide what is compiled to what. Optimised, because cells train nets; with the
    /// messages of failed preconditions, because cells are written to be read.
    static func flags(module: String) -> [String] {
        [
            "-O", "-g", "-enable-testing", "-swift-version", "6", "-default-isolation", "MainActor",
            "-cross-module-optimization", "-assert-config", "Debug", "-module-name", module,
        ]
    }

    func build(_ unit: CompilationUnit, after earlier: [CompiledUnit]) -> BuildResult {
        do throws(EngineError) {
            let folder = store + "/" + unit.key.description
            if let diagnostics = storedDiagnostics(folder) {
                return .built(CompiledUnit(unit: unit, folder: folder, diagnostics: diagnostics))
            }
            let workshop = "\(folder).\(getpid())~"
            try Files.createFolder(workshop)
            defer { try? FileManager.default.removeItem(atPath: workshop) }
            let (compiled, diagnostics) = try compile(unit, earlier, in: workshop)
            guard compiled else { return .rejected(diagnostics) }
            try link(unit, in: workshop)
            try Files.write(json: diagnostics, to: workshop + "/diagnostics.json")
            // Two renders may have built the same cell: the first to finish stays.
            if rename(workshop, folder) != 0 && storedDiagnostics(folder) == nil {
                throw EngineError(.write, file: folder, cause: String(cString: strerror(errno)))
            }
            return .built(CompiledUnit(unit: unit, folder: folder, diagnostics: diagnostics))
        } catch {
            return .failed(error)
        }
    }

    private func storedDiagnostics(_ folder: String) -> [Diagnostic]? {
        guard let bytes = try? Files.read(folder + "/diagnostics.json") else { return nil }
        return try? StableJSON.decode([Diagnostic].self, from: bytes)
    }

    private func compile(
        _ unit: CompilationUnit, _ earlier: [CompiledUnit], in folder: String
    ) throws(EngineError) -> (compiled: Bool, diagnostics: [Diagnostic]) {
        let source = folder + "/\(unit.module).swift"
        try Files.write(Array(unit.source.utf8), to: source)
        let moduleMaps = Files.names(in: installation.runtime + "/include").flatMap {
            ["-Xcc", "-fmodule-map-file=\(installation.runtime)/include/\($0)/module.modulemap"]
        }
        let arguments =
            ["-frontend", "-c", "-no-color-diagnostics", "-diagnostic-style", "llvm"]
            + CellBuilder.flags(module: unit.module) + ["-module-cache-path", moduleCache]
            + (unit.cell == nil ? [] : ["-I", installation.modules] + installation.headerFlags + moduleMaps)
            + earlier.flatMap { ["-I", $0.folder] }
            + ["-emit-module-path", "\(folder)/\(unit.module).swiftmodule", "-o", "\(folder)/\(unit.module).o", source]
        let (end, output) = try run(
            installation.frontend, arguments, environment: CellBuilder.environment)
        let fileName = unit.cell.map { Plan.fileName(ofCell: $0.number) } ?? source
        var diagnostics = CompilerOutput.diagnostics(output, file: fileName)
        let compiled = end == .exited(status: 0)
        if !compiled && !diagnostics.contains(where: { $0.severity == .error }) {
            let position = SourcePosition(line: 1)
            diagnostics.append(Diagnostic(.error, at: position, "the compiler failed (\(end)):\n\(output)"))
        }
        return (compiled, diagnostics)
    }

    /// Links a cell with whatever it uses of Swift's own libraries. The cells before it and the runtime library are
    /// not named: the kernel has loaded them, and what stands in the store must not depend on where they lie.
    private func link(_ unit: CompilationUnit, in folder: String) throws(EngineError) {
        let libraries = installation.swiftLibraries
        let swiftLibraries = Files.names(in: libraries).filter { name in
            name.hasSuffix("." + Installation.libraryEnding) && !name.contains("Test")
        }
        let arguments =
            [
                "-shared", "-o", "\(folder)/lib\(unit.module).\(Installation.libraryEnding)",
                "\(folder)/\(unit.module).o", "\(libraries)/\(Installation.architecture)/swiftrt.o",
                "-rpath", libraries, "--as-needed",
            ] + swiftLibraries.map { "\(libraries)/\($0)" }
        let (end, output) = try run(
            installation.linker, arguments, environment: CellBuilder.environment)
        guard end == .exited(status: 0) else {
            throw EngineError(.write, file: "\(unit.module)", cause: "the linker failed: \(output)")
        }
    }

    private static let environment = ["LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "TMPDIR": NSTemporaryDirectory()]
}

/// Reads what the compiler prints.
enum CompilerOutput {
    /// The diagnostics in `output` that are placed in `file`, notes behind what they belong to.
    static func diagnostics(_ output: String, file: String) -> [Diagnostic] {
        var result: [Diagnostic] = []
        for line in output.split(separator: "\n") {
            guard let diagnostic = diagnostic(String(line), file: file), !result.contains(diagnostic) else { continue }
            result.append(diagnostic)
        }
        return result
    }

    private static func diagnostic(_ line: String, file: String) -> Diagnostic? {
        guard let match = line.firstMatch(of: /^(.+?):(\d+):(\d+): (error|warning|note): (.*)$/),
            match.1 == file || match.1.hasSuffix("/" + file),
            let severity = Diagnostic.Severity(rawValue: String(match.4)),
            let line = Int(match.2), let column = Int(match.3)
        else { return nil }
        return Diagnostic(
            severity, at: SourcePosition(line: max(1, line - CellSource.firstLine + 1), column: column), String(match.5)
        )
    }
}
