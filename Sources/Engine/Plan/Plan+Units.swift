import Digest
import Notebook

extension Plan {
    /// The keys of a notebook's units: from the store where its Swift was read before, else by reading it.
    static func unitKeys(
        _ notebook: Notebook, edition: String, parameters: [Parameter], packages: PackageSet?, shared: [SharedModule],
        installation: Installation, store: Store?
    ) -> [UnitKey] {
        let basis = basis(
            notebook, edition: edition, parameters: parameters, packages: packages, shared: shared,
            installation: installation)
        if let known = store?.unitKeys(basis: basis) { return known }
        let keys = units(
            notebook, edition: edition, parameters: parameters, packages: packages, shared: shared,
            installation: installation
        ).map(UnitKey.init)
        // Where they cannot be kept, they are made again.
        try? store?.keep(keys, basis: basis)
        return keys
    }

    /// Stands for all that units are made from.
    private static func basis(
        _ notebook: Notebook, edition: String, parameters: [Parameter], packages: PackageSet?, shared: [SharedModule],
        installation: Installation
    ) -> String {
        var hasher = KeyHasher("basis")
        hasher.add(installation.engineDigest, installation.compilerVersion, installation.runtimeDigest)
        hasher.add((installation.compilerFlags + installation.linkerFlags).joined(separator: " "))
        hasher.add(NotebookConstants.source(edition: edition, parameters: parameters))
        if let packages { hasher.add("packages", packages.unit.key.description) }
        for module in shared { hasher.add("module", module.digest) }
        for cell in notebook.cells { hasher.add("cell \(cell.number)", cell.code, cell.options.execution.encoded) }
        for value in notebook.inlineValues { hasher.add("value \(value.cellsAbove)", value.expression) }
        return hasher.finalize().description
    }

    static func units(
        _ notebook: Notebook, edition: String, parameters: [Parameter], packages: PackageSet?, shared: [SharedModule],
        installation: Installation
    ) -> [CompilationUnit] {
        var hasher = KeyHasher("compile")
        hasher.add(installation.compilerVersion, installation.runtimeDigest)
        hasher.add((installation.compilerFlags + installation.linkerFlags).joined(separator: " "))
        var writer = ModuleWriter(
            parameters: parameters, edition: edition, program: ProgramShape(notebook.cells))
        var key = hasher.finalize()
        func chain(_ module: String, _ source: String, _ flags: [String] = []) -> SHA256Digest {
            var hasher = KeyHasher("unit")
            hasher.add(key.description, module, source, flags.joined(separator: " "))
            return hasher.finalize()
        }
        var units: [CompilationUnit] = []
        if let unit = packages?.unit {
            key = chain(PackageSet.module, unit.key.description)
            units.append(unit)
        }
        // Notebooks that import the same have the same keys of it, whatever their constants are.
        for (index, module) in shared.enumerated() {
            let source = module.sources.map(\.text).joined()
            key = chain(module.name, source, [module.digest])
            units.append(
                CompilationUnit(module: module.name, cell: nil, shared: (module, index), source: source, key: key))
        }
        key = chain(NotebookConstants.module, writer.constants)
        units.append(CompilationUnit(module: NotebookConstants.module, cell: nil, source: writer.constants, key: key))
        func addValues(behind number: Int) {
            let values = notebook.inlineValues.filter { $0.cellsAbove == number }
            guard !values.isEmpty else { return }
            let (source, flags, problems) = writer.add(values, file: CompilationUnit.fileName(ofUnit: -1 - number))
            let module = ModuleWriter.module(ofValuesBehind: number)
            // No cell depends on them.
            units.append(
                CompilationUnit(
                    module: module, cell: nil, values: values, source: source, flags: flags,
                    key: chain(module, source, flags), problems: problems))
        }
        addValues(behind: 0)
        for (index, cell) in notebook.cells.enumerated() {
            if cell.options.eval {
                let written = writer.add(cell)
                let module = ModuleWriter.module(ofCell: cell.number)
                key = chain(module, written.source, written.flags)
                units.append(
                    CompilationUnit(
                        module: module, cell: cell, source: written.source, flags: written.flags, key: key,
                        problems: written.problems,
                        places: written.places,
                        later: notebook.cells[(index + 1)...]))
            }
            addValues(behind: cell.number)
        }
        return units
    }
}
