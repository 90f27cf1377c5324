/// A text file of one row a line, each row of as many fields as the others.
public struct DelimitedText: Sendable, Hashable {
    /// What stands between two fields.
    public enum Separator: Sendable, Hashable {
        /// One comma.
        case comma
        /// One tab.
        case tab
        /// One semicolon, as spreadsheets write where a comma stands before decimals.
        case semicolon
        /// Any number of blanks and tabs, also before the first field and after the last. No field is empty or quoted.
        case blanks

        /// The character, one blank for `.blanks`.
        package var character: String { String(decoding: [byte], as: UTF8.self) }

        var byte: UInt8 {
            switch self {
            case .comma: UInt8(ascii: ",")
            case .tab: UInt8(ascii: "\t")
            case .semicolon: UInt8(ascii: ";")
            case .blanks: UInt8(ascii: " ")
            }
        }
    }

    /// The file's path as it was given.
    public let path: String
    /// The first line's fields, where it is one of names.
    public let header: [String]?
    /// Each row's fields.
    public let rows: [[String]]
    /// The line of each row, counted from 1.
    public let lines: [Int]

    /// Reads the file at `path`, plain or gzip, in UTF-8, with or without a byte order mark.
    ///
    /// - Parameters:
    ///   - columns: How many fields a row must have; as many as the first where it is `nil`.
    ///   - hasHeader: Whether the first line names the columns.
    ///   - isQuoted: Whether fields may stand between quotation marks (RFC 4180); else these are characters like others.
    /// - Throws: `DataError` where the file cannot be read, is not UTF-8, has no rows, has an empty line before its last row,
    ///   a row of another number of fields, or a quotation mark without its partner.
    public init(
        contentsOf path: String, separator: Separator, columns: Int? = nil, hasHeader: Bool = false,
        isQuoted: Bool = true
    ) throws(DataError) {
        let fields = try DelimitedFields(
            try FileContent.text(of: path), path: path, separator: separator, columns: columns, isQuoted: isQuoted)
        let rows = (0..<fields.rowCount).map { row in (0..<fields.columnCount).map { fields.text(row, $0) } }
        self.path = path
        header = hasHeader ? rows.first : nil
        self.rows = Array(rows.dropFirst(hasHeader ? 1 : 0))
        lines = Array(fields.lines.dropFirst(hasHeader ? 1 : 0))
        guard !self.rows.isEmpty else { throw DataError(path, "there are no rows", cure: "fetch the file again") }
    }

    /// Every field as a decimal number: rows × columns.
    ///
    /// - Throws: `DataError` where a field is no finite decimal number, such as `nan`, `0x1p3` or nothing.
    public func numbers() throws(DataError) -> [[Double]] {
        var numbers: [[Double]] = []
        for (row, fields) in rows.enumerated() {
            var values: [Double] = []
            for (column, field) in fields.enumerated() {
                let isDecimal = field.utf8.allSatisfy { "0123456789+-.eE".utf8.contains($0) }
                guard isDecimal, let value = Double(field), value.isFinite else {
                    throw DataError(
                        path, at: .line(lines[row]), "field \(column + 1), \(quoted(field)), is no decimal number",
                        cure: "mend the field, or fetch the file again")
                }
                values.append(value)
            }
            numbers.append(values)
        }
        return numbers
    }
}
