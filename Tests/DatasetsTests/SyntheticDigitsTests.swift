import Datasets
import Testing

@Suite struct DigitsDrawnByAPen {
    private let digits = SyntheticDigits(seed: 1)

    @Test func aSmallerSetIsAPrefixOfALargerOne() {
        #expect(digits.training(count: 40) == digits.training(count: 100).prefix(40))
        #expect(digits.test(count: 40) == digits.test(count: 100).prefix(40))
        #expect(digits.training(count: 0).count == 0)
    }

    /// Recorded from a release build; a debug build and every processor must give the same bits.
    @Test func theBitsAreTheSameEverywhere() {
        #expect(
            digits.training(count: 100).digest.description
                == "beb371afa4c3e0247d1dd3313fd58e408395db974e7a2b472435f89637cb4fa4")
        #expect(
            digits.test(count: 100).digest.description
                == "094b5e561508603084b529ec7c334839d10015a06f1446aa8c2e7d5ae8849094")
    }

    @Test func theyAreNamedForWhatTheyAre() {
        #expect(digits.training(count: 1).name == "synthetic digits")
        #expect(digits.test(count: 1).name == "synthetic digits")
    }

    @Test func noImageIsDrawnTwice() {
        let training = digits.training(count: 1000)
        let images = Set(training.images)
            .union(digits.test(count: 1000).images)
            .union(SyntheticDigits(seed: 2).training(count: 1000).images)
        #expect(images.count == 3000)
    }

    @Test func everyDigitIsAboutAsFrequentAsTheOthers() {
        let counts = digits.training(count: 5000).classCounts
        #expect(counts.count == 10)
        // Four standard deviations of a binomial count around its mean.
        #expect(counts.allSatisfy { (415...585).contains($0) }, "\(counts)")
    }

    @Test func everyImageIsInkOnCleanPaper() {
        let set = digits.training(count: 2000)
        for (index, image) in set.images.enumerated() {
            let inked = image.count { $0 > 0 }
            #expect((30...400).contains(inked), "image \(index) has \(inked) inked pixels")
            #expect((image.max() ?? 0) > 150, "image \(index) is faint")
        }
        let corners = set.images.flatMap { [$0[0], $0[27], $0[27 * 28], $0[27 * 28 + 27]] }
        #expect(corners.count { $0 > 0 } < corners.count / 200)
    }
}
