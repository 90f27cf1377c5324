import Evidence
import Tensors
import TestSupport
import Testing

/// Values of scipy 1.17.1: `permutation_test((d,), np.sum, permutation_type='samples', n_resamples=np.inf, alternative=…)`
/// for two-sided, greater and less.
@Suite struct SignFlipTests {
    @Test(arguments: [
        ([1.2, 0.4, -0.3, 2.1, 0.9], [0.125, 0.0625, 0.96875]),
        ([3, 1, -2, 4, 0, 5, -1, 2], [0.171875, 0.0859375, 0.953125]),
        // Summed one way or another, tenths differ in their last bits; they are the same sum all the same.
        ([0.1, 0.2, 0.3], [0.25, 0.125, 1]),
        (
            [0.31, -0.12, 0.44, 0.27, 0.05, -0.08, 0.61, 0.33, 0.19, -0.21, 0.15, 0.02],
            [0.0419921875, 0.02099609375, 0.980712890625]
        ),
    ])
    func itIsThatOfScipy(_ differences: [Double], _ expected: [Double]) {
        let found = [Alternative.twoSided, .greater, .less].map { signFlipTest(differences, alternative: $0) }
        #expect(found.map(\.p) == expected)
        #expect(found.allSatisfy { $0.isExact && $0.permutations == 1 << differences.count })
    }

    @Test func allChoicesOfSignsAreCounted() {
        // By going through them one by one.
        var stream = SeededGenerator(seed: 3)
        for count in 1...14 {
            let differences = (0..<count).map { _ in Double(stream.integer(below: 9)) - 3 }
            let sum = differences.reduce(0, +)
            let sums = (0..<1 << count).map { signs in
                differences.enumerated().reduce(0.0) { $0 + (signs >> $1.offset & 1 == 0 ? $1.element : -$1.element) }
            }
            let share = { (matches: (Double) -> Bool) in Double(sums.count(where: matches)) / Double(sums.count) }
            #expect(signFlipTest(differences).p == share { abs($0) >= abs(sum) })
            #expect(signFlipTest(differences, alternative: .greater).p == share { $0 >= sum })
            #expect(signFlipTest(differences, alternative: .less).p == share { $0 <= sum })
        }
    }

    @Test func differencesOfOneSignAreAsExtremeAsCanBe() {
        #expect(signFlipTest(Array(repeating: 0.7, count: 20)).p == 0x1p-19)
        #expect(signFlipTest(Array(repeating: 1, count: 32), alternative: .greater).p == 0x1p-32)
    }

    @Test func withoutADifferenceNothingIsExtreme() {
        #expect(signFlipTest([]).p == 1)
        #expect(signFlipTest([0, 0, 0]).p == 1)
        #expect(signFlipTest([-5.5]).p == 1)
        #expect(signFlipTest([-5.5], alternative: .less).p == 0.5)
    }

    @Test(arguments: [33, 64, 65, 130])
    func drawsOfSignsAreThoseOfTheStreamOneAfterTheOther(_ count: Int) {
        var values = SeededGenerator(seed: 5)
        let differences = (0..<count).map { _ in Double(values.integer(below: 1000)) / 700 - 0.6 }
        // Sums that differ by rounding only count as equal.
        let threshold = differences.reduce(0, +) - 1e-12 * differences.reduce(0) { $0 + abs($1) }
        var stream = RandomStream(seed: 0, purpose: .resampling, step: 1)
        var extreme = 1
        for _ in 0..<99_999 {
            var drawn = 0.0
            var signs: UInt64 = 0
            for (index, difference) in differences.enumerated() {
                if index % 64 == 0 { signs = stream.nextUInt64() }
                drawn += signs >> UInt64(index % 64) & 1 == 0 ? difference : -difference
            }
            if drawn >= threshold { extreme += 1 }
        }
        #expect(signFlipTest(differences, alternative: .greater).p == Double(extreme) / 100_000)
    }

    @Test func manyDifferencesAreEstimatedAndSaidToBe() {
        let few = (0..<32).map { Double($0 % 5) - 1.4 }
        let exact = signFlipTest(few)
        let many = signFlipTest(few + [0])
        #expect(exact.isExact)
        #expect(!many.isExact && many.permutations == 100_000)
        // A difference of zero changes no sum.
        #expect(abs(many.p - exact.p) < 0.005)
        #expect(signFlipTest(few + [0]) == many)
        let opposite = signFlipTest((few + [0]).map { -$0 }, alternative: .less)
        #expect(abs(opposite.p - exact.p / 2) < 0.005)
    }
}
