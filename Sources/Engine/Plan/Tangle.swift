import CellSyntax
public import Notebook

/// A notebook as one Swift program: its imports, its constants, and its cells in order, each behind its place.
///
/// The last expression of each cell is shown as on its page, as text. Cells that are not run, and those that are to fail,
/// are there as comments.
///
/// - Parameter settings: values given on the command line, by parameter.
/// - Throws: what is wrong with the settings.
public func tangled(
    _ notebook: Notebook, edition: String, settings: [String: String] = [:]
) throws(NotebookError) -> String {
    var imports = ["import Foundation", "import KDBook"]
    var body: [String] = []
    func addValues(behind number: Int) {
        for value in notebook.inlineValues where value.cellsAbove == number {
            let (path, line) = notebook.place(ofLine: value.position.line)
            body.append("// \(path):\(line) in the text\nshow(\(value.expression))\n")
        }
    }
    addValues(behind: 0)
    for cell in notebook.cells {
        defer { addValues(behind: cell.number) }
        let (path, line) = notebook.place(ofLine: cell.codeLine)
        let place = "// \(path):\(line) \(cell.title)"
        guard cell.options.eval && !cell.options.error else {
            let reason = cell.options.eval ? "it is to fail" : "it is not run"
            let lines = cell.code.split(separator: "\n", omittingEmptySubsequences: false).map { "// \($0)" }
            body.append("\(place): \(reason)\n" + lines.dropLast().joined(separator: "\n") + "\n")
            continue
        }
        let source = CellSource(cell.code)
        for name in source.imports where !imports.contains(name) { imports.append(name) }
        body.append("\(place)\n" + source.withoutImports(showing: "show"))
    }
    let parameters = try Plan.parameters(
        of: notebook, version: notebook.frontMatter.editions[edition], settings: settings)
    return """
        // \(notebook.path) as one program. Compile it with: swiftc $(kdbook tangle --flags) FILE.swift
        \(imports.joined(separator: "\n"))

        \(NotebookConstants.source(edition: edition, parameters: parameters))
        \(body.joined(separator: "\n"))
        """
}

extension Installation {
    /// What `swiftc` must be told to compile a tangled notebook and to link it.
    ///
    /// Cells share variables freely, each as a module of its own; in one file, Swift 6 would bind those to the main actor.
    /// So it is Swift 5 with what is new in 6 besides.
    public var programFlags: [String] {
        ["-O", "-swift-version", "5"] + programCompilerFlags + programLinkerFlags
    }

    /// Of these, what the compiler is told whatever the language's version.
    var programCompilerFlags: [String] {
        let features = [
            "BareSlashRegexLiterals", "ConciseMagicFile", "ForwardTrailingClosures", "ImplicitOpenExistentials",
        ]
        return features.flatMap { ["-enable-upcoming-feature", $0] } + ["-assert-config", "Debug", "-I", modules]
            + headerFlags + moduleMapFlags
    }

    /// Of these, what the linker is told.
    var programLinkerFlags: [String] { ["-L", runtime, "-lKDBook", "-Xlinker", "-rpath", "-Xlinker", runtime] }
}
