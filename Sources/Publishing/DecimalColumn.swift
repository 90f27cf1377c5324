/// A column of a table whose entries are numbers, to be set with their points below each other.
struct DecimalColumn {
    /// How many places behind the point each entry has; `nil` for an entry that is no number.
    private let places: [Int?]
    private let most: Int

    /// Whether an entry stands for a missing number.
    var hasGaps: Bool { places.contains { $0 == nil } }

    /// What stands in a column of numbers where there is none.
    private static let missing: Set<String> = ["", "–", "—", "-", "NA", "N/A", "n/a", "nan", "NaN", "∞", "−∞"]

    /// - Parameter entries: as text.
    /// - Returns: `nil` where an entry is neither a number nor stands for a missing one, or none is a number.
    init?(_ entries: [String]) {
        var places: [Int?] = []
        for entry in entries {
            let count = DecimalColumn.places(of: entry)
            guard count != nil || DecimalColumn.missing.contains(entry) else { return nil }
            places.append(count)
        }
        guard let most = places.compactMap(\.self).max() else { return nil }
        self.places = places
        self.most = most
    }

    /// What stands behind the entry in `row` in place of the digits that others have there: blanks as wide as a digit, and
    /// as a point.
    func padding(_ row: Int) -> String {
        guard let count = places[row], count < most else { return "" }
        return (count == 0 ? "\u{2008}" : "") + String(repeating: "\u{2007}", count: most - count)
    }

    /// Of a number such as `−1,234.50`; a sign, commas between thousands, a point.
    private static func places(of entry: String) -> Int? {
        let digits = entry.drop { "+-−±".contains($0) }
        guard entry.count - digits.count <= 1, digits.first?.isASCII == true, digits.contains(where: \.isNumber) else {
            return nil
        }
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts[0].allSatisfy({ $0.isASCII && $0.isNumber || $0 == "," }),
            parts.count == 1 || parts[1].allSatisfy({ $0.isASCII && $0.isNumber })
        else { return nil }
        return parts.count == 2 ? parts[1].count : 0
    }
}
