public import Notebook
import Wire

/// Why a record has no value at a place.
public struct RecordedValueError: Error, CustomStringConvertible, Sendable {
    /// The cause, and the cure.
    public let description: String
}

extension Record {
    /// What the record has at `path`, as readers see it.
    ///
    /// - Parameter path: of a claim, its id, where it has several findings the setting, and one of `verdict`, `effect`, `size` (the
    ///   effect without sign and unit), `interval`, `p`, `n`; of a table, the label of its cell, words that one row alone has in
    ///   its columns (none where there is one row), and the column; of printed text, the label of its cell and the words
    ///   before the number.
    /// - Throws: `RecordedValueError` where there is nothing, or more than one thing.
    public func words(at path: [String]) throws(RecordedValueError) -> String {
        let claims = cells.flatMap(\.claims)
        if let claim = claims.first(where: { $0.id == path.first }) {
            return try claim.words(at: Array(path.dropFirst()))
        }
        let displays = path.first.map { label in cells.filter { $0.label == label }.flatMap(\.displays) } ?? []
        let places = Array(path.dropFirst())
        let tables = displays.compactMap(\.table)
        if let name = path.first, !tables.isEmpty { return try words(in: tables, named: name, at: places) }
        if let name = path.first, displays.contains(where: { $0.printed != nil }) {
            return try number(printedBy: displays.compactMap(\.printed).joined(), of: name, at: places)
        }
        let known = claims.map(\.id) + cells.filter { $0.displays.contains(where: \.isQuotable) }.compactMap(\.label)
        throw .missing("claim, table or printed text", path.first ?? "", among: known)
    }

    /// The first number behind words that stand in one printed line, one after the other.
    private func number(
        printedBy text: String, of name: String, at path: [String]
    ) throws(RecordedValueError) -> String {
        guard !path.isEmpty else {
            throw RecordedValueError(description: "of `\(name)`, name the words before the number: `\(name) / WORDS`")
        }
        let rests = text.split(whereSeparator: \.isNewline).compactMap { line in
            path.reduce(line as Substring?) { rest, phrase in
                rest.flatMap { rest in rest.firstRange(of: phrase).map { rest[$0.upperBound...] } }
            }
        }
        let phrase = path.joined(separator: " / ")
        guard rests.count == 1 else {
            throw RecordedValueError(
                description: rests.isEmpty
                    ? "`\(name)` printed no line with `\(phrase)`"
                    : "`\(name)` printed \(rests.count) lines with `\(phrase)`: name more of the words before the number"
            )
        }
        // As cells print them: −0.25, 1.2e-07, 3.8×10².
        let number = /[-−+]?\d+(?:\.\d+)?(?:e[-+]?\d+|×10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?/
        guard let found = rests[0].firstMatch(of: number) else {
            throw RecordedValueError(description: "`\(name)` printed no number behind `\(phrase)`")
        }
        return String(found.output)
    }

    private func words(
        in tables: [TableContent], named name: String, at path: [String]
    ) throws(RecordedValueError) -> String {
        let isOneRow = tables.count == 1 && tables[0].rows.count == 1
        guard let column = path.last, path.count > 1 || isOneRow else {
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
        return Publishing.translated(row[index])
    }
}

extension Claim {
    /// What the claim has at `path`, from the setting or the field on.
    fileprivate func words(at path: [String]) throws(RecordedValueError) -> String {
        if path == ["verdict"] { return translated(verdict.rawValue) }
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
            ("verdict", translated(finding.verdict.rawValue)), ("effect", words.effect), ("size", words.size),
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
    /// The table that it is, of a frame all rows on record.
    fileprivate var table: TableContent? {
        switch self {
        case .table(let table): table
        case .frame(let frame): frame.whole
        default: nil
        }
    }

    fileprivate var printed: String? { if case .text(let text) = self { text } else { nil } }
    fileprivate var isQuotable: Bool { table != nil || printed != nil }
}

extension RecordedValueError {
    fileprivate static func missing(_ kind: String, _ name: String, among known: [String]) -> RecordedValueError {
        let near = nearestName(to: name, in: known).map { "did you mean `\($0)`?" }
        let all = known.map { "`\($0)`" }.joined(separator: ", ")
        let cure = near ?? (known.isEmpty ? "it has none" : "it has \(all)")
        return RecordedValueError(description: "the record has no \(kind) `\(name)`; \(cure)")
    }
}
