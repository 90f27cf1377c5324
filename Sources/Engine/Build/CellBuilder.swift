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
    /// What the compiler is told for cells behind it, besides where its module is.
    var flags: [String] = []

    var library: String { folder.path + "/" + unit.libraryName }

    /// The programs among its flags that expand macros for cells behind it.
    var plugins: [String] {
        zip(flags, flags.dropFirst()).filter { $0.0 == CompiledUnit.pluginFlag }.map { _, plugin in
            String(plugin.prefix { $0 != "#" })
        }
    }

    /// The names of the modules that cells behind it can import.
    var modules: [String] {
        folder.entries.filter { $0.hasSuffix(".swiftmodule") && $0 != PackageSet.module + ".swiftmodule" }
            .map { String($0.dropLast(".swiftmodule".count)) }
    }

    /// What the compiler is told before a macro's program, `#` and its module.
    static let pluginFlag = "-load-plugin-executable"
}

/// What became of a compilation.
enum BuildResult: Sendable {
    case built(CompiledUnit)
    /// It does not compile; there is at least one error.
    case rejected([Diagnostic])
    /// It took more than it may.
    case stopped(BuildStop)
    /// The compiler could not be run.
    case failed(EngineError)
}

/// Compiles units to libraries, each stored under its key.
struct CellBuilder: Sendable {
    let installation: Installation
    let store: Store
    let plan: Plan
    let moduleCache: ModuleCache
    let bounds: BuildBounds
    /// Told of a unit that was not in the store, when it has been compiled.
    let compiled: @Sendable (CompilationUnit) -> Void

    /// - Parameters:
    ///   - earlier: the units before it that it may use.
    ///   - time: what the notebook's cells may still take to compile.
    ///   - interruption: ends the compiler when it is asked for.
    func build(
        _ unit: CompilationUnit, after earlier: [CompiledUnit], within time: TimeBudget,
        interruption: Interruption? = nil
    ) -> BuildResult {
        do throws(EngineError) {
            if let known = store.compiled(unit) { return .built(known) }
            if let place = unit.packages {
                throw EngineError(
                    .find, file: place,
                    cause: "the packages are not built; `kdbook packages build` builds them")
            }
            try checkName(of: unit, after: earlier)
            let contents = contents(unit, earlier)
            if unit.problems.isEmpty, let twin = try store.twin(of: unit, contents: contents) { return .built(twin) }
            let workshop = try store.workshop(for: unit)
            defer { workshop.removeAll() }
            // A module of the book's own may take what all cells may.
            let own =
                unit.shared == nil ? BuildBounds.time(ofCellWith: plan.timeout(of: unit.cell?.options)) : .infinity
            let tools = ToolRun(
                installation: installation, bounds: bounds, time: TimeBudget(ofCell: own, in: time),
                interruption: interruption)
            let diagnostics: [Diagnostic]
            switch try compile(unit, earlier, in: workshop, by: tools) {
            case .compiled(let warnings) where unit.problems.isEmpty: diagnostics = warnings
            case .compiled(let found), .refused(let found):
                compiled(unit)
                return .rejected(unit.problems + found)
            case .stopped(let stop): return .stopped(stop)
            }
            compiled(unit)
            if let stop = try link(unit, in: workshop, by: tools) { return .stopped(stop) }
            // What was compiled with something else than the key says must not stand under the key.
            try installation.checkUnchanged()
            return .built(try store.keep(unit, from: workshop, diagnostics: diagnostics, contents: contents))
        } catch {
            return .failed(error)
        }
    }

    /// - Throws: where a package brings a module of the same name as one of the book's own.
    private func checkName(of unit: CompilationUnit, after earlier: [CompiledUnit]) throws(EngineError) {
        guard let module = unit.shared?.module,
            earlier.contains(where: { $0.unit.packages != nil && ($0.folder / unit.moduleName).exists })
        else { return }
        throw EngineError(
            .compile, file: "\(SharedCode.folder)/\(module.name)",
            cause: "a package brings a module `\(module.name)` already; rename the folder")
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

    private enum Compilation {
        case compiled([Diagnostic])
        case refused([Diagnostic])
        case stopped(BuildStop)
    }

    private func compile(
        _ unit: CompilationUnit, _ earlier: [CompiledUnit], in workshop: RootedPath, by tools: ToolRun
    ) throws(EngineError) -> Compilation {
        let folder = workshop.path
        let sources = unit.shared?.module.sources ?? [("\(unit.module).swift", unit.source)]
        for (name, text) in sources { try (workshop / name).write(Array(text.utf8)) }
        let own =
            unit.flags + (unit.shared == nil ? [] : ["-parse-as-library", "-suppress-warnings"])
            + ["-module-name", unit.module] + earlier.flatMap { ["-I", $0.folder.path] + $0.flags }
            + [
                "-emit-module-path", "\(folder)/\(unit.module).swiftmodule", "-o", "\(folder)/\(unit.module).o",
            ] + sources.map { "\(folder)/\($0.name)" }
        let run = try runFrontend(
            own, on: unit, reading: earlier.map(\.folder.path), starting: earlier.flatMap(\.plugins),
            moduleCache.behind(earlier), in: workshop, by: tools)
        if let stop = run.stop { return .stopped(stop) }
        let output = run.output
        if let module = unit.shared?.module, !run.isSuccess, SystemError.shortage(of: run.end, saying: output) == nil {
            throw module.failure(in: output)
        }
        var diagnostics = CompilerOutput(
            unit, after: earlier.compactMap(\.unit.cell), modules: earlier.compactMap(\.unit.shared?.module)
        ).diagnostics(in: output)
        if !run.isSuccess && !diagnostics.contains(where: { $0.severity == .error }) {
            if let shortage = SystemError.shortage(of: run.end, saying: output) {
                let cause = "the Swift compiler could not do its work: \(shortage)"
                throw EngineError(.write, file: store.folder.path, cause: cause)
            }
            let position = SourcePosition(line: 1)
            let message = "the Swift compiler itself failed on this cell: \(CompilerOutput.gist(of: output))"
            diagnostics.append(Diagnostic(.error, at: position, message))
        }
        return run.isSuccess ? .compiled(diagnostics) : .refused(explained(diagnostics, after: earlier))
    }

    /// The diagnostics, with a note behind an import of a module that there is not.
    private func explained(_ diagnostics: [Diagnostic], after earlier: [CompiledUnit]) -> [Diagnostic] {
        diagnostics.flatMap { diagnostic -> [Diagnostic] in
            guard let missing = MissingModule(diagnostic) else { return [diagnostic] }
            let own = earlier.filter { $0.unit.shared != nil || $0.unit.packages != nil }.flatMap(\.modules)
            return [diagnostic, missing.note(among: own + installation.moduleNames + ModuleCache.libraries)]
        }
    }

    /// Runs the compiler until one way leads to a module, or none does.
    ///
    /// - Parameter own: its arguments for this unit.
    private func runFrontend(
        _ own: [String], on unit: CompilationUnit, reading: [String], starting plugins: [String],
        _ moduleCache: ModuleCache, in workshop: RootedPath, by tools: ToolRun
    ) throws(EngineError) -> ToolEnd {
        var arguments = installation.frontendArguments(moduleCache: moduleCache.path) + own
        func compile(_ arguments: [String]) throws(EngineError) -> ToolEnd {
            try tools.run(
                installation.frontend, arguments, reading: reading + [moduleCache.path], writing: [workshop.path],
                starting: plugins)
        }
        var run = try compile(arguments)
        if moduleCache.lacksModule(after: run) {
            // In a folder that no stranger's text was compiled in.
            let clean = try store.workshop(for: unit)
            defer { clean.removeAll() }
            try moduleCache.fill(in: clean, by: tools)
            run = try compile(arguments)
        }
        if moduleCache.lacksModule(after: run) {
            // A module that hardly any cell imports is read for this cell alone.
            arguments = installation.frontendArguments(moduleCache: workshop.path + "/modules") + own
            run = try compile(arguments)
        }
        // The optimiser of several modules at once breaks on some code that compiles with less of it.
        for fewer in CellBuilder.withLess(arguments) {
            guard case .signalled = run.end, run.stop == nil else { break }
            run = try compile(fewer)
        }
        return run
    }

    /// The compiler's arguments with less optimisation across cells: first without taking in what earlier cells have in their
    /// modules, then without putting anything there for later ones.
    private static func withLess(_ arguments: [String]) -> [[String]] {
        let inert = arguments + ["-Xllvm", "-sil-disable-pass=performance-linker"]
        return [inert, inert.filter { !Installation.flagsAcrossModules.contains($0) }]
    }

    /// Links a cell with whatever it uses of Swift's own libraries. The cells before it and the runtime library are
    /// not named: the kernel has loaded them, and what stands in the store must not depend on where they lie.
    private func link(
        _ unit: CompilationUnit, in workshop: RootedPath, by tools: ToolRun
    ) throws(EngineError) -> BuildStop? {
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
        let run = try tools.run(installation.linker, arguments, writing: [folder])
        if let stop = run.stop { return stop }
        guard run.isSuccess else {
            let cause = SystemError.shortage(of: run.end, saying: run.output) ?? run.output
            throw EngineError(.write, file: store.folder.path, cause: "the linker failed: \(cause)")
        }
        let file = workshop / unit.libraryName
        guard let linked = SharedLibrary(try file.read()) else { return nil }
        try file.write(RuntimeNames(linked).corrected.bytes)
        return nil
    }
}
