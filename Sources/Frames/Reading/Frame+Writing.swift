public import Datasets

extension Frame {
    /// The frame as text between separators, one line a row, that reads back as it is: numbers in the fewest digits that are read as
    /// the same number, missing values as nothing, fields between quotation marks where RFC 4180 asks for them.
    ///
    /// A text that looks like a number comes back as one unless `kinds` says that it is text.
    ///
    /// - Precondition: `separator` is not `.blanks`, which cannot part a missing value from its neighbours.
    public func text(separator: DelimitedText.Separator = .comma) -> String {
        precondition(separator != .blanks, "blanks cannot part a missing value from its neighbours")
        let mark = separator.character
        var text = names.map { quotedIfNeeded($0, mark) }.joined(separator: mark) + "\n"
        let columns = columns.map { column in (0..<rowCount).map { field(column[$0], mark) } }
        for row in 0..<rowCount {
            for (index, column) in columns.enumerated() {
                if index > 0 { text += mark }
                text += column[row]
            }
            text += "\n"
        }
        return text
    }

    /// Writes the frame to `path`, whole or not at all; `separator` as in reading.
    ///
    /// - Throws: `DataError` where the file cannot be written.
    public func write(to path: String, separator: DelimitedText.Separator? = nil) throws(DataError) {
        do throws(IDXError) {
            try StoredFile.write([Array(text(separator: separator ?? Self.separator(of: path)).utf8)], to: path)
        } catch {
            throw DataError(path, "\(error.cause)", cure: error.cure)
        }
    }

    private func field(_ value: Value, _ mark: String) -> String {
        switch value {
        case .missing: ""
        case .text(let text): quotedIfNeeded(text, mark)
        default: value.description
        }
    }

    /// A blank line is no row, and a byte order mark is no text.
    private func quotedIfNeeded(_ text: String, _ mark: String) -> String {
        let needs =
            text.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 } || text.utf8.starts(with: [0xEF, 0xBB, 0xBF])
            || text.utf8.contains { $0 == 0x22 || $0 == 0x0A || $0 == 0x0D || $0 == mark.utf8.first }
        return needs
            ? "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
            : text
    }
}
