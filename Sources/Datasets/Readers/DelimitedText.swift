/// A text file of one row a line, each row of as many fields as the others.
public struct DelimitedText: Sendable, Hashable {
    /// What stands between two fields.
    public enum Separator: Sendable, Hashable {
        /// One tab; fields may be empty and hold blanks.
        case tab
        /// One comma; fields may be empty. Quotation marks are refused, as their meaning differs from file to file.
        case comma
        /// Any number of blanks and tabs, also before the first field and after the last.
        case blanks
    }

    /// The file's path as it was given.
    public let path: String
    /// The first line's fields, where it is one of names.
    public let header: [String]?
    /// Each row's fields.
    public let rows: [[String]]
    /// The line of each row, counted from 1.
    public let lines: [Int]

    /// Reads the file at `path`, plain or gzip, in UTF-8.
    ///
    /// - Parameters:
    ///   - columns: How many fields a row must have; as many as the first where it is `nil`.
    ///   - hasHeader: Whether the first line names the columns.
    /// - Throws: `DataError` where the file cannot be read, is not UTF-8, has no rows, has an empty line before its last row,
    ///   or a row of another number of fields.
    public init(
        contentsOf path: String, separator: Separator, columns: Int? = nil, hasHeader: Bool = false
    ) throws(DataError) {
        var texts = try FileContent.lines(of: path)
        // Lines without a field at the end are no rows; some sets have one.
        while let last = texts.last, last.allSatisfy({ $0 == " " || $0 == "\t" }) { texts.removeLast() }
        var rows: [[String]] = []
        var wanted = columns
        for (index, text) in texts.enumerated() {
            let fields = try Self.fields(of: text, separator, path: path, line: index + 1)
            let count = wanted ?? fields.count
            guard fields.count == count, !fields.isEmpty else {
                throw DataError(
                    path, at: .line(index + 1), "the row has \(fields.count) fields, not \(count)",
                    cure: "mend the line, or fetch the file again")
            }
            wanted = count
            rows.append(fields)
        }
        self.path = path
        header = hasHeader ? rows.first : nil
        self.rows = Array(rows.dropFirst(hasHeader ? 1 : 0))
        lines = self.rows.indices.map { $0 + (hasHeader ? 2 : 1) }
        guard !self.rows.isEmpty else { throw DataError(path, "there are no rows", cure: "fetch the file again") }
    }

    private static func fields(
        of text: Substring, _ separator: Separator, path: String, line: Int
    ) throws(DataError) -> [String] {
        switch separator {
        case .tab: return text.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        case .blanks: return text.split { $0 == " " || $0 == "\t" }.map(String.init)
        case .comma:
            guard !text.contains("\"") else {
                throw DataError(
                    path, at: .line(line), "quotation marks stand between commas", cure: "separate the fields by tabs")
            }
            return text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
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
