/// A column to sort by, and which way. A name alone is ascending.
public struct SortKey: Sendable, Hashable, ExpressibleByStringLiteral {
    let name: String
    let isDescending: Bool

    /// The least value of the column first.
    public static func ascending(_ name: String) -> SortKey { SortKey(name: name, isDescending: false) }
    /// The greatest value of the column first.
    public static func descending(_ name: String) -> SortKey { SortKey(name: name, isDescending: true) }

    init(name: String, isDescending: Bool) {
        self.name = name
        self.isDescending = isDescending
    }

    /// The least value of the column named `name` first.
    public init(stringLiteral name: String) { self.init(name: name, isDescending: false) }
}

extension Frame {
    /// The rows in order of the first key, where that is the same of the second, and so on: `sorted(by: "species", .descending("mass"))`.
    ///
    /// Rows that are the same in all keys stay in their order. NaN comes after all numbers, and missing values come last, both
    /// also where the key is descending. Texts are in the order of Unicode.
    public func sorted(by keys: SortKey...) -> Frame {
        var order = Array(0..<rowCount)
        // From the last key on: each pass keeps what the ones before put in order.
        for key in keys.reversed() { order = self[key.name].order(order, isDescending: key.isDescending) }
        return gathered(order)
    }
}

extension Column {
    /// `rows` in the order of their values.
    fileprivate func order(_ rows: [Int], isDescending: Bool) -> [Int] {
        func sort<Element: Comparable>(_ values: [Element?]) -> [Int] {
            // NaN is the only value that is not itself.
            let sortable = rows.filter { row in values[row].map { $0 == $0 } ?? false }
            let odd = rows.filter { row in values[row].map { $0 != $0 } ?? false }
            let places = sortable.enumerated().sorted { first, second in
                guard let one = values[first.element], let other = values[second.element], one != other else {
                    return first.offset < second.offset
                }
                return isDescending ? other < one : one < other
            }
            return places.map(\.element) + odd + rows.filter { values[$0] == nil }
        }
        return switch self {
        case .numbers(let values): sort(values)
        case .integers(let values): sort(values)
        case .texts(let values): sort(values)
        case .truths(let values): sort(values.map { $0.map { $0 ? 1 : 0 } })
        case .dates(let values): sort(values)
        case .times(let values): sort(values)
        }
    }
}
