import Foundation

extension FrameContent {
    /// Up to 20 rows are shown; of more, the first ten.
    private var shownCount: Int { rowCount > 20 ? 10 : rowCount }

    /// The frame as a page shows it, its numbers in sensible digits, missing values as a dash.
    public var shown: TableContent {
        var table = table(rows: shownCount)
        if rowCount > table.rows.count {
            table.rows.append(columns.map { _ in "…" })
            table.caption = "The first \(table.rows.count - 1) of \(rowCount) rows"
        }
        return table
    }

    /// All rows that are written out, as `shown` words them.
    public var whole: TableContent { table(rows: rowCount) }

    private func table(rows: Int) -> TableContent {
        let count = min(rows, columns.first?.values.count ?? 0)
        let texts = columns.map { Self.words($0.values.prefix(count), $0.kind) }
        return TableContent(
            columns: columns.map(\.name), alignments: columns.map { $0.kind.alignment },
            rows: (0..<count).map { row in texts.map { $0[row] } })
    }

    private static func words(_ values: ArraySlice<String?>, _ kind: Kind) -> [String] {
        guard kind == .number else { return values.map { $0.map { kind == .integer ? signed($0) : $0 } ?? "–" } }
        let numbers = values.map { $0.flatMap(Double.init) }
        let style = NumberStyle(numbers.compactMap(\.self))
        return numbers.map { $0.map(style.text) ?? "–" }
    }
}

extension FrameContent.Kind {
    fileprivate var alignment: TableContent.Alignment {
        switch self {
        case .number, .integer: .trailing
        case .text, .truth, .date, .time: .leading
        }
    }
}

/// How the numbers of one column are written: with as many decimals as all need, and no more than five digits or so tell.
private struct NumberStyle {
    /// `nil` where the numbers are of too different sizes for one number of decimals.
    private let decimals: Int?

    init(_ numbers: [Double]) {
        let sizes = numbers.filter { $0.isFinite && $0 != 0 }.map(abs)
        guard let largest = sizes.max(), let least = sizes.min() else {
            decimals = 0
            return
        }
        let exponent = Int(String(format: "%.0e", largest).split(separator: "e")[1]) ?? 0
        let limit = max(0, min(12, 4 - exponent))
        let needed = (0...limit).first { places in sizes.allSatisfy { Self.isKept($0, places) } } ?? limit
        let isLost = Double(String(format: "%.\(needed)f", least)) == 0
        decimals = largest >= 1e12 || isLost ? nil : needed
    }

    private static func isKept(_ number: Double, _ places: Int) -> Bool {
        Double(String(format: "%.\(places)f", number)) == number
    }

    func text(_ number: Double) -> String {
        guard number.isFinite else { return number.isNaN ? "NaN" : number < 0 ? "−∞" : "∞" }
        return signed(decimals.map { String(format: "%.\($0)f", number) } ?? String(format: "%.5g", number))
    }
}

/// With a real minus sign.
private func signed(_ text: String) -> String { String(text.map { $0 == "-" ? "−" : $0 }) }
