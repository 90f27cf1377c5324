/// Named columns of the same length: a table of data.
///
///     let birds = try Frame(contentsOf: "Data/penguins.csv")
///     birds.filter { $0["mass"] > 4000 }
///         .grouped(by: "species")
///         .summarise(["birds": .count, "mean mass": .mean("mass")])
///
/// A frame is a value: every function gives a new one. A column that does not exist ends the cell with the names of those that do.
public struct Frame: Hashable, Sendable {
    /// The names of the columns, each once.
    public let names: [String]
    let columns: [Column]
    /// How many rows there are.
    public let rowCount: Int

    /// A frame of columns, in the order in which they are written.
    ///
    ///     Frame(["species": ["Adelie", "Gentoo"], "mass": [3700, nil]])
    ///     Frame(["x": Column(xs), "y": Column(ys)])
    ///
    /// - Precondition: the columns are as long as one another, and no two have one name.
    public init(_ columns: KeyValuePairs<String, Column>) { self.init(columns.map { ($0.key, $0.value) }) }

    /// A frame of named columns, in their order.
    ///
    /// - Precondition: the columns are as long as one another, and no two have one name.
    public init(_ columns: [(name: String, column: Column)]) {
        names = columns.map(\.name)
        self.columns = columns.map(\.column)
        rowCount = columns.first?.column.count ?? 0
        for (name, column) in columns {
            precondition(
                column.count == rowCount,
                "columns differ in length: “\(name)” has \(column.count), “\(names[0])” has \(rowCount)")
        }
        precondition(Set(names).count == names.count, "two columns have one name: \(names.joined(separator: ", "))")
    }

    /// The column of that name.
    public subscript(name: String) -> Column { columns[index(of: name)] }

    /// The column's values in a Swift type: `birds["mass", Double.self]`.
    ///
    /// - Precondition: the column holds that type; integers are read as `Double`, too.
    public subscript<Element: ColumnElement>(name: String, type: Element.Type) -> [Element?] {
        guard let values = type.values(of: self[name]) else {
            preconditionFailure("column “\(name)” holds \(self[name].kind)s, not \(type)")
        }
        return values
    }

    /// The rows, from the first.
    public var rows: [Row] { (0..<rowCount).map { Row(frame: self, index: $0) } }

    /// One row of a frame.
    public struct Row: Sendable {
        let frame: Frame
        /// Its place in the frame, from 0.
        public let index: Int

        /// What stands in the column of that name.
        public subscript(name: String) -> Value { frame[name][index] }
    }

    func index(of name: String) -> Int {
        guard let index = names.firstIndex(of: name) else {
            preconditionFailure(
                "there is no column “\(name)”; there are \(names.map { "“\($0)”" }.joined(separator: ", "))")
        }
        return index
    }

    var named: [(name: String, column: Column)] { zip(names, columns).map { ($0, $1) } }

    func gathered(_ rows: [Int?]) -> Frame { Frame(named.map { ($0.name, $0.column.gathered(rows)) }) }
}

// MARK: Columns and rows

extension Frame {
    /// The columns of these names, in this order.
    public func select(_ names: String...) -> Frame { select(names) }

    /// The columns of these names, in this order.
    public func select(_ names: [String]) -> Frame { Frame(names.map { ($0, self[$0]) }) }

    /// All columns but these.
    public func dropping(_ names: String...) -> Frame {
        for name in names { _ = index(of: name) }
        return Frame(named.filter { !names.contains($0.name) })
    }

    /// The columns under new names: old name to new one.
    public func renaming(_ newNames: [String: String]) -> Frame {
        for name in newNames.keys.sorted() { _ = index(of: name) }
        return Frame(named.map { (newNames[$0.name] ?? $0.name, $0.column) })
    }

    /// With one more column, or another in the place of the one of that name.
    public func adding(_ name: String, _ column: Column) -> Frame {
        guard let place = names.firstIndex(of: name) else { return Frame(named + [(name, column)]) }
        var columns = named
        columns[place] = (name, column)
        return Frame(columns)
    }

    /// With one more column, reckoned row by row: `adding("ratio") { $0["length"] / $0["depth"] }`.
    public func adding(_ name: String, _ value: (Row) throws -> Value) rethrows -> Frame {
        adding(name, Column(values: try rows.map(value)))
    }

    /// The rows for which `isIncluded` holds. A comparison with a missing value does not.
    public func filter(_ isIncluded: (Row) throws -> Bool) rethrows -> Frame {
        gathered(try rows.filter(isIncluded).map(\.index))
    }

    /// The first rows, at most `count`.
    public func prefix(_ count: Int) -> Frame { gathered(Array(0..<min(max(0, count), rowCount))) }

    /// The last rows, at most `count`.
    public func suffix(_ count: Int) -> Frame { gathered(Array(max(0, rowCount - max(0, count))..<rowCount)) }

    /// The rows of this frame, then those of `other`, which has the same columns.
    ///
    /// - Precondition: names and kinds are the same; integers and numbers make numbers.
    public func appending(_ other: Frame) -> Frame {
        precondition(Set(names) == Set(other.names), "the frames have other columns: \(names), \(other.names)")
        return Frame(names.map { ($0, self[$0].appending(other[$0])) })
    }

    /// The rows without any missing value in the columns named, or in any where none is.
    public func droppingMissing(_ names: String...) -> Frame {
        let wanted = (names.isEmpty ? self.names : names).map { self[$0] }
        return gathered((0..<rowCount).filter { row in wanted.allSatisfy { !$0[row].isMissing } })
    }
}

extension Column {
    func appending(_ other: Column) -> Column {
        switch (self, other) {
        case (.numbers(let first), .numbers(let second)): .numbers(first + second)
        case (.integers(let first), .integers(let second)): .integers(first + second)
        case (.texts(let first), .texts(let second)): .texts(first + second)
        default: Column(values: values + other.values)
        }
    }
}
