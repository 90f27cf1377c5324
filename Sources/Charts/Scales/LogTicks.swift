/// Ticks of logarithmic axes: every decade, or every second, third… where they do not fit; with 2 and 5 between where
/// decades are few; none where not even those give two, so that the caller can fall back on even ticks.
package enum LogTicks {
    /// The labelled ticks from `low` to `high`, at most `limit`, and the small ones between them.
    package static func ticks(low: Double, high: Double, limit: Int) -> (major: [Double], minor: [Double])? {
        let exponents = Decimal.exponent(low)...max(Decimal.exponent(low), Decimal.exponent(high))
        func within(_ digits: [Int], _ exponents: some Sequence<Int>) -> [Double] {
            let (least, most) = (low * (1 - 1e-12), high * (1 + 1e-12))
            let values: [Double] = exponents.flatMap { exponent in digits.map { Decimal.value($0, exponent) } }
            return values.filter { $0 > 0 && $0.isFinite && $0 >= least && $0 <= most }
        }
        let decades = within([1], exponents)
        if decades.count < 4 {
            let finer = within([1, 2, 5], exponents)
            if finer.count >= 2, finer.count <= limit, decades.count < 3 {
                return (finer, exponents.count > 4 ? [] : within(Array(1...9), exponents))
            }
        }
        guard decades.count >= 2 else { return nil }
        let every = (decades.count + max(1, limit) - 1) / max(1, limit)
        let minor = every == 1 ? exponents.count > 12 ? [] : within(Array(2...9), exponents) : decades
        let kept = exponents.filter { ($0 % every + every) % every == 0 }
        let major = within([1], kept)
        return major.count >= 2 ? (major, minor) : (Array(decades.prefix(limit)), minor)
    }
}
