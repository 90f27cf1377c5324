import Features
import Testing

/// Hashed runs of words and letters against scikit-learn 1.9.1's HashingVectorizer.
@Suite struct HashedNGramsTests {
    private let texts = ["Call now: FREE  prize!", "größe 1_a b", "x", ""]

    private func expectRows(_ features: HashedNGrams, _ expected: [[Float]]) {
        let found = features(texts)
        #expect(found.rows == texts.count && found.columns == 16)
        for (row, wanted) in expected.enumerated() {
            #expect(zip(found.row(row), wanted).allSatisfy { abs($0 - $1) < 1e-6 }, "\(texts[row])")
        }
    }

    @Test func runsOfWordsAreThoseOfScikitLearn() {
        let v: Float = 0.4472136
        expectRows(
            HashedNGrams(columns: 16, words: 1...2, letters: nil),
            [
                [0, v, -v, 0, 0, 0, 0, 0, 0, v, -v, 0, 0, 0, v, 0],
                [0, -v, 0, -v, 0, 0, 0, -v, 0, v, 0, 0, 0, -v, 0, 0],
                [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0], Array(repeating: 0, count: 16),
            ])
    }

    @Test func runsOfLettersAreThoseOfScikitLearn() {
        let (a, b, c): (Float, Float, Float) = (0.145865, 0.29173, 0.437595)
        let (d, e): (Float, Float) = (0.2581989, 0.5163978)
        expectRows(
            HashedNGrams(columns: 16, words: nil, letters: 3...4),
            [
                [-a, -b, -b, c, -a, a, a, -a, c, 0, a, a, 0, c, a, b],
                [d, -d, 0, -d, 0, 0, 0, 0, -e, d, -e, 0, -d, d, 0, -d], Array(repeating: 0, count: 16),
                Array(repeating: 0, count: 16),
            ])
    }

    @Test func everyRowWithARunHasLengthOne() {
        let rows = HashedNGrams(columns: 64)(texts)
        for row in 0..<3 { #expect(abs(rows.row(row).reduce(0) { $0 + $1 * $1 } - 1) < 1e-6) }
        #expect(rows.row(3).allSatisfy { $0 == 0 })
    }
}
