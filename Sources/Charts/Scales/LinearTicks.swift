/// Evenly spaced ticks by the extended Wilkinson search (Talbot, Lin and Hanrahan 2010), for ticks within the domain.
///
/// Ticks are multiples of q·j·10^z with q from 1, 5, 2, 2.5, 4, 3, scored by
/// 0.25·simplicity + 0.2·coverage + 0.5·density + 0.05·legibility. Ticks are whole multiples of a power of ten, so
/// their numbers are correctly rounded and their labels exact.
package struct LinearTicks: Hashable, Sendable {
    /// The first tick, and the difference between ticks, in units of 10^`exponent`.
    package let first, step: Int
    package let count: Int
    package let exponent: Int

    /// The ticks' values, ascending.
    package var values: [Double] { (0..<count).map { Decimal.value(first + step * $0, exponent) } }

    /// The best ticks from `low` to `high`.
    ///
    /// - Parameters:
    ///   - target: how many would be best.
    ///   - limit: how many there may be at most.
    ///   - isWhole: whether ticks must be whole numbers.
    package init(low: Double, high: Double, target: Int, limit: Int, isWhole: Bool = false) {
        // All arithmetic is on a range between 1 and 10, so that nothing overflows.
        let shift = Decimal.exponent(high / 2 - low / 2)
        let (a, b) = (Decimal.scaled(low, -shift), Decimal.scaled(high, -shift))
        var best = (score: -Double.infinity, first: 0, step: 1, count: 0, exponent: 0)
        for multiple in 1...4 {
            for (rank, digits) in Self.nice.enumerated() {
                for power in -3...1 {
                    let step = digits * multiple
                    if isWhole, !Self.isWhole(step, power - 1 + shift) { continue }
                    let unit = Decimal.power(power - 1)
                    let (size, tolerance) = (Double(step) * unit, (b - a) * 1e-10)
                    guard (b - a) / size < Double(limit) + 1 else { continue }
                    let from = ((a - tolerance) / size).rounded(.up)
                    let to = ((b + tolerance) / size).rounded(.down)
                    guard to >= from, Int(to - from) < limit, abs(from) < 1e14 else { continue }
                    let (first, count) = (Int(from) * step, Int(to - from) + 1)
                    let ends = (Double(first) * unit, Double(first + (count - 1) * step) * unit)
                    let hasZero = from <= 0 && to >= 0
                    let score =
                        0.25 * (1 - Double(rank) / 5 - Double(multiple) + 1 + (hasZero ? 1 : 0))
                        + 0.2 * Self.coverage(a, b, ends) + 0.05
                        + 0.5 * Self.density(count, size, b - a, target)
                    if score > best.score { best = (score, first, step, count, power - 1) }
                }
            }
        }
        (first, step, count, exponent) = (best.first, best.step, best.count, best.exponent + shift)
    }

    /// Ten times the nice steps, the nicest first.
    private static let nice = [10, 50, 20, 25, 40, 30]

    /// Whether digits × 10^exponent is a whole number.
    private static func isWhole(_ digits: Int, _ exponent: Int) -> Bool {
        exponent >= 0 || exponent == -1 && digits % 10 == 0
    }

    private static func coverage(_ low: Double, _ high: Double, _ ends: (Double, Double)) -> Double {
        let (left, right, tenth) = (low - ends.0, high - ends.1, 0.1 * (high - low))
        return 1 - 0.5 * (left * left + right * right) / (tenth * tenth)
    }

    private static func density(_ count: Int, _ step: Double, _ range: Double, _ target: Int) -> Double {
        guard count > 1 else { return -10 }
        let ratio = range / step / Double(max(1, target - 1))
        return 2 - max(ratio, 1 / ratio)
    }
}
