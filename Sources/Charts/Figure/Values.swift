public import LocalTime

/// What can be given as the positions of a mark: numbers of any type, or names, which make a scale of categories.
///
/// ```swift
/// Line(x: [1, 2, 3], y: [0.9, 0.5, 0.4])
/// Bars(x: ["teacher", "student"], y: [0.98, 0.95])
/// ```
public protocol Plottable {
    /// The elements of a sequence as positions.
    static func positions(_ elements: [Self]) -> Positions
}

/// Positions along one axis: numbers, or the names of categories.
///
/// ```swift
/// Positions.numbers([1, 2, 4])
/// Positions.names(["plain", "distilled"])
/// ```
public enum Positions: Codable, Hashable, Sendable {
    /// Numbers in the units of the axis; one that is not finite is a gap.
    case numbers(Exact<[Double]>)
    /// Seconds since 1970-01-01T00:00, on an axis of days and times.
    case times(Exact<[Double]>)
    /// Names of categories, drawn in the order in which they first appear.
    case names([String])

    /// How many there are.
    public var count: Int {
        switch self {
        case .numbers(let numbers): numbers.wrappedValue.count
        case .times(let seconds): seconds.wrappedValue.count
        case .names(let names): names.count
        }
    }

    init(_ elements: some Sequence<some Plottable>) {
        self = Self.make(Array(elements))
    }

    private static func make<Element: Plottable>(_ elements: [Element]) -> Positions { Element.positions(elements) }

    /// 1, 2, 3, …
    static func counting(to count: Int) -> Positions { .numbers(Exact((0..<count).map { Double($0 + 1) })) }

    /// Whether there is a finite number, or a name, at `index`.
    func isKnown(at index: Int) -> Bool {
        switch self {
        case .numbers(let numbers), .times(let numbers): numbers.wrappedValue[index].isFinite
        case .names: true
        }
    }

    /// The number or name at `index`, in words.
    func text(at index: Int) -> String {
        switch self {
        case .numbers(let numbers): NumberText.plain(numbers.wrappedValue[index])
        case .times(let seconds): TimeText.whole(seconds.wrappedValue[index])
        case .names(let names): names[index]
        }
    }
}

/// A number that can be given as the height of a mark: any of the standard library's.
public protocol PlottableNumber: Plottable {
    /// The number as it is drawn.
    var plotted: Double { get }
}

extension PlottableNumber {
    /// The numbers as `Double`s.
    public static func positions(_ elements: [Self]) -> Positions { .numbers(Exact(elements.map(\.plotted))) }
}

extension PlottableNumber where Self: BinaryInteger {
    /// The nearest `Double`.
    public var plotted: Double { Double(self) }
}

extension PlottableNumber where Self: BinaryFloatingPoint {
    /// The nearest `Double`.
    public var plotted: Double { Double(self) }
}

extension Double: PlottableNumber {}
extension Float: PlottableNumber {}
extension Int: PlottableNumber {}
extension Int32: PlottableNumber {}
extension Int64: PlottableNumber {}
extension UInt8: PlottableNumber {}
extension UInt32: PlottableNumber {}
extension UInt64: PlottableNumber {}

extension String: Plottable {
    /// The strings as names of categories.
    public static func positions(_ elements: [String]) -> Positions { .names(elements) }
}

extension LocalDate: Plottable {
    /// The days on an axis of days.
    public static func positions(_ elements: [LocalDate]) -> Positions {
        .times(Exact(elements.map { Double($0.daysSince1970) * 86_400 }))
    }
}

extension LocalDateTime: Plottable {
    /// The times on an axis of days and times.
    public static func positions(_ elements: [LocalDateTime]) -> Positions {
        .times(Exact(elements.map { Double($0.microsecondsSince1970) / 1e6 }))
    }
}

/// Converts the numbers of a mark.
func doubles(_ elements: some Sequence<some PlottableNumber>) -> [Double] { elements.map(\.plotted) }
