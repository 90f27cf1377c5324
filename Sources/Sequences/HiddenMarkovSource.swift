import Tensors

/// Sentences of a hidden Markov model: each word's tag follows from the tag before, and the word from its tag. The posterior over
/// taggings is a ``LinearChain``, so that what the best tagger can reach is known exactly.
///
///     p(y, x) = π_{y₁}·Π_{t>1} A_{y_{t−1},y_t}·Π_t B_{y_t,x_t}
///
/// π, the rows of A and those of B are softmax(c·g), g ~ N(0, 1). Each sentence is a function of (seed, stream, index) alone.
public struct HiddenMarkovSource: Sendable, Hashable {
    /// Words with the tag that gave rise to each.
    public struct Sentence: Sendable, Hashable {
        /// The words, 0 ..< V.
        public let words: [Int]
        /// The tag of each word, 0 ..< K.
        public let tags: [Int]
    }

    /// The seed that the source and every sentence are drawn from.
    public let seed: UInt64
    /// ln π: K.
    public let logStarts: [Double]
    /// ln A: K × K.
    public let logTransitions: [[Double]]
    /// ln B: K × V.
    public let logEmissions: [[Double]]
    /// How many words sentences have, every number equally likely.
    public let lengths: ClosedRange<Int>

    /// - Parameter contrast: c; the larger, the surer the tags.
    /// - Precondition: there are tags, words and lengths above 0.
    public init(
        seed: UInt64, tagCount: Int = 6, wordCount: Int = 60, contrast: Double = 1.5, lengths: ClosedRange<Int> = 5...15
    ) {
        precondition(
            tagCount > 0 && wordCount > 0 && lengths.lowerBound > 0,
            "\(tagCount) tags, \(wordCount) words and sentences of \(lengths)")
        self.seed = seed
        self.lengths = lengths
        var stream = RandomStream(seed: seed, purpose: Self.tablePurpose)
        func row(_ count: Int) -> [Double] {
            let scores = (0..<count).map { _ in contrast * stream.normal() }
            let total = logSumOfExponentials(scores)
            return scores.map { $0 - total }
        }
        logStarts = row(tagCount)
        logTransitions = (0..<tagCount).map { _ in row(tagCount) }
        logEmissions = (0..<tagCount).map { _ in row(wordCount) }
    }

    private static let tablePurpose = RandomStream.Purpose("hidden markov tables")
    private static let purpose = RandomStream.Purpose("hidden markov sentences")

    /// The first `count` sentences of a stream: 0 for training, 1 for the test.
    public func sentences(_ count: Int, stream part: Int = 0) -> [Sentence] {
        (0..<count).map { index in
            var stream = RandomStream(seed: seed, purpose: Self.purpose, epoch: part, step: index)
            let length = lengths.lowerBound + stream.integer(below: lengths.count)
            var (words, tags): ([Int], [Int]) = ([], [])
            for _ in 0..<length {
                let tag = Self.drawn(tags.last.map { logTransitions[$0] } ?? logStarts, by: &stream)
                tags.append(tag)
                words.append(Self.drawn(logEmissions[tag], by: &stream))
            }
            return Sentence(words: words, tags: tags)
        }
    }

    /// The distribution of the tags, given the words; its `logPartition` is ln p(words | their number).
    ///
    /// - Precondition: `words` has at least one word, and all are known.
    public func posterior(of words: [Int]) -> LinearChain {
        LinearChain(
            emissions: words.map { word in logEmissions.map { $0[word] } }, transitions: logTransitions,
            starts: logStarts)
    }

    /// The first index at which the sum of the probabilities exceeds a uniform draw, the last where rounding keeps it below.
    private static func drawn(_ logProbabilities: [Double], by stream: inout RandomStream) -> Int {
        var left = stream.uniform()
        for (index, value) in logProbabilities.enumerated() {
            left -= ReproducibleMath.exp(value)
            if left < 0 { return index }
        }
        return logProbabilities.count - 1
    }
}
