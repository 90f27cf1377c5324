/// A data frame that a cell showed: columns with names and kinds, and their values.
public struct FrameContent: Codable, Hashable, Sendable {
    /// What a column holds.
    public enum Kind: String, Codable, Sendable { case number, integer, text, truth, date, time }

    /// One column.
    public struct Column: Codable, Hashable, Sendable {
        /// The column's name.
        public var name: String
        /// The kind of its values.
        public var kind: Kind
        /// The first values, each as the shortest text that reads back as it; `nil` is missing.
        public var values: [String?]
        /// What stands for the values behind those, where there are more.
        public var rest: Rest?

        /// A column whose first values are written out.
        public init(name: String, kind: Kind, values: [String?], rest: Rest? = nil) {
            self.name = name
            self.kind = kind
            self.values = values
            self.rest = rest
        }
    }

    /// Values that are not written out.
    public struct Rest: Codable, Hashable, Sendable {
        /// SHA-256 of all values of the column.
        public var sha256: String
        /// How many values of the column are missing.
        public var missing: Int
        /// The mean of the column's numbers, the least and the greatest; none of other kinds.
        public var numbers: [String]

        /// The values behind those that are written out, as their digest and what they amount to.
        public init(sha256: String, missing: Int, numbers: [String]) {
            self.sha256 = sha256
            self.missing = missing
            self.numbers = numbers
        }
    }

    /// How many rows are written out.
    public static let recordedRows = 1000

    /// The columns in order; all have the same number of values.
    public var columns: [Column]
    /// How many rows the frame has.
    public var rowCount: Int

    /// A frame of `rowCount` rows.
    public init(columns: [Column], rowCount: Int) {
        self.columns = columns
        self.rowCount = rowCount
    }

    /// - Throws: that columns are not as long as one another, or longer than the frame.
    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            columns: try members.decode([Column].self, forKey: .columns),
            rowCount: try members.decode(Int.self, forKey: .rowCount))
        let counts = Set(columns.map(\.values.count))
        try decoder.require(counts.count <= 1, "a frame's columns have one length")
        try decoder.require(counts.allSatisfy { $0 <= rowCount }, "a frame has the rows that are written out")
    }
}
