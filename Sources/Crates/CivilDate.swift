/// A day of the Gregorian calendar.
struct CivilDate: Hashable {
    let year: Int
    let month: Int
    let day: Int

    /// Source: Hinnant, chrono-Compatible Low-Level Date Algorithms (2021), civil_from_days.
    init(daysSince1970 days: Int) {
        // The era begins on 1 March of year 0, so that a leap day ends its year.
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let ofEra = shifted - era * 146_097
        let yearOfEra = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * ofYear + 2) / 153
        day = ofYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }
}

/// The moment that a crate bears in all its dates.
public struct CrateTime: Hashable, Sendable, CustomStringConvertible {
    public let secondsSince1970: Int

    public init(secondsSince1970: Int) { self.secondsSince1970 = secondsSince1970 }

    /// In ISO 8601, UTC: `2026-11-28T17:27:39+00:00`; some validators know no `Z`.
    public var description: String {
        let (days, rest) = secondsSince1970.quotientAndRemainder(dividingBy: 86_400)
        let date = CivilDate(daysSince1970: days)
        let parts = [date.year, date.month, date.day, rest / 3_600, rest / 60 % 60, rest % 60].map { part in
            part < 10 ? "0\(part)" : "\(part)"
        }
        return "\(parts[0])-\(parts[1])-\(parts[2])T\(parts[3]):\(parts[4]):\(parts[5])+00:00"
    }
}
