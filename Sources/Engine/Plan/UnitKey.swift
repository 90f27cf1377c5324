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
