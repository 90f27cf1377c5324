import Notebook

/// All that a notebook's units are made from.
struct UnitSource: Sendable {
    let notebook: Notebook
    let edition: String
    let parameters: [Parameter]
    /// The packages that cells import from; `nil` where they import none.
    let packages: PackageSet?
    /// The modules of the book's own that the cells import, each behind those that it imports itself.
    let shared: [SharedModule]
    let installation: Installation

    /// What is compiled, in order.
    var units: [CompilationUnit] {
        var chain = UnitChain(self)
        return chain.units()
    }

    /// The keys of the units: from the store where the notebook's Swift was read before, else by reading it.
    func keys(keptIn store: Store?) -> [UnitKey] {
        let basis = basis
        if let known = store?.unitKeys(basis: basis) { return known }
        let keys = units.map(UnitKey.init)
        // Where they cannot be kept, they are made again.
        try? store?.keep(keys, basis: basis)
        return keys
    }

    /// Stands for all that units are made from.
    var basis: String {
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
}
