import Notebook
import Wire

/// How tables differ, cell by cell; a row goes by its first entry, a column by its heading.
func mismatches(
    between recorded: TableContent, and found: TableContent, within tolerance: Tolerance
) -> [Mismatch] {
    var mismatches: [Mismatch] = []
    if recorded.caption != found.caption {
        mismatches.append(Mismatch("caption", quoted(recorded.caption ?? ""), quoted(found.caption ?? "")))
    }
    guard recorded.columns == found.columns else {
        let names = { (table: TableContent) in quoted(table.columns.joined(separator: " | ")) }
        return mismatches + [Mismatch("columns", names(recorded), names(found))]
    }
    if recorded.alignments != found.alignments {
        let names = { (table: TableContent) in table.alignments.map(\.rawValue).joined(separator: " ") }
        mismatches.append(Mismatch("alignment of columns", names(recorded), names(found)))
    }
    for pair in alignedRows(recorded.rows, found.rows) {
        switch pair {
        case (let old?, let new?):
            mismatches += rowMismatches(between: old, and: new, columns: found.columns, within: tolerance)
        case (let old?, nil): mismatches.append(Mismatch("row \(name(of: old))", rowText(old), "no such row"))
        case (nil, let new?): mismatches.append(Mismatch("row \(name(of: new))", "no such row", rowText(new)))
        case (nil, nil): break
        }
    }
    return mismatches
}

private func rowMismatches(
    between recorded: [String], and found: [String], columns: [String], within tolerance: Tolerance
) -> [Mismatch] {
    zip(zip(recorded, found), columns).enumerated().flatMap { index, cell in
        let place = cell.1.isEmpty ? "column \(index + 1)" : "column “\(cell.1)”"
        return mismatches(between: cell.0.0, and: cell.0.1, within: tolerance).map {
            $0.inside("row \(name(of: recorded)), \(place)")
        }
    }
}

/// Which row belongs to which: each to the one at its place where there are as many, else by their first entries.
private func alignedRows(_ recorded: [[String]], _ found: [[String]]) -> [([String]?, [String]?)] {
    if recorded.count == found.count { return zip(recorded, found).map { ($0, $1) } }
    return aligned(recorded, found, cost: { $0 == $1 ? 0 : $0.first == $1.first ? 1 : nil }).map {
        ($0.map { recorded[$0] }, $1.map { found[$0] })
    }
}

private func name(of row: [String]) -> String { "“\(row.first ?? "")”" }

private func rowText(_ row: [String]) -> String { quoted(row.joined(separator: " | ")) }
