import Tensors

/// Texts whose class is the Markov chain that wrote them: the posterior is known exactly.
///
/// Chain k writes the first letter with probability 1/L and the next by row a of its table, P_k(b | a) = softmax_b(s·g),
/// g ~ N(0, 1). All chains are equally likely, so that p(k | text) = softmax_k Σ ln P_k(c_t | c_{t−1}).
public struct MarkovText: Sendable, Hashable {
    /// The L letters that a text is made of.
    public static let alphabet = Array("abcdefghijklmnopqrstuvwxyz ")

    /// A text and the chain that wrote it.
    public struct Sample: Sendable, Hashable {
        /// The letters of ``MarkovText/alphabet`` that were drawn.
        public let text: String
        /// The index of the chain, 0 ..< classes.
        public let label: Int
    }

    /// The seed that the chains and every text are drawn from.
    public let seed: UInt64
    /// How many letters a text has.
    public let length: Int
    /// ln P_k(b | a): classes × L × L.
    public let logTransitions: [[[Double]]]

    /// - Parameter contrast: s: 0 makes all chains the same, larger ones are easier to tell apart.
    /// - Precondition: at least two classes, one letter, and `contrast` is not negative.
    public init(seed: UInt64, classCount: Int = 2, length: Int = 40, contrast: Double = 0.3) {
        precondition(
            classCount >= 2 && length >= 1 && contrast >= 0,
            "\(classCount) chains that write \(length) letters with a contrast of \(contrast)")
        self.seed = seed
        self.length = length
        let count = Self.alphabet.count
        logTransitions = (0..<classCount).map { label in
            var stream = RandomStream(seed: seed, purpose: Self.tablePurpose, step: label)
            return (0..<count).map { _ in
                let row = probabilities(ofLogits: (0..<count).map { _ in contrast * stream.normal() })
                return row.map(ReproducibleMath.log)
            }
        }
    }

    private static let tablePurpose = RandomStream.Purpose("markov tables")
    private static let purpose = RandomStream.Purpose("markov texts")

    /// The first `count` texts of a stream: 0 for training, 1 for the test.
    public func samples(_ count: Int, stream part: Int = 0) -> [Sample] {
        (0..<count).map { index in
            var stream = RandomStream(seed: seed, purpose: Self.purpose, epoch: part, step: index)
            let label = stream.integer(below: logTransitions.count)
            var letter = stream.integer(below: Self.alphabet.count)
            var text = String(Self.alphabet[letter])
            for _ in 1..<length {
                letter = drawn(logTransitions[label][letter], by: &stream)
                text.append(Self.alphabet[letter])
            }
            return Sample(text: text, label: label)
        }
    }

    /// p(k | text) of each chain; `nil` where the text has a letter of another alphabet.
    public func posterior(of text: String) -> [Double]? {
        let letters = text.compactMap { Self.alphabet.firstIndex(of: $0) }
        guard letters.count == text.count else { return nil }
        return probabilities(
            ofLogits: logTransitions.map { table in
                zip(letters, letters.dropFirst()).reduce(0) { $0 + table[$1.0][$1.1] }
            })
    }
}

/// The first index at which the sum of the probabilities exceeds a uniform draw, the last where rounding keeps it below.
func drawn(_ logProbabilities: [Double], by stream: inout RandomStream) -> Int {
    var left = stream.uniform()
    for (index, value) in logProbabilities.enumerated() {
        left -= ReproducibleMath.exp(value)
        if left < 0 { return index }
    }
    return logProbabilities.count - 1
}
