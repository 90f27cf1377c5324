// The one file that names all marks; none of them knows it.
extension Mark: Codable {
    /// The marks that a record can hold.
    private static let kinds: [any MarkContent.Type] = [
        Annotation.self, Band.self, BarLayer.self, Bars.self, Boxes.self, Contours.self, ErrorEllipse.self,
        HeatMap.self,
        Hexagons.self, Histogram.self, ImageGrid.self, Intervals.self, Line.self, PointLabels.self, Points.self,
        Rule.self,
    ]

    /// The name of a mark's kind; or where its data stand under that.
    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        static let data = Key(stringValue: "_0")

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// Reads a mark by the name of its kind.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        guard let name = container.allKeys.first, container.allKeys.count == 1,
            let kind = Mark.kinds.first(where: { $0.name == name.stringValue })
        else {
            let names = container.allKeys.map(\.stringValue).joined(separator: ", ")
            throw DecodingError.dataCorrupted(
                DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "no kind of mark: \(names)"))
        }
        let data = try container.nestedContainer(keyedBy: Key.self, forKey: name)
        func decoded<Content: MarkContent>(_ kind: Content.Type) throws -> Mark {
            Mark(try data.decode(kind, forKey: .data))
        }
        self = try decoded(kind)
    }

    /// Writes the name of the mark's kind, and its data under that.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        let name = Key(stringValue: type(of: content).name)
        var data = container.nestedContainer(keyedBy: Key.self, forKey: name)
        try data.encode(content, forKey: .data)
    }
}
