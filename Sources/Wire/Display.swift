/// One thing a cell put on its page, in the order it did so.
public enum Display: Hashable, Sendable {
    /// What was printed, to standard output or standard error.
    case text(String)
    /// The value of the cell's last expression, as text.
    case value(String)
    case table(TableContent)
    /// A data frame, with the kinds and exact values of its columns.
    case frame(FrameContent)
    case figure(FigureContent)
    /// What became of one of the book's claims.
    case claim(Claim)
    /// Markup that stands on the page as it is.
    case html(String)
}

/// A table: a header, rows of text, and how each column is aligned.
public struct TableContent: Codable, Hashable, Sendable {
    /// The side that a column's entries are set flush to.
    public enum Alignment: String, Codable, Sendable { case leading, trailing }

    /// The words above the table; `nil` where there are none.
    public var caption: String?
    /// The header, an entry a column.
    public var columns: [String]
    /// The alignment of each column.
    public var alignments: [Alignment]
    /// Each row has as many cells as there are columns.
    public var rows: [[String]]

    /// A table; each row and `alignments` have an entry for each column.
    public init(caption: String? = nil, columns: [String], alignments: [Alignment], rows: [[String]]) {
        self.caption = caption
        self.columns = columns
        self.alignments = alignments
        self.rows = rows
    }
}

/// A figure: its description as data, and the two pictures drawn from it.
public struct FigureContent: Codable, Hashable, Sendable {
    /// The figure as data: series, axes, labels. It can be drawn again from this.
    public var data: JSONValue
    /// The figure in words, for those who do not see it.
    public var alternativeText: String
    /// Width on the page, in CSS pixels.
    public var width: Int
    /// Height on the page, in CSS pixels.
    public var height: Int
    /// SHA-256 of the picture drawn for a light page: of its decoded pixels, their number and its words, so that it does
    /// not depend on how the PNG file was compressed. The file's name beside the page is this and `.png`.
    public var light: String
    /// SHA-256 of the picture drawn for a dark page, likewise.
    public var dark: String

    /// A figure whose two pictures are drawn already.
    public init(
        data: JSONValue, alternativeText: String, width: Int, height: Int, light: String, dark: String
    ) {
        self.data = data
        self.alternativeText = alternativeText
        self.width = width
        self.height = height
        self.light = light
        self.dark = dark
    }
}

extension TableContent {
    /// - Throws: that there is not one alignment, and in each row one cell, for each column.
    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            caption: try members.decodeIfPresent(String.self, forKey: .caption),
            columns: try members.decode([String].self, forKey: .columns),
            alignments: try members.decode([Alignment].self, forKey: .alignments),
            rows: try members.decode([[String]].self, forKey: .rows))
        try decoder.require(alignments.count == columns.count, "a table has an alignment for each column")
        try decoder.require(rows.allSatisfy { $0.count == columns.count }, "a table's rows have its columns")
    }
}

extension FigureContent {
    /// The width or height that a figure may have, in CSS pixels.
    static let extents = 1...100_000

    /// - Throws: that it has no size that a page could show, or that its pictures have no names.
    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            data: try members.decode(JSONValue.self, forKey: .data),
            alternativeText: try members.decode(String.self, forKey: .alternativeText),
            width: try members.decode(Int.self, forKey: .width), height: try members.decode(Int.self, forKey: .height),
            light: try members.decode(String.self, forKey: .light), dark: try members.decode(String.self, forKey: .dark)
        )
        try decoder.require([width, height].allSatisfy(FigureContent.extents.contains), "a figure has a size")
        let digits = "0123456789abcdef"
        try decoder.require(
            [light, dark].allSatisfy { !$0.isEmpty && $0.allSatisfy(digits.contains) }, "a picture has a digest")
    }
}

/// One member, named by the kind: `{"text": "…"}`, `{"table": {…}}`.
extension Display: Codable {
    private enum Kind: String, CodingKey { case text, value, table, frame, figure, claim, html }

    /// Reads one member, whose name is the kind.
    ///
    /// - Throws: `DecodingError` for another kind or a value that cannot be.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Kind.self)
        switch container.allKeys.first {
        case .text: self = .text(try container.decode(String.self, forKey: .text))
        case .value: self = .value(try container.decode(String.self, forKey: .value))
        case .table: self = .table(try container.decode(TableContent.self, forKey: .table))
        case .frame: self = .frame(try container.decode(FrameContent.self, forKey: .frame))
        case .figure: self = .figure(try container.decode(FigureContent.self, forKey: .figure))
        case .claim: self = .claim(try container.decode(Claim.self, forKey: .claim))
        case .html: self = .html(try container.decode(String.self, forKey: .html))
        case nil:
            throw DecodingError.dataCorrupted(
                DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "no kind of display"))
        }
    }

    /// Writes one member, whose name is the kind.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Kind.self)
        switch self {
        case .text(let text): try container.encode(text, forKey: .text)
        case .value(let text): try container.encode(text, forKey: .value)
        case .table(let content): try container.encode(content, forKey: .table)
        case .frame(let content): try container.encode(content, forKey: .frame)
        case .figure(let content): try container.encode(content, forKey: .figure)
        case .claim(let claim): try container.encode(claim, forKey: .claim)
        case .html(let markup): try container.encode(markup, forKey: .html)
        }
    }
}
