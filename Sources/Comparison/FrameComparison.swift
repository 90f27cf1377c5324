import Notebook
import Wire

/// How data frames differ, column by column: names, kinds, then values, row by row.
func mismatches(
    between recorded: FrameContent, and found: FrameContent, within tolerance: Tolerance
) -> [Mismatch] {
    let names = { (frame: FrameContent) in quoted(frame.columns.map(\.name).joined(separator: " | ")) }
    guard recorded.columns.map(\.name) == found.columns.map(\.name) else {
        return [Mismatch("columns", names(recorded), names(found))]
    }
    guard recorded.rowCount == found.rowCount else {
        return [Mismatch("number of rows", "\(recorded.rowCount)", "\(found.rowCount)")]
    }
    return zip(recorded.columns, found.columns).flatMap { old, new in
        mismatches(between: old, and: new, within: tolerance).map { $0.inside("column “\(old.name)”") }
    }
}

private func mismatches(
    between recorded: FrameContent.Column, and found: FrameContent.Column, within tolerance: Tolerance
) -> [Mismatch] {
    guard recorded.kind == found.kind else {
        return [Mismatch("kind", recorded.kind.rawValue, found.kind.rawValue)]
    }
    let inRows = zip(recorded.values, found.values).enumerated().flatMap { index, pair in
        valueMismatches(pair.0, pair.1, recorded.kind, within: tolerance).map { $0.inside("row \(index + 1)") }
    }
    return inRows + restMismatches(recorded, found, within: tolerance)
}

private func valueMismatches(
    _ recorded: String?, _ found: String?, _ kind: FrameContent.Kind, within tolerance: Tolerance
) -> [Mismatch] {
    guard let recorded, let found, kind == .number || kind == .integer else {
        return recorded == found
            ? [] : [Mismatch("", recorded.map(quoted) ?? "missing", found.map(quoted) ?? "missing")]
    }
    return mismatches(between: recorded, and: found, within: tolerance)
}

/// Of values that are not written out: their digest; where numbers may differ a little, what sums them up.
private func restMismatches(
    _ recorded: FrameContent.Column, _ found: FrameContent.Column, within tolerance: Tolerance
) -> [Mismatch] {
    guard let old = recorded.rest, let new = found.rest else { return [] }
    let after = "rows after the first \(recorded.values.count)"
    guard old.missing == new.missing else {
        return [Mismatch("missing values in all rows", "\(old.missing)", "\(new.missing)")]
    }
    if tolerance == .exact || old.numbers.isEmpty {
        // A row that is told already makes another digest, too.
        let isTold = recorded.values != found.values
        return old.sha256 == new.sha256 || isTold
            ? [] : [Mismatch(after, "values with SHA-256 \(old.sha256.prefix(12))…", "\(new.sha256.prefix(12))…")]
    }
    return zip(["mean", "least", "greatest"], zip(old.numbers, new.numbers)).flatMap { name, pair in
        mismatches(between: pair.0, and: pair.1, within: tolerance).map { $0.inside("\(name) of all rows") }
    }
}
