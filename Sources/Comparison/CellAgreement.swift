public import Notebook

/// How far what a cell gave in another run agrees with its record.
public enum Agreement: Hashable, Sendable {
    /// To the last bit.
    case exact
    /// Numbers differ, and by no more than the cell's own `expect` allows.
    case withinTolerance([Difference])
    case different([Difference])
    /// Nothing can be said, and why.
    case notVerified(String)
}

/// A cell, and how far two runs of it agree.
public struct CellAgreement: Hashable, Sendable {
    /// Its label, else its number.
    public let cell: String
    /// The line of its code in the notebook.
    public let line: Int
    /// How well the two results agree.
    public let agreement: Agreement

    /// The agreement of one cell.
    public init(cell: String, line: Int, agreement: Agreement) {
        self.cell = cell
        self.line = line
        self.agreement = agreement
    }
}

/// Of each cell of a notebook, how far a run agrees with a record.
///
/// - Parameters:
///   - recorded: the record that is verified.
///   - found: the record of a run of `notebook`.
public func cellAgreements(between recorded: Record, and found: Record, in notebook: Notebook) -> [CellAgreement] {
    let exact = cellDifferences(between: recorded, and: found, in: notebook, isExact: true)
    let beyond = cellDifferences(between: recorded, and: found, in: notebook, isExact: false)
    return notebook.cells.enumerated().map { index, cell in
        let agreement: Agreement =
            if let differences = beyond[index] {
                .different(differences)
            } else if found.cells[index].status == .skipped {
                .notVerified(cell.options.eval ? "a cell before it failed" : "it is not run (`eval: false`)")
            } else if let differences = exact[index] {
                .withinTolerance(differences)
            } else {
                .exact
            }
        return CellAgreement(cell: cell.title, line: cell.codeLine, agreement: agreement)
    }
}

/// What two records of a notebook differ in that is no cell's: parameters, inputs, inline values, cells that are gone.
public func differencesBesidesCells(
    between recorded: Record, and found: Record, in notebook: Notebook
) -> [Difference] {
    let ofCells = Set(cellDifferences(between: recorded, and: found, in: notebook, isExact: false).values.joined())
    return differences(between: recorded, and: found, in: notebook).filter { !ofCells.contains($0) }
}
