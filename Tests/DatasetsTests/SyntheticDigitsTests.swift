import Datasets
import Testing

@Suite struct DigitsDrawnByAPen {
    private let digits = SyntheticDigits(seed: 1)

    @Test func aSmallerSetIsAPrefixOfALargerOne() {
        #expect(digits.training(count: 40) == digits.training(count: 100).prefix(40))
        #expect(digits.test(count: 40) == digits.test(count: 100).prefix(40))
        #expect(digits.training(count: 0).count == 0)
    }

    /// Recorded on x86-64; an AArch64 processor gave the same.
    @Test func theBitsAreTheSameEverywhere() {
        #expect(
            digits.training(count: 100).digest.description
                == "57763fa8cf7e33a2e3b74e7e95ee21f1466b0b5e873c799c67e75088ce8b879d")
        #expect(
            digits.test(count: 100).digest.description
                == "bcdcf61c7c18d6ede28fe819174be3272d018f75caf7730b23edaf81ceef3316")
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
