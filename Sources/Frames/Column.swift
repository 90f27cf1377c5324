public import LocalTime

/// The values of a frame's column, all of one type; `nil` is a missing value.
public enum Column: Hashable, Sendable {
    case numbers([Double?])
    case integers([Int?])
    case texts([String?])
    case truths([Bool?])
    case dates([LocalDate?])
    case times([LocalDateTime?])

    /// What a column can hold.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case number, integer, text, truth, date, time
    }

    /// The kind of all its values.
    public var kind: Kind {
        switch self {
        case .numbers: .number
        case .integers: .integer
        case .texts: .text
        case .truths: .truth
        case .dates: .date
        case .times: .time
        }
    }

    /// The number of rows, missing values among them.
    public var count: Int {
        switch self {
        case .numbers(let values): values.count
        case .integers(let values): values.count
        case .texts(let values): values.count
        case .truths(let values): values.count
        case .dates(let values): values.count
        case .times(let values): values.count
        }
    }

    /// The value in a row.
    ///
    /// - Precondition: `row` is in 0 ..< ``count``.
    public subscript(row: Int) -> Value {
        switch self {
        case .numbers(let values): values[row].map(Value.number) ?? .missing
        case .integers(let values): values[row].map(Value.integer) ?? .missing
        case .texts(let values): values[row].map(Value.text) ?? .missing
        case .truths(let values): values[row].map(Value.truth) ?? .missing
        case .dates(let values): values[row].map(Value.date) ?? .missing
        case .times(let values): values[row].map(Value.time) ?? .missing
        }
    }

    /// Every value, in order.
    public var values: [Value] { (0..<count).map { self[$0] } }

    /// Numbers as they are drawn and reckoned with; a missing one is NaN.
    ///
    /// - Precondition: the column holds numbers or integers.
    public var doubles: [Double] {
        guard let numbers = Double.values(of: self) else {
            preconditionFailure("the column holds \(kind)s, not numbers")
        }
        return numbers.map { $0 ?? .nan }
    }

    /// The number of rows without a value.
    public var missingCount: Int { (0..<count).count { self[$0].isMissing } }

    /// A column of values of one Swift type.
    public init<Element: ColumnElement>(_ values: some Sequence<Element?>) { self = Element.column(Array(values)) }

    /// A column of values of one Swift type, none of which is missing.
    public init<Element: ColumnElement>(_ values: some Sequence<Element>) { self = Element.column(values.map { $0 }) }

    /// Numbers where some are numbers and some integers, texts where all are missing.
    ///
    /// - Precondition: all that are there are of one kind.
    public init(values: [Value]) {
        let present = Set(values.compactMap(\.kind))
        switch present {
        case []: self = .texts(values.map { _ in nil })
        case [.number], [.number, .integer]: self = .numbers(values.map(\.double))
        case [.integer]: self = .integers(values.map { if case .integer(let value) = $0 { value } else { nil } })
        case [.text]: self = .texts(values.map(\.string))
        case [.truth]: self = .truths(values.map { if case .truth(let value) = $0 { value } else { nil } })
        case [.date]: self = .dates(values.map { if case .date(let value) = $0 { value } else { nil } })
        case [.time]: self = .times(values.map { if case .time(let value) = $0 { value } else { nil } })
        default:
            let kinds = present.map { "\($0)s" }.sorted().joined(separator: " and ")
            preconditionFailure("a column holds values of one kind, not \(kinds)")
        }
    }

    /// The values at `rows`, in their order; `nil` makes a missing one.
    func gathered(_ rows: [Int?]) -> Column {
        func gather<Element>(_ values: [Element?]) -> [Element?] { rows.map { $0.flatMap { values[$0] } } }
        return switch self {
        case .numbers(let values): .numbers(gather(values))
        case .integers(let values): .integers(gather(values))
        case .texts(let values): .texts(gather(values))
        case .truths(let values): .truths(gather(values))
        case .dates(let values): .dates(gather(values))
        case .times(let values): .times(gather(values))
        }
    }
}

extension Column {
    /// Whether both hold the same values of the same kind. NaN is the same as NaN.
    public static func == (first: Column, second: Column) -> Bool {
        switch (first, second) {
        case (.numbers(let first), .numbers(let second)):
            first.count == second.count
                && zip(first, second).allSatisfy { $0 == $1 || ($0?.isNaN == true && $1?.isNaN == true) }
        case (.integers(let first), .integers(let second)): first == second
        case (.texts(let first), .texts(let second)): first == second
        case (.truths(let first), .truths(let second)): first == second
        case (.dates(let first), .dates(let second)): first == second
        case (.times(let first), .times(let second)): first == second
        default: false
        }
    }

    /// Hashes the values in order, so that columns that are equal hash alike.
    public func hash(into hasher: inout Hasher) { hasher.combine(values) }
}

extension Column: ExpressibleByArrayLiteral {
    /// A column of values of one kind; `nil` is a missing one: `["a", nil, "b"]`.
    public init(arrayLiteral elements: Value...) { self.init(values: elements) }
}

extension Value {
    var kind: Column.Kind? {
        switch self {
        case .number: .number
        case .integer: .integer
        case .text: .text
        case .truth: .truth
        case .date: .date
        case .time: .time
        case .missing: nil
        }
    }
}

/// A Swift type whose values make a column: `Double`, `Int`, `String`, `Bool`, `LocalDate`, `LocalDateTime`.
public protocol ColumnElement: Hashable, Sendable {
    static func column(_ values: [Self?]) -> Column
    /// The column's values in this type; `nil` where it holds another.
    static func values(of column: Column) -> [Self?]?
}

extension Double: ColumnElement {
    /// A column of numbers.
    public static func column(_ values: [Double?]) -> Column { .numbers(values) }
    /// Integers, too.
    public static func values(of column: Column) -> [Double?]? {
        switch column {
        case .numbers(let values): values
        case .integers(let values): values.map { $0.map(Double.init) }
        default: nil
        }
    }
}
extension Int: ColumnElement {
    /// A column of integers.
    public static func column(_ values: [Int?]) -> Column { .integers(values) }
    /// The column's integers; `nil` where it holds another kind.
    public static func values(of column: Column) -> [Int?]? {
        if case .integers(let values) = column { values } else { nil }
    }
}
extension String: ColumnElement {
    /// A column of texts.
    public static func column(_ values: [String?]) -> Column { .texts(values) }
    /// The column's texts; `nil` where it holds another kind.
    public static func values(of column: Column) -> [String?]? {
        if case .texts(let values) = column { values } else { nil }
    }
}
extension Bool: ColumnElement {
    /// A column of truth values.
    public static func column(_ values: [Bool?]) -> Column { .truths(values) }
    /// The column's truth values; `nil` where it holds another kind.
    public static func values(of column: Column) -> [Bool?]? {
        if case .truths(let values) = column { values } else { nil }
    }
}
extension LocalDate: ColumnElement {
    /// A column of dates.
    public static func column(_ values: [LocalDate?]) -> Column { .dates(values) }
    /// The column's dates; `nil` where it holds another kind.
    public static func values(of column: Column) -> [LocalDate?]? {
        if case .dates(let values) = column { values } else { nil }
    }
}
extension LocalDateTime: ColumnElement {
    /// A column of times.
    public static func column(_ values: [LocalDateTime?]) -> Column { .times(values) }
    /// The column's times; `nil` where it holds another kind.
    public static func values(of column: Column) -> [LocalDateTime?]? {
        if case .times(let values) = column { values } else { nil }
    }
}
