import Datasets
import LocalTime

/// Reads one column of a text: finds out what it holds, or reads it as what it is said to hold.
struct ColumnReader {
    let fields: DelimitedFields
    let column: Int
    let firstRow: Int
    /// Texts that stand for a missing value.
    let missing: [[UInt8]]

    /// How a text of `kind` is written, in words.
    private static let words: [Column.Kind: String] = [
        .number: "no decimal number", .integer: "no whole number, or too large a one", .truth: "neither true nor false",
        .date: "no date such as 2024-02-28", .time: "no time such as 2024-02-28T13:45", .text: "no text",
    ]

    /// - Throws: `DataError` at the first field that is none of `kind`.
    func read(as kind: Column.Kind, named name: String) throws(DataError) -> Column {
        var failed = 0
        guard let column = read(kind, isStrict: false, failed: &failed) else {
            throw fields.error(
                failed, self.column,
                "\(quoted(fields.text(failed, self.column))) in column “\(name)” is \(Self.words[kind] ?? "of another kind")",
                cure: "mend the field, or read the column as text")
        }
        return column
    }

    /// The column as what all of its fields are, tried from the narrowest on.
    func inferred() -> Column {
        var failed = firstRow
        for kind in [Column.Kind.integer, .number, .date, .time, .truth] where isLikely(kind) {
            if let column = read(kind, isStrict: true, failed: &failed) { return column }
        }
        return .texts(texts())
    }

    /// Whether the first fields that are there are of that kind, and whether there are any.
    private func isLikely(_ kind: Column.Kind) -> Bool {
        var seen = 0
        var row = firstRow
        while row < fields.rowCount, seen < 20 {
            var failed = 0
            var reader = self
            reader.sample = row
            guard let one = reader.read(kind, isStrict: true, failed: &failed) else { return false }
            if one.missingCount == 0 { seen += 1 }
            row += 1
        }
        return seen > 0
    }

    /// Only this row, where one is set.
    private var sample: Int?

    init(fields: DelimitedFields, column: Int, firstRow: Int, missing: [[UInt8]]) {
        self.fields = fields
        self.column = column
        self.firstRow = firstRow
        self.missing = missing
    }

    private func read(_ kind: Column.Kind, isStrict: Bool, failed: inout Int) -> Column? {
        switch kind {
        case .integer:
            values(&failed) { isStrict && DecimalNumber.losesDigits($0) ? nil : DecimalNumber.integer($0) }.map(
                Column.integers)
        case .number:
            values(&failed) { isStrict && DecimalNumber.losesDigits($0) ? nil : DecimalNumber.double($0) }.map(
                Column.numbers)
        case .truth: values(&failed, Self.truth).map(Column.truths)
        case .date: values(&failed) { LocalDate(utf8: $0) }.map(Column.dates)
        case .time:
            values(&failed) { text in LocalDateTime(utf8: text) ?? LocalDate(utf8: text).map { LocalDateTime($0) } }
                .map(Column.times)
        case .text: .texts(texts())
        }
    }

    /// Each field as `parse` reads it; `nil` at the first that it does not.
    @inline(__always)
    private func values<Element>(
        _ failed: inout Int, _ parse: (UnsafeBufferPointer<UInt8>) -> Element?
    ) -> [Element?]? {
        let rows = sample.map { $0..<$0 + 1 } ?? firstRow..<fields.rowCount
        var values: [Element?] = []
        values.reserveCapacity(rows.count)
        let failure = fields.bytes.withUnsafeBufferPointer { bytes -> Int? in
            for row in rows {
                let text = content(bytes, fields.range(row, column))
                if let value = parse(text) {
                    values.append(value)
                } else if isMissing(text) {
                    values.append(nil)
                } else {
                    return row
                }
            }
            return nil
        }
        if let failure { failed = failure }
        return failure == nil ? values : nil
    }

    /// Without quotation marks and blanks around it, which mean nothing beside a number.
    @inline(__always)
    private func content(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
        var (start, end) = (range.lowerBound, range.upperBound)
        if fields.isInQuotes(range) { (start, end) = (start + 1, end - 1) }
        while start < end, bytes[start] == 0x20 { start += 1 }
        while start < end, bytes[end - 1] == 0x20 { end -= 1 }
        return UnsafeBufferPointer(rebasing: bytes[start..<end])
    }

    /// Words for a missing value among numbers, dates and truths. Among texts they are texts: NA is Namibia.
    private static let missingWords: [[UInt8]] = ["NA", "N/A", "null", "NULL", "None"].map { Array($0.utf8) }

    private func isMissing(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        text.isEmpty || Self.missingWords.contains { $0.elementsEqual(text) }
            || missing.contains { $0.elementsEqual(text) }
    }

    private static func truth(_ text: UnsafeBufferPointer<UInt8>) -> Bool? {
        guard text.count == 4 || text.count == 5 else { return nil }
        switch String(decoding: text, as: UTF8.self) {
        case "true", "True", "TRUE": return true
        case "false", "False", "FALSE": return false
        default: return nil
        }
    }

    /// An empty field is a missing text; one between quotation marks is an empty text.
    private func texts() -> [String?] {
        (firstRow..<fields.rowCount).map { row in
            let range = fields.range(row, column)
            if range.isEmpty { return nil }
            let isQuoted = fields.isInQuotes(range)
            if !isQuoted, missing.contains(where: { $0.elementsEqual(fields.bytes[range]) }) { return nil }
            return fields.text(row, column)
        }
    }
}
