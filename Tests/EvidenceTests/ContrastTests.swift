import Evidence
import Foundation
import Testing
import Wire

@Suite struct ContrastTests {
    private let gains = [1.5, 0.8, 2.2, 1.1, 0.4, 1.9]

    private func finding(_ contrast: Contrast, _ observations: Observations) -> Finding {
        DecisionRule.contrast(contrast).finding(from: observations)
    }

    @Test func aVerdictNeedsTheIntervalAndTheSignFlips() throws {
        let contrast = Contrast("with − without", expected: .greater, unit: "points")
        let decided = finding(contrast, .differences(gains))
        #expect(decided.verdict == .supported)
        #expect(decided.interval == MeanEstimate(of: gains)?.interval())
        #expect(decided.p == signFlipTest(gains).p)
        // The interval lies above 0.3, but one of six lies so far below that the signs do not follow.
        let mixed = [3.0, 3.1, 2.9, 3, 3.2, -0.2]
        let undecided = finding(contrast, .differences(mixed))
        #expect(try #require(undecided.interval).lower > 0)
        #expect(undecided.p == 0.0625)
        #expect(undecided.verdict == .undecided)
    }

    @Test func fewerThanSixDecideNothing() {
        let contrast = Contrast("a − b", expected: .greater)
        #expect(finding(contrast, .differences([5, 6, 7, 5, 6])).verdict == .undecided)
        #expect(finding(contrast, .differences([5, 6, 7, 5, 6, 7])).verdict == .supported)
        let many = Contrast("a − b", expected: .greater, leastStarts: 8)
        #expect(finding(many, .differences([5, 6, 7, 5, 6, 7, 6])).verdict == .undecided)
        #expect(
            DecisionRule.difference(expected: .greater).finding(from: .differences([5, 6, 7, 5, 6])).verdict
                == .undecided)
    }

    @Test func itIsRefutedOnTheOtherSide() {
        let contrast = Contrast("a − b", expected: .less, margin: 0.2)
        #expect(finding(contrast, .differences(gains)).verdict == .refuted)
        #expect(finding(contrast, .differences(gains.map { -$0 })).verdict == .supported)
    }

    @Test func equivalenceIsShownByTwoOneSidedTests() {
        let contrast = Contrast("a − b", expected: .equivalent, margin: 1)
        let near = [0.2, -0.3, 0.4, 0.1, -0.2, 0.3, 0.6, -0.1]
        let found = finding(contrast, .differences(near))
        #expect(found.verdict == .supported)
        #expect(found.interval?.confidence == 0.9)
        let ps = [
            signFlipTest(near.map { $0 + 1 }, alternative: .greater).p,
            signFlipTest(near.map { $0 - 1 }, alternative: .less).p,
        ]
        #expect(found.p == ps.max())
        #expect(finding(contrast, .differences(near.map { $0 * 9 })).verdict == .undecided)
        #expect(finding(contrast, .differences(near.map { $0 + 3 })).verdict == .refuted)
    }

    @Test func startsThatShareATeacherCountOnce() {
        let contrast = Contrast("a − b", expected: .greater, design: .clusters)
        let shared = Observations.clusters([gains, gains.map { $0 + 0.1 }])
        #expect(finding(contrast, shared).n == 2)
        #expect(finding(contrast, shared).verdict == .undecided)
        #expect(finding(contrast, .clusters(gains.map { [$0, $0 + 0.1] })).verdict == .supported)
    }

    @Test func resampledSplitsAreDecidedByTheCorrectedTest() throws {
        let plain = finding(Contrast("a − b", expected: .greater), .differences(gains))
        let corrected = finding(
            Contrast("a − b", expected: .greater, design: .resampledSplits(testToTraining: 0.5)), .differences(gains))
        #expect(corrected.p == MeanEstimate(ofResampledSplits: gains, testToTraining: 0.5)?.p(at: 0))
        #expect(try #require(corrected.interval).lower < (try #require(plain.interval)).lower)
    }

    @Test func startsOnOneTestSetCarryTheErrorOfItsItems() throws {
        let rows = gains.map { gain in (0..<5).map { gain + Double($0 * $0 % 5) } }
        let found = finding(Contrast("a − b", expected: .greater, design: .startsAndItems), .startsAndItems(rows))
        #expect(found.n == 6)
        #expect(found.interval == MeanEstimate(ofStartsAndItems: rows)?.interval())
        #expect(found.p == 0.03125)
    }

    @Test func aContrastReadsAsASentence() {
        #expect(
            Contrast("distilled − alone", expected: .less, margin: 0.2, unit: "points", leastStarts: 20).description
                == "supported if the 95\u{A0}% t interval of distilled − alone lies below −0.2\u{A0}points, refuted if it lies above"
                + " it; else undecided; the sign-flip p must be at most 0.05, too, and with fewer than 20 starts nothing is decided"
        )
    }

    @Test func contrastsSurviveARecordAndImpossibleOnesAreRefused() throws {
        let contrasts = [
            Contrast("a", expected: .less, margin: 0.5, unit: "points"),
            Contrast("b", expected: .equivalent, margin: 1, design: .resampledSplits(testToTraining: 0.25)),
            Contrast("c", expected: .different, design: .startsAndItems, leastStarts: 8),
        ]
        let back = try roundTrip(contrasts)
        #expect(back == contrasts)
        for wrong in [
            Contrast("a", expected: .less, leastStarts: 3), Contrast("a", expected: .less, level: 0.5),
            Contrast("a", expected: .equivalent), Contrast("a", expected: .different, margin: -1),
            Contrast("a", expected: .less, design: .resampledSplits(testToTraining: 0)),
        ] {
            #expect(throws: DecodingError.self) { try roundTrip(wrong) }
        }
    }
}
