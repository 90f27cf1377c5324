import Digest
import Notebook

/// Makes the units of a notebook in their order. The key of each that others can see goes into the keys of all behind it.
struct UnitChain {
    private let source: UnitSource
    private var writer: ModuleWriter
    private var key: SHA256Digest
    private var made: [CompilationUnit] = []

    init(_ source: UnitSource) {
        self.source = source
        let installation = source.installation
        var hasher = KeyHasher("compile")
        hasher.add(installation.compilerVersion, installation.runtimeDigest)
        hasher.add((installation.compilerFlags + installation.linkerFlags).joined(separator: " "))
        key = hasher.finalize()
        writer = ModuleWriter(
            parameters: source.parameters, edition: source.edition, program: ProgramShape(source.notebook.cells))
    }

    mutating func units() -> [CompilationUnit] {
        addImported()
        key = linked(NotebookConstants.module, writer.constants)
        made.append(
            CompilationUnit(module: NotebookConstants.module, cell: nil, source: writer.constants, key: key))
        addValues(behind: 0)
        for (index, cell) in source.notebook.cells.enumerated() {
            if cell.options.eval { add(cell, before: source.notebook.cells[(index + 1)...]) }
            addValues(behind: cell.number)
        }
        return made
    }

    /// Packages, then modules of the book's own: notebooks that import the same have the same keys of it, whatever their
    /// constants are.
    private mutating func addImported() {
        if let unit = source.packages?.unit {
            key = linked(PackageSet.module, unit.key.description)
            made.append(unit)
        }
        for (index, module) in source.shared.enumerated() {
            let text = module.sources.map(\.text).joined()
            key = linked(module.name, text, [module.digest])
            made.append(
                CompilationUnit(module: module.name, cell: nil, shared: (module, index), source: text, key: key))
        }
    }

    private mutating func add(_ cell: Cell, before later: ArraySlice<Cell>) {
        let written = writer.add(cell)
        let module = ModuleWriter.module(ofCell: cell.number)
        key = linked(module, written.source, written.flags)
        made.append(
            CompilationUnit(
                module: module, cell: cell, source: written.source, flags: written.flags, key: key,
                problems: written.problems, places: written.places, later: later))
    }

    /// The inline values between two cells; no cell depends on them.
    private mutating func addValues(behind number: Int) {
        let values = source.notebook.inlineValues.filter { $0.cellsAbove == number }
        guard !values.isEmpty else { return }
        let (text, flags, problems) = writer.add(values, file: CompilationUnit.fileName(ofUnit: -1 - number))
        let module = ModuleWriter.module(ofValuesBehind: number)
        made.append(
            CompilationUnit(
                module: module, cell: nil, values: values, source: text, flags: flags,
                key: linked(module, text, flags), problems: problems))
    }

    /// A key for a unit behind those that there are.
    private func linked(_ module: String, _ text: String, _ flags: [String] = []) -> SHA256Digest {
        var hasher = KeyHasher("unit")
        hasher.add(key.description, module, text, flags.joined(separator: " "))
        return hasher.finalize()
    }
}
