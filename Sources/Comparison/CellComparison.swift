import Notebook
import Wire

/// How what a cell gave differs from what is on record of it.
///
/// - Parameter line: the line of the notebook that a diagnostic of the cell stands on.
func mismatches(
    between recorded: CellRecord, and found: CellRecord, within tolerance: Tolerance,
    line: @escaping (Diagnostic) -> Int
) -> [Mismatch] {
    var result: [Mismatch] = []
    if recorded.label != found.label {
        result.append(Mismatch("label", recorded.label ?? "none", found.label ?? "none"))
    }
    if recorded.status != found.status {
        result.append(Mismatch("status", recorded.status.words, found.status.words))
    }
    // What a cell that failed, or was not reached, did not show is told by that.
    if found.status == recorded.status {
        result += mismatches(between: recorded.displays, and: found.displays, within: tolerance)
    }
    return result + mismatches(between: recorded.diagnostics, and: found.diagnostics, line: line)
}

private func mismatches(
    between recorded: [Display], and found: [Display], within tolerance: Tolerance
) -> [Mismatch] {
    let kinds = { (displays: [Display]) in displays.map(\.kind) }
    guard kinds(recorded) == kinds(found) else {
        let names = { (displays: [Display]) in
            displays.isEmpty ? "nothing" : displays.map { "\($0.kind) \($0.gist)" }.joined(separator: ", ")
        }
        return [Mismatch("what it shows", names(recorded), names(found))]
    }
    return zip(recorded, found).enumerated().flatMap { index, pair in
        let ofKind = kinds(found).count { $0 == pair.1.kind }
        let number = kinds(found)[...index].count { $0 == pair.1.kind }
        let place = ofKind == 1 ? pair.1.kind : "\(pair.1.kind) \(number)"
        return mismatches(between: pair.0, and: pair.1, within: tolerance).map { $0.inside(place) }
    }
}

/// How two displays of one kind differ.
private func mismatches(between recorded: Display, and found: Display, within tolerance: Tolerance) -> [Mismatch] {
    switch (recorded, found) {
    case (.text(let old), .text(let new)), (.value(let old), .value(let new)), (.html(let old), .html(let new)):
        mismatches(between: old, and: new, within: tolerance)
    case (.table(let old), .table(let new)): mismatches(between: old, and: new, within: tolerance)
    case (.frame(let old), .frame(let new)): mismatches(between: old, and: new, within: tolerance)
    case (.figure(let old), .figure(let new)): mismatches(between: old, and: new, within: tolerance)
    case (.claim(let old), .claim(let new)): mismatches(between: old, and: new, within: tolerance)
    default: recorded == found ? [] : [Mismatch("", recorded.gist, found.gist)]
    }
}

private func mismatches(
    between recorded: [Diagnostic], and found: [Diagnostic], line: @escaping (Diagnostic) -> Int
) -> [Mismatch] {
    aligned(recorded, found, cost: { $0 == $1 ? 0 : $0.severity == $1.severity ? 3 : nil }).compactMap { old, new in
        let before = old.map { recorded[$0] }
        let after = new.map { found[$0] }
        guard before != after, let place = (after ?? before) else { return nil }
        let text = { (diagnostic: Diagnostic?) in
            diagnostic.map { "line \(line($0)) \(quoted($0.message))" } ?? "none"
        }
        return Mismatch(
            place.severity.rawValue, text(before), text(after), line: line(place))
    }
}

extension CellRecord.Status {
    fileprivate var words: String {
        switch self {
        case .asExpected: "as expected"
        case .failed: "failed"
        case .skipped: "not run"
        }
    }
}

extension Display {
    /// What it is called in messages.
    fileprivate var kind: String {
        switch self {
        case .text: "text"
        case .value: "value"
        case .table: "table"
        case .frame: "frame"
        case .figure: "figure"
        case .claim: "claim"
        case .html: "markup"
        }
    }

    /// The beginning of what it says.
    fileprivate var gist: String {
        switch self {
        case .text(let text), .value(let text), .html(let text): quoted(text.prefix(40))
        case .table(let content): quoted(content.columns.joined(separator: " | ").prefix(40))
        case .frame(let content): quoted(content.columns.map(\.name).joined(separator: " | ").prefix(40))
        case .figure(let content): quoted(content.alternativeText.prefix(40))
        case .claim(let claim): quoted(claim.id)
        }
    }
}
