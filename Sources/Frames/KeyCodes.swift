/// The entries of columns as numbers: the same for rows that are the same in all of them, counted from 0 as they first appear.
struct KeyCodes {
    let codes: [Int]
    /// The first row of each code.
    let firstRows: [Int]

    /// - Precondition: there is a column.
    init(_ columns: [Column], rowCount: Int) {
        var codes = [Int](repeating: 0, count: rowCount)
        for column in columns {
            let next = column.codes
            var known: [Pair: Int] = [:]
            for row in codes.indices {
                let pair = Pair(first: codes[row], second: next[row])
                let code = known[pair] ?? known.count
                known[pair] = code
                codes[row] = code
            }
        }
        var firstRows: [Int] = []
        for (row, code) in codes.enumerated() where code == firstRows.count { firstRows.append(row) }
        self.codes = codes
        self.firstRows = firstRows
    }

    /// The rows of each code, in order.
    var members: [[Int]] {
        var members = [[Int]](repeating: [], count: firstRows.count)
        for (row, code) in codes.enumerated() { members[code].append(row) }
        return members
    }

    private struct Pair: Hashable {
        let first: Int
        let second: Int
    }
}

extension Column {
    /// A number for each row, the same for the same values; NaN is one value, missing another.
    fileprivate var codes: [Int] {
        func code<Element: Hashable>(_ values: [Element?]) -> [Int] {
            var known: [Element?: Int] = [:]
            return values.map { value in
                let code = known[value] ?? known.count
                known[value] = code
                return code
            }
        }
        return switch self {
        case .numbers(let values): code(values.map { $0.map { ($0.isNaN ? Double.nan : $0 + 0).bitPattern } })
        case .integers(let values): code(values)
        case .texts(let values): code(values)
        case .truths(let values): code(values)
        case .dates(let values): code(values)
        case .times(let values): code(values)
        }
    }
}
