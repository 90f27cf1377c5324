/// A day of the calendar, without a time zone: what a diary says, the same day for every reader.
///
///     let day = LocalDate("2024-02-28")!
///     day.adding(days: 2)                      // 2024-03-01
///
/// The calendar is the Gregorian one, also before 1582, as ISO 8601 has it. Years are from 0 to 9999.
public struct LocalDate: Hashable, Sendable, Comparable {
    /// Days since 1970-01-01, negative before it.
    public let daysSince1970: Int

    static let allDays = -719_528...2_932_896

    /// The day so many days after 1970-01-01; `nil` outside of the years 0 to 9999.
    public init?(daysSince1970: Int) {
        guard Self.allDays.contains(daysSince1970) else { return nil }
        self.daysSince1970 = daysSince1970
    }

    /// A day by its numbers; `nil` where the calendar has no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard (0...9999).contains(year), (1...12).contains(month),
            (1...Self.length(ofMonth: month, in: year)).contains(day)
        else { return nil }
        daysSince1970 = Self.days(before: month, in: year) + day - 1
    }

    /// A day as ISO 8601 writes it, `2024-02-28`; `nil` where it is written otherwise.
    public init?(_ text: String) {
        var text = text
        guard let date = text.withUTF8({ LocalDate(utf8: $0) }) else { return nil }
        self = date
    }

    /// Ten bytes: `2024-02-28`.
    package init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = digits(bytes, 0..<4), let month = digits(bytes, 5..<7), let day = digits(bytes, 8..<10)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// Year, month from 1 and day from 1.
    public var parts: (year: Int, month: Int, day: Int) {
        // The first guess is at most one off: a year has at most 366 days and at least 365.
        var year = (daysSince1970 * 400).flooredQuotient(146_097) + 1970
        while Self.days(before: 1, in: year) > daysSince1970 { year -= 1 }
        while Self.days(before: 1, in: year + 1) <= daysSince1970 { year += 1 }
        var month = 1
        while month < 12, Self.days(before: month + 1, in: year) <= daysSince1970 { month += 1 }
        return (year, month, daysSince1970 - Self.days(before: month, in: year) + 1)
    }

    /// The year in the Gregorian calendar.
    public var year: Int { parts.year }
    /// From 1 to 12.
    public var month: Int { parts.month }
    /// From 1 to 31.
    public var day: Int { parts.day }
    /// From 1, Monday, to 7, Sunday.
    public var weekday: Int { (daysSince1970 + 3).flooredRemainder(7) + 1 }

    /// - Precondition: the result is in the years 0 to 9999.
    public func adding(days: Int) -> LocalDate {
        guard let date = LocalDate(daysSince1970: daysSince1970 + days) else {
            preconditionFailure("\(self) and \(days) days are outside of the years 0 to 9999")
        }
        return date
    }

    /// How many days `other` is before this.
    public func days(since other: LocalDate) -> Int { daysSince1970 - other.daysSince1970 }

    /// Whether `first` is an earlier day.
    public static func < (first: LocalDate, second: LocalDate) -> Bool { first.daysSince1970 < second.daysSince1970 }

    private static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    private static func length(ofMonth month: Int, in year: Int) -> Int {
        month == 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    /// Days from 1970-01-01 to the first day of the month.
    private static func days(before month: Int, in year: Int) -> Int {
        let before = year - 1
        let leapDays =
            before.flooredQuotient(4) - before.flooredQuotient(100) + before.flooredQuotient(400)
        let ofMonths = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334][month - 1]
        return 365 * year + leapDays + ofMonths + (month > 2 && isLeap(year) ? 1 : 0) - 719_527
    }
}

extension LocalDate: CustomStringConvertible {
    /// As ISO 8601 writes it.
    public var description: String {
        let (year, month, day) = parts
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }
}

/// A whole number in as many digits at least.
func padded(_ value: Int, _ count: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, count - text.count)) + text
}

/// The number that the digits at `range` are.
func digits(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int? {
    var value = 0
    for index in range {
        let digit = Int(bytes[index]) - 48
        guard (0...9).contains(digit) else { return nil }
        value = value * 10 + digit
    }
    return value
}

extension Int {
    func flooredQuotient(_ divisor: Int) -> Int { self >= 0 ? self / divisor : -((divisor - 1 - self) / divisor) }
    func flooredRemainder(_ divisor: Int) -> Int { self - flooredQuotient(divisor) * divisor }
}
