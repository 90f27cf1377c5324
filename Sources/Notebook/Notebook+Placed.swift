extension Notebook {
    /// A diagnostic of `cell`'s record, placed in the notebook's own lines.
    public func placed(_ diagnostic: Diagnostic, of cell: Cell) -> Diagnostic {
        let place = diagnostic.cell.flatMap { number in cells.first { $0.number == number } } ?? cell
        return place.placed(diagnostic)
    }
}
