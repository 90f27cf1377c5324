public import Datasets

extension Frame {
    /// The largest file that is read, in bytes of uncompressed text.
    static let largestFile = 1 << 31

    /// Reads the file at `path`: values between separators, in UTF-8, plain or gzip, as RFC 4180 has it.
    ///
    /// Each column is read as what all its fields are: whole numbers, decimal numbers, dates (`2024-02-28`), times
    /// (`2024-02-28T13:45`, no zone), `true` and `false`, else texts. Numbers are the nearest `Double`. What a number would not
    /// keep stays text: a zero in front (`01234`) and more digits than an `Int` has.
    ///
    /// A field with nothing in it is missing; so are `NA`, `N/A`, `null` and `None` in columns that otherwise hold no text. `""` is an
    /// empty text. A quoted number is a number.
    ///
    /// - Parameters:
    ///   - separator: `nil`: a tab in files that end in `.tsv` or `.tab`, else a comma.
    ///   - hasHeader: Whether the first line names the columns; else they are `column 1`, `column 2` and so on.
    ///   - kinds: What columns are to be read as.
    ///   - missing: More texts that stand for a missing value, in every column.
    /// - Throws: `DataError` with file, line and column.
    public init(
        contentsOf path: String, separator: DelimitedText.Separator? = nil, hasHeader: Bool = true,
        kinds: [String: Column.Kind] = [:], missing: [String] = []
    ) throws(DataError) {
        let text = try FileContent.text(of: path, maximumCount: Self.largestFile)
        try self.init(
            text, path: path, separator: separator ?? Self.separator(of: path), hasHeader: hasHeader, kinds: kinds,
            missing: missing)
    }

    /// Reads a text as ``init(contentsOf:separator:hasHeader:kinds:missing:)`` reads a file; errors call it `text`.
    public init(
        text: String, separator: DelimitedText.Separator = .comma, hasHeader: Bool = true,
        kinds: [String: Column.Kind] = [:], missing: [String] = []
    ) throws(DataError) {
        try self.init(
            Array(text.utf8), path: "text", separator: separator, hasHeader: hasHeader, kinds: kinds, missing: missing)
    }

    static func separator(of path: String) -> DelimitedText.Separator {
        let name = path.hasSuffix(".gz") ? path.dropLast(3) : path[...]
        return name.hasSuffix(".tsv") || name.hasSuffix(".tab") ? .tab : .comma
    }

    private init(
        _ bytes: [UInt8], path: String, separator: DelimitedText.Separator, hasHeader: Bool,
        kinds: [String: Column.Kind], missing: [String]
    ) throws(DataError) {
        let fields = try DelimitedFields(bytes, path: path, separator: separator)
        guard fields.columnCount > 0 else {
            throw DataError(path, "there is nothing in it", cure: "give a file whose first line names the columns")
        }
        let names = try Self.names(in: fields, hasHeader: hasHeader)
        if let unknown = kinds.keys.sorted().first(where: { !names.contains($0) }) {
            throw DataError(
                path, at: .line(1), "there is no column “\(unknown)”", cure: "it has \(names.joined(separator: ", "))")
        }
        let missing = missing.map { Array($0.utf8) }
        var columns: [(name: String, column: Column)] = []
        for (index, name) in names.enumerated() {
            let reader = ColumnReader(fields: fields, column: index, firstRow: hasHeader ? 1 : 0, missing: missing)
            let kind = kinds[name]
            columns.append(
                (
                    name,
                    try kind.map { kind throws(DataError) in try reader.read(as: kind, named: name) }
                        ?? reader.inferred()
                ))
        }
        self.init(columns)
    }

    private static func names(in fields: DelimitedFields, hasHeader: Bool) throws(DataError) -> [String] {
        var names: [String] = []
        for column in 0..<fields.columnCount {
            let text = hasHeader ? fields.text(0, column) : ""
            let name = text.isEmpty ? "column \(column + 1)" : text
            guard !names.contains(name) else {
                throw fields.error(
                    0, column, "two columns are named “\(name)”",
                    cure: "give each a name of its own, or say hasHeader: false")
            }
            names.append(name)
        }
        return names
    }
}
