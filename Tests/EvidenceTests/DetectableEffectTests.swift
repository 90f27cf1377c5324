import Evidence
import Testing

/// Against scipy: quantiles of its t, and the power of its noncentral t.
@Suite struct DetectableEffectTests {
    @Test(arguments: [
        (0.8, 20, 0.8, 0.5284230415893096), (1.5, 8, 0.8, 1.729222860673392), (1, 12, 0.9, 1.0289581178958678),
    ])
    func itIsThatOfTheShiftedT(deviation: Double, count: Int, power: Double, expected: Double) {
        let found = detectableEffect(deviation: deviation, count: count, power: power)
        #expect(agree(found, expected, digits: 10), "\(found)")
    }

    @Test(arguments: [
        (0.8, 20, 0.8, 0.528353927854925), (1.5, 8, 0.8, 1.7340532415321879), (1, 12, 0.9, 1.0294716234385974),
        (1, 8, 0.95, 1.4960421711430516),
    ])
    func itIsCloseToThatOfTheNoncentralT(deviation: Double, count: Int, power: Double, expected: Double) {
        let found = detectableEffect(deviation: deviation, count: count, power: power)
        #expect(abs(found / expected - 1) < 0.01, "\(found)")
    }

    @Test(arguments: [(0.5, 0.8, 23), (0.055, 0.8, 1663), (-2, 1, 5)])
    func asManyAreNeededAsFindTheEffect(effect: Double, deviation: Double, expected: Int) {
        #expect(countNeeded(toFind: effect, deviation: deviation) == expected)
        #expect(detectableEffect(deviation: deviation, count: expected) <= abs(effect))
        #expect(detectableEffect(deviation: deviation, count: expected - 1) > abs(effect))
    }

    @Test func noNumberFindsNothing() { #expect(countNeeded(toFind: 0, deviation: 1) == nil) }
}
