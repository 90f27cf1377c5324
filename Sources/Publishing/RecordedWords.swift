public import Notebook
import Wire

/// Why a record has no value at a place.
public struct RecordedValueError: Error, CustomStringConvertible, Sendable {
    public let description: String
}

extension Record {
    /// What the record has at `path`, as readers see it.
    ///
    /// - Parameter path: of a claim, its id, where it has several findings the setting, and one of `verdict`, `effect`, `size` (the
    ///   effect without sign and unit), `interval`, `p`, `n`; of a table, the label of its cell, words that one row alone has in
    ///   its columns, and the column.
    /// - Throws: `RecordedValueError` where there is nothing, or more than one thing.
    public func words(at path: [String]) throws(RecordedValueError) -> String {
        let claims = cells.flatMap(\.claims)
        if let claim = claims.first(where: { $0.id == path.first }) {
            return try claim.words(at: Array(path.dropFirst()))
        }
        let tables = cells.filter { $0.label == path.first }.flatMap(\.displays).compactMap { display in
            if case .table(let table) = display { table } else { nil }
        }
        guard let first = path.first, !tables.isEmpty else {
            let known = claims.map(\.id) + cells.filter { $0.displays.contains(where: \.isTable) }.compactMap(\.label)
            throw .missing("claim or table", path.first ?? "", among: known)
        }
        return try words(in: tables, named: first, at: Array(path.dropFirst()))
    }

    private func words(
        in tables: [TableContent], named name: String, at path: [String]
    ) throws(RecordedValueError) -> String {
        guard path.count > 1, let column = path.last else {
            throw RecordedValueError(description: "of `\(name)`, name a row and a column: `\(name) / ROW / COLUMN`")
        }
        let withColumn = tables.filter { $0.columns.contains(column) }
        guard !withColumn.isEmpty else { throw .missing("column", column, among: tables.flatMap(\.columns)) }
        let keys = path.dropLast()
        let rows = withColumn.flatMap { table in
            table.rows.filter { row in keys.allSatisfy(row.contains) }.map { (table, $0) }
        }
        guard rows.count == 1, let (table, row) = rows.first, let index = table.columns.firstIndex(of: column),
            row.indices.contains(index)
        else {
            let words = keys.map { "`\($0)`" }.joined(separator: " and ")
            throw RecordedValueError(
                description: rows.isEmpty
                    ? "`\(name)` has no row with \(words)"
                    : "`\(name)` has \(rows.count) rows with \(words): name more of what is in the row")
        }
        return row[index]
    }
}

extension Claim {
    /// What the claim has at `path`, from the setting or the field on.
    fileprivate func words(at path: [String]) throws(RecordedValueError) -> String {
        if path == ["verdict"] { return verdict.rawValue }
        let field = path.last ?? ""
        let setting = path.dropLast().joined(separator: " / ")
        guard
            let finding = path.count == 1 && findings.count == 1
                ? findings[0] : findings.first(where: { $0.setting == setting })
        else {
            throw .missing("setting of \(id)", setting, among: findings.map(\.setting))
        }
        let words = FindingWords(finding)
        let fields: [(name: String, words: String?)] = [
            ("verdict", finding.verdict.rawValue), ("effect", words.effect), ("size", words.size),
            ("interval", words.interval), ("p", words.p), ("n", words.n),
        ]
        let known = fields.compactMap { field in field.words.map { (field.name, $0) } }
        guard let found = known.first(where: { $0.0 == field }) else {
            throw .missing("number of \(id)", field, among: known.map(\.0))
        }
        return found.1
    }
}

extension Display {
    fileprivate var isTable: Bool { if case .table = self { true } else { false } }
}

extension RecordedValueError {
    fileprivate static func missing(_ kind: String, _ name: String, among known: [String]) -> RecordedValueError {
        let near = nearestName(to: name, in: known).map { "did you mean `\($0)`?" }
        let all = known.map { "`\($0)`" }.joined(separator: ", ")
        let cure = near ?? (known.isEmpty ? "it has none" : "it has \(all)")
        return RecordedValueError(description: "the record has no \(kind) `\(name)`; \(cure)")
    }
}
