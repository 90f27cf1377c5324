public import LocalTime

/// One entry of a frame.
///
/// Literals are values, so that conditions read as they are meant: `$0["mass"] > 4000 && $0["sex"] == "female"`. Sums,
/// products and so on of a missing value are missing.
public enum Value: Hashable, Sendable {
    case number(Double)
    case integer(Int)
    case text(String)
    case truth(Bool)
    case date(LocalDate)
    case time(LocalDateTime)
    case missing

    /// The number or integer as a `Double`.
    public var double: Double? {
        switch self {
        case .number(let value): value
        case .integer(let value): Double(value)
        default: nil
        }
    }

    /// The text; `nil` for any other value.
    public var string: String? { if case .text(let text) = self { text } else { nil } }

    /// Whether there is no value.
    public var isMissing: Bool { self == .missing }
}

extension Value {
    /// Whether both are there and equal. A number and an integer are equal where they are the same number; `nil` is a missing value.
    public static func == (first: Value, second: Value) -> Bool {
        switch (first, second) {
        case (.text(let first), .text(let second)): first == second
        case (.truth(let first), .truth(let second)): first == second
        case (.date(let first), .date(let second)): first == second
        case (.time(let first), .time(let second)): first == second
        case (.missing, .missing): true
        case (.integer(let first), .integer(let second)): first == second
        case (.number(let first), .number(let second)): first == second || (first.isNaN && second.isNaN)
        case (.integer(let integer), .number(let number)), (.number(let number), .integer(let integer)):
            Int(exactly: number) == integer
        default: false
        }
    }

    /// Hashes a number and an integer that are equal alike.
    public func hash(into hasher: inout Hasher) {
        switch self {
        case .integer(let value): hasher.combine(value)
        case .number(let value):
            if let integer = Int(exactly: value) {
                hasher.combine(integer)
            } else {
                hasher.combine(value.isNaN ? .nan : value)
            }
        case .text(let value): hasher.combine(value)
        case .truth(let value): hasher.combine(value)
        case .date(let value): hasher.combine(value)
        case .time(let value): hasher.combine(value)
        case .missing: hasher.combine(0 as UInt8)
        }
    }

    /// Whether both are there, of one kind, and the first comes before the second.
    public static func < (first: Value, second: Value) -> Bool {
        switch (first, second) {
        case (.integer(let first), .integer(let second)): return first < second
        case (.text(let first), .text(let second)): return first < second
        case (.date(let first), .date(let second)): return first < second
        case (.time(let first), .time(let second)): return first < second
        default:
            guard let first = first.double, let second = second.double else { return false }
            return first < second
        }
    }

    /// Whether `second` is less than `first`; never where one of them is missing.
    public static func > (first: Value, second: Value) -> Bool { second < first }
    /// Whether `first` is less than `second` or equal to it; never where one of them is missing.
    public static func <= (first: Value, second: Value) -> Bool {
        !first.isMissing && first == second || first < second
    }
    /// Whether `second` is less than `first` or equal to it; never where one of them is missing.
    public static func >= (first: Value, second: Value) -> Bool { second <= first }
}

// MARK: Arithmetic

extension Value {
    /// The sum: of two integers an integer, else a number; missing where one of them is.
    ///
    /// - Precondition: each is a number, an integer or missing.
    public static func + (first: Value, second: Value) -> Value { combine(first, second, +, +) }
    /// The difference: of two integers an integer, else a number; missing where one of them is.
    ///
    /// - Precondition: each is a number, an integer or missing.
    public static func - (first: Value, second: Value) -> Value { combine(first, second, -, -) }
    /// The product: of two integers an integer, else a number; missing where one of them is.
    ///
    /// - Precondition: each is a number, an integer or missing.
    public static func * (first: Value, second: Value) -> Value { combine(first, second, *, *) }
    /// The quotient as a number, also of integers: 1 / 2 is 0.5.
    public static func / (first: Value, second: Value) -> Value { combine(first, second, nil, /) }

    /// - Precondition: each is a number, an integer or missing.
    private static func combine(
        _ first: Value, _ second: Value, _ ofIntegers: ((Int, Int) -> Int)?, _ ofNumbers: (Double, Double) -> Double
    ) -> Value {
        if first.isMissing || second.isMissing { return .missing }
        if let ofIntegers, case .integer(let first) = first, case .integer(let second) = second {
            return .integer(ofIntegers(first, second))
        }
        guard let left = first.double, let right = second.double else {
            preconditionFailure("there is no arithmetic of \(first) and \(second)")
        }
        return .number(ofNumbers(left, right))
    }
}

extension Value: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByStringInterpolation, ExpressibleByNilLiteral
{
    /// A number.
    public init(floatLiteral value: Double) { self = .number(value) }
    /// An integer.
    public init(integerLiteral value: Int) { self = .integer(value) }
    /// A truth value.
    public init(booleanLiteral value: Bool) { self = .truth(value) }
    /// A text.
    public init(stringLiteral value: String) { self = .text(value) }
    /// A missing value.
    public init(nilLiteral: ()) { self = .missing }
}

extension Value: CustomStringConvertible {
    /// The value as Swift prints it: a date as `2026-01-31`, a missing value as `missing`.
    public var description: String {
        switch self {
        case .number(let value): "\(value)"
        case .integer(let value): "\(value)"
        case .text(let value): value
        case .truth(let value): "\(value)"
        case .date(let value): "\(value)"
        case .time(let value): "\(value)"
        case .missing: "missing"
        }
    }
}
