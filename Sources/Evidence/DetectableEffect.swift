/// The effect that a t test of `count` differences finds with the probability `power`: (t_{1−level/2} + t_power)·s/√n, with n − 1 degrees
/// of freedom. An undecided contrast says no more than that the effect is likely smaller than this.
///
/// The shifted t stands for the noncentral one; from eight differences on, the two differ by less than 1 %.
/// - Parameters:
///   - deviation: the standard deviation s of a difference.
/// - Precondition: at least two differences; `deviation` is not negative; `power` and `level` lie between 0 and 1.
public func detectableEffect(
    deviation: Double, count: Int, power: Double = 0.8, level: Double = 0.05
) -> Double {
    requireDesign(deviation, power, level)
    precondition(count > 1, "\(count) differences have no spread")
    let t = StudentDistribution(degreesOfFreedom: Double(count - 1))
    return (t.quantile(1 - level / 2) + t.quantile(power)) * deviation / Double(count).squareRoot()
}

/// The fewest differences by which a t test finds `effect` with the probability `power`; see ``detectableEffect(deviation:count:power:level:)``.
/// `nil` where a million do not suffice, as for an effect of 0.
public func countNeeded(
    toFind effect: Double, deviation: Double, power: Double = 0.8, level: Double = 0.05
) -> Int? {
    requireDesign(deviation, power, level)
    func finds(_ count: Int) -> Bool {
        detectableEffect(deviation: deviation, count: count, power: power, level: level) <= abs(effect)
    }
    let most = 1_000_000
    guard finds(most) else { return nil }
    var (low, high) = (1, most)
    while high - low > 1 {
        let middle = (low + high) / 2
        if finds(middle) { high = middle } else { low = middle }
    }
    return high
}

private func requireDesign(_ deviation: Double, _ power: Double, _ level: Double) {
    precondition(deviation >= 0 && deviation.isFinite, "a standard deviation of \(deviation)")
    precondition(0 < power && power < 1 && 0 < level && level < 1, "a power of \(power) at a level of \(level)")
}
