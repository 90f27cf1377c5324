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
                    FigureData.columns[kind] != nil || FigureData.otherKinds.contains(kind),
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

    /// Marks whose numbers do not stand in columns beside their positions.
    private static let otherKinds: Set<String> = [
        "heatMap", "contours", "hexagons", "boxes", "histogram", "barLayer", "errorEllipse",
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
        func cells(_ rows: [String], _ columns: [String], _ name: String) -> [[String]] {
            zip(rows, mark[name]?.elements ?? []).flatMap { row, cells in
                zip(columns, cells.elements).map { [row, $0, $1.fieldText, "", ""] }
            }
        }
        switch kind {
        case "heatMap": return cells(texts("rows"), texts("columns"), "cells")
        case "contours":
            let heights = mark["heights"]?.elements ?? []
            func counted(_ elements: [JSONValue]) -> [String] { elements.indices.map { "\($0 + 1)" } }
            return cells(counted(heights), counted(heights.first?.elements ?? []), "heights")
        case "hexagons":
            return zip(zip(texts("y"), texts("x")), texts("counts")).map { [$0.0, $0.1, $1, "", ""] }
        case "boxes":
            return zip(texts("positions"), mark["samples"]?.elements ?? []).flatMap { position, samples in
                samples.elements.map { [label, position, $0.fieldText, "", ""] }
            }
        case "histogram":
            let sides = texts("edges")
            return zip(zip(sides, sides.dropFirst()), texts("counts")).map { [label, $0.0, $1, $0.0, $0.1] }
        case "barLayer":
            let ends = zip(mark["from"]?.elements ?? [], mark["to"]?.elements ?? [])
            return zip(texts("positions"), ends).map { position, ends in
                [label, position, JSONValue.difference(ends.1, ends.0), ends.0.fieldText, ends.1.fieldText]
            }
        case "errorEllipse":
            return ["meanX", "meanY", "varianceX", "covariance", "varianceY", "coverage"].map { name in
                [label, name, mark[name]?.fieldText ?? "", "", ""]
            }
        default: return columnRows(kind, label, texts)
        }
    }

    private func columnRows(_ kind: String, _ label: String, _ texts: (String) -> [String]) -> [[String]] {
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

    fileprivate static func difference(_ end: JSONValue, _ start: JSONValue) -> String {
        guard case .number(let to) = end, case .number(let from) = start else { return "" }
        return JSONValue.number(to - from).fieldText
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
