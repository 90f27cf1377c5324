import LocalTime

/// Days and times as text.
enum TimeText {
    static func time(_ seconds: Double) -> LocalDateTime? {
        guard abs(seconds) < 1e12 else { return nil }
        return LocalDateTime(microsecondsSince1970: Int((seconds * 1e6).rounded()))
    }

    /// The day, and the time where it is not midnight.
    static func whole(_ seconds: Double) -> String {
        guard let time = time(seconds) else { return "no time" }
        return time == LocalDateTime(time.date)
            ? "\(time.date)" : "\(time)".split(separator: "T").joined(separator: " ")
    }

    /// What stands at ticks: years, months, days; the times of one day with the day at its midnight, or at the first.
    static func labels(_ values: [Double], hasMonths: Bool, hasYears: Bool) -> [String] {
        let times = values.map(time)
        let isDaily = times.allSatisfy { $0.map { $0 == LocalDateTime($0.date) } ?? true }
        let hasSeconds = times.contains { ($0?.second ?? 0) != 0 }
        return times.enumerated().map { index, time in
            guard let time else { return "" }
            let date = time.date.description
            if hasYears { return String(date.prefix(4)) }
            if hasMonths { return String(date.prefix(7)) }
            if isDaily { return date }
            let clock = String(time.description.split(separator: "T")[1].prefix(hasSeconds ? 8 : 5))
            let hasMidnight = times.contains { $0.map { $0 == LocalDateTime($0.date) } ?? false }
            if hasMidnight { return time == LocalDateTime(time.date) ? date : clock }
            return index == 0 ? "\(date) \(clock)" : clock
        }
    }
}
