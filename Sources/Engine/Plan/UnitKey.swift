import Notebook

/// The key of a unit, without what it stands for.
struct UnitKey: Codable, Hashable, Sendable {
    let key: String
    /// The cell's number, where it is one.
    let cell: Int?
    /// Whether the unit is of inline values.
    let isOfValues: Bool

    init(_ unit: CompilationUnit) {
        key = unit.key.description
        cell = unit.cell?.number
        isOfValues = !unit.values.isEmpty
    }
}

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
        hasher.add(constants(edition: edition, parameters: parameters))
        if let packages { hasher.add("packages", packages.unit.key.description) }
        for module in shared { hasher.add("module", module.digest) }
        for cell in notebook.cells { hasher.add("cell \(cell.number)", cell.code, cell.options.execution.encoded) }
        for value in notebook.inlineValues { hasher.add("value \(value.cellsAbove)", value.expression) }
        return hasher.finalize().description
    }
}
