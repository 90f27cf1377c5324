import LocalTime

/// Ticks of an axis of days and times: at whole years, months, weeks, days, hours and so on.
enum TimeTicks {
    /// The distance between ticks.
    private enum Interval {
        case months(Int)
        case seconds(Int)

        /// About how many seconds it is.
        var length: Double {
            switch self {
            case .months(let count): Double(count) * 2_629_746
            case .seconds(let count): Double(count)
            }
        }
    }

    private static let day = 86_400
    private static let steps: [Interval] =
        [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200].map { .seconds($0) }
        + [1, 2, 7, 14].map { .seconds($0 * day) }
        + [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12_000].map { .months($0) }

    /// At most `limit` ticks from `low` to `high`, seconds since 1970, about `target` of them; none where the axis is shorter than
    /// a few seconds, or reaches beyond the years 0 to 9999.
    static func ticks(low: Double, high: Double, target: Int, limit: Int) -> [Ticks.Tick] {
        let bounds = -62_167_219_200.0...253_402_300_799.0
        guard bounds.contains(low), bounds.contains(high) else { return [] }
        let range = high - low
        let fitting = steps.drop { range / $0.length > Double(max(limit, 1)) }
        // The step whose number of ticks is nearest to what looks best.
        let step = fitting.min { distance(range / $0.length, target) < distance(range / $1.length, target) }
        guard let step, range >= 2 else { return [] }
        let places = places(step, low: low, high: high)
        return zip(places, TimeText.labels(places, hasMonths: isMonths(step), hasYears: isYears(step))).map {
            Ticks.Tick(value: $0, label: $1)
        }
    }

    private static func distance(_ count: Double, _ target: Int) -> Double {
        let ratio = max(count, 0.01) / Double(max(1, target))
        return max(ratio, 1 / ratio)
    }

    private static func isMonths(_ step: Interval) -> Bool { if case .months = step { true } else { false } }
    private static func isYears(_ step: Interval) -> Bool {
        if case .months(let count) = step { count % 12 == 0 } else { false }
    }

    private static func places(_ step: Interval, low: Double, high: Double) -> [Double] {
        switch step {
        case .seconds(let count):
            // Weeks begin on a Monday; 1970-01-05 was one.
            let offset = count % (7 * day) == 0 ? 4 * day : 0
            let first = ((low - Double(offset)) / Double(count)).rounded(.up)
            let last = ((high - Double(offset)) / Double(count)).rounded(.down)
            guard first <= last else { return [] }
            return (Int(first)...Int(last)).map { Double($0 * count + offset) }
        case .months(let count):
            guard let (year, month, _) = TimeText.time(low)?.date.parts else { return [] }
            var index = (year * 12 + month - 1) / count * count
            var places: [Double] = []
            while let date = LocalDate(year: index / 12, month: index % 12 + 1, day: 1) {
                let place = Double(date.daysSince1970 * day)
                if place > high { break }
                if place >= low { places.append(place) }
                index += count
            }
            return places
        }
    }
}
