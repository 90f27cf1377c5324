extension Frame {
    /// A row for each value of `rows`, a column for each value of `columns`, and in the field where two meet what `summary` makes of
    /// `values` there: `birds.pivoted(rows: "species", columns: "sex", values: "mass", by: Summary.mean)`.
    ///
    /// Rows and columns stand in the order in which they first appear. Where nothing meets, the field is missing.
    ///
    /// - Precondition: without a summary, no two rows of the frame meet in one field.
    public func pivoted(
        rows: String, columns: String, values: String, by summary: ((String) -> Summary)? = nil
    ) -> Frame {
        let rowKeys = KeyCodes([self[rows]], rowCount: rowCount)
        let columnKeys = KeyCodes([self[columns]], rowCount: rowCount)
        let heads = columnKeys.firstRows.map { self[columns][$0].description }
        var fields = [[[Int]]](
            repeating: [[Int]](repeating: [], count: rowKeys.firstRows.count), count: columnKeys.firstRows.count)
        for row in 0..<rowCount { fields[columnKeys.codes[row]][rowKeys.codes[row]].append(row) }
        let made = zip(heads, fields).map { head, members in
            let entries = members.enumerated().map { index, members -> Value in
                if members.isEmpty { return .missing }
                if let summary { return summary(values).value(self.gathered(members)) }
                precondition(
                    members.count == 1,
                    "\(members.count) rows meet at \(self[rows][rowKeys.firstRows[index]]) and \(head): say by: Summary.mean, or another"
                )
                return self[values][members[0]]
            }
            return (name: head, column: Column(values: entries))
        }
        return Frame([(rows, self[rows].gathered(rowKeys.firstRows))] + made)
    }

    /// The way back: a row for each field of the columns `columns`, whose name stands in `names` and whose value in `values`.
    public func unpivoted(_ columns: String..., names: String = "name", values: String = "value") -> Frame {
        precondition(!columns.isEmpty, "name the columns that become rows")
        let order = (0..<rowCount).flatMap { row in columns.map { _ in row } }
        let kept = named.filter { !columns.contains($0.name) }.map { ($0.name, $0.column.gathered(order)) }
        let fields = (0..<rowCount).flatMap { row in columns.map { self[$0][row] } }
        let heads = (0..<rowCount).flatMap { _ in columns.map { Value.text($0) } }
        return Frame(kept + [(names, Column(values: heads)), (values, Column(values: fields))])
    }
}
