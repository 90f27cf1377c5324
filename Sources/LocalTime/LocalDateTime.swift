/// A day and a time of day, without a time zone: what a clock on the wall says.
///
/// No reader's zone moves it, and no day has 23 or 25 hours. It is exact to the microsecond.
public struct LocalDateTime: Hashable, Sendable, Comparable {
    /// Microseconds since 1970-01-01T00:00, negative before it, with days of 86,400 seconds.
    public let microsecondsSince1970: Int

    static let microsecondsOfDay = 86_400_000_000

    /// - Precondition: hour is below 24, minute and second are below 60, microsecond below a million.
    public init(_ date: LocalDate, hour: Int = 0, minute: Int = 0, second: Int = 0, microsecond: Int = 0) {
        precondition(
            (0..<24).contains(hour) && (0..<60).contains(minute) && (0..<60).contains(second)
                && (0..<1_000_000).contains(microsecond), "no clock shows \(hour):\(minute):\(second)")
        microsecondsSince1970 =
            date.daysSince1970 * Self.microsecondsOfDay + ((hour * 60 + minute) * 60 + second) * 1_000_000 + microsecond
    }

    /// `nil` outside of the years 0 to 9999.
    public init?(microsecondsSince1970: Int) {
        guard LocalDate(daysSince1970: microsecondsSince1970.flooredQuotient(Self.microsecondsOfDay)) != nil else {
            return nil
        }
        self.microsecondsSince1970 = microsecondsSince1970
    }

    /// A time as ISO 8601 writes it, with `T` or a blank: `2024-02-28T13:45`, `2024-02-28 13:45:10.25`; `nil` where it is
    /// written otherwise, has a time zone, or more than six decimals.
    public init?(_ text: String) {
        var text = text
        guard let time = text.withUTF8({ LocalDateTime(utf8: $0) }) else { return nil }
        self = time
    }

    package init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count >= 16, let date = LocalDate(utf8: UnsafeBufferPointer(rebasing: bytes[..<10])),
            bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " "), bytes[13] == UInt8(ascii: ":"),
            let hour = digits(bytes, 11..<13), hour < 24, let minute = digits(bytes, 14..<16), minute < 60
        else { return nil }
        guard bytes.count > 16 else {
            self.init(date, hour: hour, minute: minute)
            return
        }
        guard bytes.count >= 19, bytes[16] == UInt8(ascii: ":"), let second = digits(bytes, 17..<19), second < 60 else {
            return nil
        }
        var microsecond = 0
        if bytes.count > 19 {
            let count = bytes.count - 20
            guard bytes[19] == UInt8(ascii: "."), (1...6).contains(count),
                let fraction = digits(bytes, 20..<bytes.count)
            else { return nil }
            microsecond = (count..<6).reduce(fraction) { value, _ in value * 10 }
        }
        self.init(date, hour: hour, minute: minute, second: second, microsecond: microsecond)
    }

    /// The day.
    public var date: LocalDate {
        guard let date = LocalDate(daysSince1970: microsecondsSince1970.flooredQuotient(Self.microsecondsOfDay)) else {
            preconditionFailure("a time is made from a date only")
        }
        return date
    }

    private var microsecondOfDay: Int { microsecondsSince1970.flooredRemainder(Self.microsecondsOfDay) }
    /// From 0 to 23.
    public var hour: Int { microsecondOfDay / 3_600_000_000 }
    /// From 0 to 59.
    public var minute: Int { microsecondOfDay / 60_000_000 % 60 }
    /// From 0 to 59.
    public var second: Int { microsecondOfDay / 1_000_000 % 60 }
    /// From 0 to 999,999.
    public var microsecond: Int { microsecondOfDay % 1_000_000 }

    /// Whether `first` is earlier.
    public static func < (first: LocalDateTime, second: LocalDateTime) -> Bool {
        first.microsecondsSince1970 < second.microsecondsSince1970
    }
}

extension LocalDateTime: CustomStringConvertible {
    /// As ISO 8601 writes it, with as many decimals of seconds as there are: `2024-02-28T13:45:00`.
    public var description: String {
        let time = "\(date)T\(padded(hour, 2)):\(padded(minute, 2)):\(padded(second, 2))"
        guard microsecond > 0 else { return time }
        var fraction = padded(microsecond, 6)
        while fraction.last == "0" { fraction.removeLast() }
        return "\(time).\(fraction)"
    }
}
