/// Where the fields of a text lie: rows of as many fields as one another, between separators (RFC 4180).
///
/// A field may stand between quotation marks; then it may hold separators, line ends, and quotation marks written twice. Lines end
/// with LF, CR LF or CR. Empty lines at the end are no rows, unless there is one column only.
package struct DelimitedFields: Sendable {
    package let path: String
    package let bytes: [UInt8]
    package let separator: DelimitedText.Separator
    package private(set) var columnCount = 0
    /// Where each row begins.
    private var rowStarts: [UInt32] = []
    /// Where each field ends, row by row.
    private var ends: [UInt32] = []
    private let isQuoted: Bool

    package var rowCount: Int { rowStarts.count }

    /// - Parameters:
    ///   - bytes: text in UTF-8 without a byte order mark, below 4 GB.
    ///   - columns: how many fields a row must have; as many as the first where it is `nil`.
    ///   - isQuoted: whether a quotation mark at a field's start begins a quoted field, or is a character like others.
    /// - Throws: `DataError` with line and column: a row of another number of fields, a quoted field without an end, or with more behind it.
    package init(
        _ bytes: [UInt8], path: String, separator: DelimitedText.Separator, columns: Int? = nil, isQuoted: Bool = true
    ) throws(DataError) {
        self.bytes = bytes
        self.path = path
        self.separator = separator
        self.isQuoted = isQuoted && separator != .blanks
        try split(columns)
    }

    private mutating func split(_ wanted: Int?) throws(DataError) {
        columnCount = wanted ?? 0
        ends.reserveCapacity(bytes.count / 6)
        let scan = FieldScan(separator: separator, isQuoted: isQuoted)
        var emptyLine: Int?
        var position = 0
        while position < bytes.count {
            let start = position
            let before = ends.count
            let fault = bytes.withUnsafeBufferPointer { scan.row(in: $0, from: &position, ends: &ends) }
            if let fault { throw error(at: fault.offset, fault.words, cure: fault.cure) }
            let count = ends.count - before
            if count == 0 || (count == 1 && isBlank(start..<Int(ends[before])) && columnCount != 1) {
                ends.removeLast(count)
                emptyLine = emptyLine ?? start
                continue
            }
            if let emptyLine { throw error(at: emptyLine, "the line is empty", cure: "take it out") }
            if columnCount == 0 { columnCount = count }
            guard count == columnCount else { throw otherCount(count, at: start, isOfFile: wanted == nil) }
            rowStarts.append(UInt32(start))
        }
    }

    private func isBlank(_ range: Range<Int>) -> Bool { bytes[range].allSatisfy { $0 == 0x20 || $0 == 0x09 } }

    private func otherCount(_ count: Int, at start: Int, isOfFile: Bool) -> DataError {
        var cure = "mend the line, or fetch the file again"
        if count > columnCount, separator == .comma {
            cure = "put a field that has a comma in it between quotation marks"
        }
        let fields = count == 1 ? "1 field" : "\(count) fields"
        return error(at: start, "the row has \(fields), not \(columnCount)", cure: cure)
    }

    /// The bytes of a field as they stand, with its quotation marks.
    @inline(__always)
    package func range(_ row: Int, _ column: Int) -> Range<Int> {
        let index = row * columnCount + column
        let end = Int(ends[index])
        var start = column == 0 ? Int(rowStarts[row]) : Int(ends[index - 1]) + 1
        if separator == .blanks { while start < end, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 } }
        return start..<end
    }

    /// What the field says, without quotation marks.
    package func text(_ row: Int, _ column: Int) -> String {
        let range = range(row, column)
        guard isInQuotes(range) else { return String(decoding: bytes[range], as: UTF8.self) }
        var content: [UInt8] = []
        var index = range.lowerBound + 1
        while index < range.upperBound - 1 {
            content.append(bytes[index])
            index += bytes[index] == 0x22 ? 2 : 1
        }
        return String(decoding: content, as: UTF8.self)
    }

    /// Whether the field stands between quotation marks.
    @inline(__always)
    package func isInQuotes(_ range: Range<Int>) -> Bool {
        isQuoted && !range.isEmpty && bytes[range.lowerBound] == 0x22
    }

    /// An error at a field.
    package func error(_ row: Int, _ column: Int, _ cause: String, cure: String) -> DataError {
        error(at: range(row, column).lowerBound, cause, cure: cure)
    }

    private func error(at offset: Int, _ cause: String, cure: String) -> DataError {
        let line = lineEnds(bytes[..<offset])
        let start = bytes[..<offset].lastIndex { $0 == 0x0A || $0 == 0x0D }.map { $0 + 1 } ?? 0
        let column = String(decoding: bytes[start..<offset], as: UTF8.self).count + 1
        return DataError(path, at: .position(line: line + 1, column: column), cause, cure: cure)
    }

    /// The line on which each row begins, counted from 1.
    package var lines: [Int] {
        var line = 1
        var position = 0
        return rowStarts.map { start in
            line += lineEnds(bytes[position..<Int(start)])
            position = Int(start)
            return line
        }
    }

    private func lineEnds(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.indices.count { index in
            bytes[index] == 0x0A
                || (bytes[index] == 0x0D && !(index + 1 < self.bytes.count && self.bytes[index + 1] == 0x0A))
        }
    }
}

/// What is wrong at a place of a row.
private struct FieldFault {
    let offset: Int
    let words: String
    let cure: String
}

/// Finds the ends of a row's fields.
private struct FieldScan {
    let separator: UInt8
    let isBlanks: Bool
    let isQuoted: Bool
    /// Which bytes end a field that has no quotation marks.
    private let endsField: [Bool]

    init(separator: DelimitedText.Separator, isQuoted: Bool) {
        self.separator = separator.byte
        isBlanks = separator == .blanks
        self.isQuoted = isQuoted
        var ends = [Bool](repeating: false, count: 256)
        for byte in [separator.byte, 0x0A, 0x0D] { ends[Int(byte)] = true }
        if separator == .blanks { ends[0x09] = true }
        endsField = ends
    }

    /// Appends the end of each field, and moves `position` behind the line's end.
    func row(in bytes: UnsafeBufferPointer<UInt8>, from position: inout Int, ends: inout [UInt32]) -> FieldFault? {
        endsField.withUnsafeBufferPointer { endsField in
            while true {
                if isBlanks {
                    while position < bytes.count, bytes[position] == 0x20 || bytes[position] == 0x09 { position += 1 }
                    if position == bytes.count || bytes[position] == 0x0A || bytes[position] == 0x0D { break }
                }
                if isQuoted, position < bytes.count, bytes[position] == 0x22 {
                    if let fault = skipQuoted(in: bytes, &position) { return fault }
                } else {
                    while position < bytes.count, !endsField[Int(bytes[position])] { position += 1 }
                }
                ends.append(UInt32(truncatingIfNeeded: position))
                guard position < bytes.count, bytes[position] != 0x0A, bytes[position] != 0x0D else { break }
                position += 1
            }
            if position < bytes.count {
                let isPair = bytes[position] == 0x0D && position + 1 < bytes.count && bytes[position + 1] == 0x0A
                position += isPair ? 2 : 1
            }
            return nil
        }
    }

    private func skipQuoted(in bytes: UnsafeBufferPointer<UInt8>, _ position: inout Int) -> FieldFault? {
        let start = position
        position += 1
        while true {
            while position < bytes.count, bytes[position] != 0x22 { position += 1 }
            guard position < bytes.count else {
                return FieldFault(
                    offset: start, words: "the quotation mark that begins here has no end",
                    cure: "write one at the field's end; a quotation mark within is written twice")
            }
            position += 1
            guard position < bytes.count, bytes[position] == 0x22 else { break }
            position += 1
        }
        guard position == bytes.count || [separator, 0x0A, 0x0D].contains(bytes[position]) else {
            return FieldFault(
                offset: position, words: "text follows the closing quotation mark",
                cure: "write a quotation mark within a field twice")
        }
        return nil
    }
}
