public import Notebook

/// How two records of a notebook differ.
///
/// Text is compared to the letter; numbers in it by the tolerance that the cell states (`expect`), exactly where it states
/// none; tables cell by cell; figures by their data and, where that is the same, by their pixels. Cells are paired by
/// label, then by what they show, so that one more or one less is told as that.
///
/// - Parameters:
///   - recorded: the record that is compared with.
///   - found: the record of a run of `notebook`.
///   - isExact: whether even a stated tolerance does not count.
public func differences(
    between recorded: Record, and found: Record, in notebook: Notebook, isExact: Bool = false
) -> [Difference] {
    let ofNotebook = notebookMismatches(between: recorded, and: found, in: notebook).map { mismatch in
        Difference(mismatch, cell: nil, in: notebook, line: mismatch.line ?? 1)
    }
    let ofCells = cellDifferences(between: recorded, and: found, in: notebook, isExact: isExact)
    return ofNotebook + valueDifferences(between: recorded, and: found, in: notebook)
        + aligned(recorded.cells, found.cells, cost: cost).flatMap { old, new -> [Difference] in
            guard let new else { return [removed(old.map { recorded.cells[$0] }, at: old ?? 0, in: notebook)] }
            return ofCells[new] ?? []
        }
}

/// How the cells of a run differ from their records, by the cells' indices; only those that do.
func cellDifferences(
    between recorded: Record, and found: Record, in notebook: Notebook, isExact: Bool
) -> [Int: [Difference]] {
    aligned(recorded.cells, found.cells, cost: cost).reduce(into: [:]) { result, pair in
        guard let new = pair.new else { return }
        let cell = notebook.cells[new]
        let mismatches = cellMismatches(
            between: pair.old.map { recorded.cells[$0] }, and: found, at: new, of: cell, in: notebook, isExact: isExact)
        guard !mismatches.isEmpty else { return }
        result[new] = grouped(mismatches).map { mismatch in
            Difference(mismatch, cell: cell.title, in: notebook, line: mismatch.line ?? cell.codeLine)
        }
    }
}

/// How the inline values differ, paired by their expressions.
private func valueDifferences(
    between recorded: Record, and found: Record, in notebook: Notebook
) -> [Difference] {
    let (before, after) = (recorded.values ?? [], found.values ?? [])
    return aligned(before, after, cost: { $0.expression == $1.expression ? 0 : nil }).compactMap { old, new in
        let (old, new) = (old.map { ($0, before[$0]) }, new.map { ($0, after[$0]) })
        guard let value = (new ?? old), old?.1.text != new?.1.text || old == nil || new == nil else { return nil }
        let values = notebook.inlineValues
        let line = new.flatMap { $0.0 < values.count ? values[$0.0].position.line : nil } ?? 1
        let mismatch = Mismatch(
            "the inline value `\(value.1.expression)`", old.map { $0.1.text ?? "no value" } ?? "no such value",
            new.map { $0.1.text ?? "no value" } ?? "no such value: it was removed")
        return Difference(mismatch, cell: nil, in: notebook, line: line)
    }
}

private func cellMismatches(
    between recorded: CellRecord?, and found: Record, at index: Int, of cell: Cell, in notebook: Notebook, isExact: Bool
) -> [Mismatch] {
    let record = found.cells[index]
    guard let recorded else { return [Mismatch("", "no such cell", "a cell that was added")] }
    // A failure is told once, not with every cell that it kept from running.
    let failedBefore = found.cells[..<index].contains { $0.status == .failed }
    if failedBefore && record.status == .skipped { return [] }
    let tolerance = isExact ? .exact : cell.options.expect?.tolerance ?? .exact
    return mismatches(between: recorded, and: record, within: tolerance) {
        notebook.placed($0, of: cell).position.line
    }
}

private func removed(_ recorded: CellRecord?, at index: Int, in notebook: Notebook) -> Difference {
    // It stood where the cell now stands that has its place.
    let line = index < notebook.cells.count ? notebook.cells[index].codeLine : notebook.cells.last?.codeLine ?? 1
    let mismatch = Mismatch("", "a cell", "no such cell: it was removed")
    return Difference(mismatch, cell: recorded?.label ?? "cell \(index + 1)", in: notebook, line: line)
}

/// What it costs to take two records for those of one cell: less the surer that is.
private func cost(_ recorded: CellRecord, _ found: CellRecord) -> Int? {
    let sameOutput = recorded.displays == found.displays && recorded.diagnostics == found.diagnostics
    if recorded.label == found.label { return sameOutput ? 0 : recorded.label == nil ? 3 : 1 }
    // The label of another cell is no new name for this one.
    return sameOutput && !recorded.displays.isEmpty ? 2 : 4
}

private func notebookMismatches(
    between recorded: Record, and found: Record, in notebook: Notebook
) -> [Mismatch] {
    var mismatches: [Mismatch] = []
    if recorded.format != found.format {
        mismatches.append(Mismatch("the record's format", "\(recorded.format)", "\(found.format)"))
    }
    if recorded.edition != found.edition { mismatches.append(Mismatch("edition", recorded.edition, found.edition)) }
    let positions = notebook.frontMatter.parameters.map { ($0.name, $0.position.line) }
    let lines = Dictionary(positions, uniquingKeysWith: { first, _ in first })
    for name in Set(recorded.parameters.keys).union(found.parameters.keys).sorted()
    where recorded.parameters[name] != found.parameters[name] {
        mismatches.append(
            Mismatch(
                "parameter \(name)", recorded.parameters[name] ?? "none", found.parameters[name] ?? "none",
                line: lines[name]))
    }
    let digests = { (record: Record) in
        Dictionary(record.inputs.map { ($0.path, $0.sha256) }, uniquingKeysWith: { first, _ in first })
    }
    let (old, new) = (digests(recorded), digests(found))
    for path in Set(old.keys).union(new.keys).sorted() where old[path] != new[path] {
        let text = { (digest: String?) in digest.map { "SHA-256 \($0.prefix(12))…" } ?? "no such input" }
        mismatches.append(Mismatch("input \(path)", text(old[path]), text(new[path])))
    }
    return mismatches + outputMismatches(recorded.outputs ?? [], found.outputs ?? [], in: notebook)
}

/// How the files differ that a notebook wrote, each at the line that declares it.
private func outputMismatches(
    _ recorded: [Record.Output], _ found: [Record.Output], in notebook: Notebook
) -> [Mismatch] {
    let text = { (output: Record.Output?) in
        output.map { "\($0.bytes) bytes, SHA-256 \($0.sha256.prefix(12))…" } ?? "no such output"
    }
    let lines = Dictionary(
        notebook.declaredOutputs.map { ($0.name, $0.position.line) }, uniquingKeysWith: { first, _ in first })
    return Set((recorded + found).map(\.name)).sorted().compactMap { name in
        let (old, new) = (recorded.first { $0.name == name }, found.first { $0.name == name })
        return old == new ? nil : Mismatch("output \(name)", text(old), text(new), line: lines[name])
    }
}

extension Difference {
    /// - Parameter line: of the notebook with what it includes.
    fileprivate init(_ mismatch: Mismatch, cell: String?, in notebook: Notebook, line: Int) {
        (path, self.line) = notebook.place(ofLine: line)
        what = [cell ?? "", mismatch.what].filter { !$0.isEmpty }.joined(separator: ", ")
        recorded = mismatch.recorded
        found = mismatch.found
        distance = mismatch.distance
    }
}
