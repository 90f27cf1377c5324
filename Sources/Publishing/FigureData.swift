public import Wire

/// The numbers that a figure shows, as a table for others to compute with.
public struct FigureData {
    private let marks: [(chart: Int, kind: String, content: [String: JSONValue])]

    /// - Returns: `nil` where the figure shows no numbers, such as a grid of images.
    public init?(_ figure: FigureContent) {
        var marks: [(chart: Int, kind: String, content: [String: JSONValue])] = []
        for (index, chart) in (figure.data["charts"]?.elements ?? []).enumerated() {
            for mark in chart["marks"]?.elements ?? [] {
                guard case .object(let kinds) = mark, let (kind, value) = kinds.first,
                    FigureData.columns[kind] != nil || kind == "heatMap" || kind == "boxes",
                    case .object(let content)? = value["_0"]
                else { continue }
                marks.append((index + 1, kind, content))
            }
        }
        guard !marks.isEmpty else { return nil }
        self.marks = marks
    }

    /// Where a mark's positions and values stand, by its kind.
    private static let columns: [String: (position: String, value: String)] = [
        "line": ("x", "y"), "points": ("x", "y"), "band": ("x", ""), "bars": ("positions", "values"),
        "intervals": ("positions", "estimates"),
    ]

    private static let head = ["chart", "mark", "series", "position", "value", "lower", "upper"]

    /// Whether a file begins as those do that ``csv`` gives.
    public static func isOwn(_ content: [UInt8]) -> Bool { content.starts(with: head.joined(separator: ",").utf8) }

    /// Comma-separated values (RFC 4180): a row for each point, bar, interval, sample or field, in the order of the charts and
    /// their marks.
    public var csv: String {
        let lines =
            [FigureData.head]
            + marks.flatMap { mark in
                rows(mark.kind, mark.content).map { ["\(mark.chart)", mark.kind] + $0 }
            }
        return lines.map { $0.map(FigureData.quoted).joined(separator: ",") + "\r\n" }.joined()
    }

    /// Of one mark: series, position, value, lower and upper bound.
    private func rows(_ kind: String, _ mark: [String: JSONValue]) -> [[String]] {
        func texts(_ name: String) -> [String] { mark[name]?.entries.map(\.fieldText) ?? [] }
        let label = mark["label"]?.fieldText ?? ""
        if kind == "heatMap" {
            let (rows, columns) = (texts("rows"), texts("columns"))
            return zip(rows, mark["cells"]?.elements ?? []).flatMap { row, cells in
                zip(columns, cells.elements).map { [row, $0, $1.fieldText, "", ""] }
            }
        }
        if kind == "boxes" {
            return zip(texts("positions"), mark["samples"]?.elements ?? []).flatMap { position, samples in
                samples.elements.map { [label, position, $0.fieldText, "", ""] }
            }
        }
        guard let names = FigureData.columns[kind] else { return [] }
        let columns = [names.value, "lower", "upper"].map(texts)
        return texts(names.position).enumerated().map { index, position in
            [label, position] + columns.map { index < $0.count ? $0[index] : "" }
        }
    }

    private static func quoted(_ field: String) -> String {
        guard field.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return field }
        return "\"" + field.replacing("\"", with: "\"\"") + "\""
    }
}

extension JSONValue {
    fileprivate subscript(name: String) -> JSONValue? {
        if case .object(let members) = self { members[name] } else { nil }
    }

    fileprivate var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }

    /// The elements of a list, or of one in a case of an enumeration: `{"numbers": {"_0": […]}}`.
    fileprivate var entries: [JSONValue] {
        if case .object(let cases) = self { return cases.values.first?["_0"]?.elements ?? [] }
        return elements
    }

    fileprivate var fieldText: String {
        switch self {
        case .number(let value):
            let text = "\(value)"
            return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
        case .string(let text): return text
        case .bool(let value): return "\(value)"
        case .null, .array, .object: return ""
        }
    }
}
