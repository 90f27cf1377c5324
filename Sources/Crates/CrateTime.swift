internal import LocalTime

/// The moment that a crate bears in all its dates.
public struct CrateTime: Hashable, Sendable, CustomStringConvertible {
    /// The moment in whole seconds since the beginning of 1970, in UTC.
    public let secondsSince1970: Int

    /// - Parameter seconds: since 1970, in UTC; moments outside of the years 0 to 9999 become the nearest in them.
    public init(secondsSince1970 seconds: Int) {
        let (first, last) = (-62_167_219_200, 253_402_300_799)
        secondsSince1970 = min(max(seconds, first), last)
    }

    /// In ISO 8601, UTC: `2026-11-28T17:27:39+00:00`; some validators know no `Z`.
    public var description: String {
        guard let time = LocalDateTime(microsecondsSince1970: secondsSince1970 * 1_000_000) else {
            preconditionFailure("the calendar has all years from 0 to 9999")
        }
        return "\(time)+00:00"
    }
}
