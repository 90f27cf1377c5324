public import Wire

/// A table for a page. Columns whose entries are all numbers are set flush right.
///
///     Table(columns: ["net", "accuracy"], rows: [["teacher", "97.1 %"], ["student", "93.4 %"]])
public struct Table: Hashable, Sendable, Displayable {
    /// The caption, the header, the rows and the columns' alignments, as the record keeps them.
    public var content: TableContent

    /// A table of `rows`, each with one entry for each of `columns`.
    ///
    /// - Precondition: every row has as many entries as there are columns.
    public init(_ caption: String? = nil, columns: [String], rows: [[String]]) {
        for (index, row) in rows.enumerated() {
            precondition(
                row.count == columns.count,
                "row \(index) of the table has another number of entries than there are columns: "
                    + "\(row.count), not \(columns.count)")
        }
        let alignments = columns.indices.map { column in
            rows.allSatisfy { Table.isNumeric($0[column]) } ? TableContent.Alignment.trailing : .leading
        }
        content = TableContent(caption: caption, columns: columns, alignments: alignments, rows: rows)
    }

    /// The table itself.
    public var display: Displayed { .table(self) }

    private static func isNumeric(_ entry: String) -> Bool {
        let marks: Set<Character> = ["+", "-", "−", "–", "±", ".", ",", " ", "\u{202F}", "%", "e", "×", "⁻", "∞", "…"]
        return entry == "NaN" || entry.allSatisfy { $0.isNumber || marks.contains($0) }
    }
}

extension Table: CustomStringConvertible {
    /// The table as lines of text, columns aligned.
    public var description: String { content.plainText }
}
