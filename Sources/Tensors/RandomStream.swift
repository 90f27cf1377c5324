internal import CKernels

/// A stream of random numbers that is a pure function of (seed, purpose, epoch, step).
///
/// Streams with different keys are independent, so nothing drawn for one purpose moves what another purpose
/// gets: adding dropout to a network leaves its initial weights and the order of its batches alone.
///
/// The words are those of Philox4x32-10 with the seed as key (low word first) and the counter words, least
/// significant first, (block, step, epoch, purpose); block b gives words 4b…4b+3.
/// Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
public struct RandomStream: RandomNumberGenerator, Sendable {
    /// What a stream is drawn for.
    public struct Purpose: Sendable, Hashable {
        /// The purpose's word in the counter.
        public let code: UInt32

        /// A purpose known by its name: the code is the 32-bit FNV-1a hash of the name's UTF-8 bytes.
        public init(_ name: String) {
            code = name.utf8.reduce(0x811C_9DC5) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
        }

        /// Initial weights of a network; the step is the layer's index.
        public static let initialWeights = Purpose("initial weights")
        /// Order of the examples within an epoch.
        public static let shuffle = Purpose("shuffle")
        /// Which activations a dropout layer drops.
        public static let dropout = Purpose("dropout")
        /// Shifts of the training images.
        public static let jitter = Purpose("jitter")
        /// Sampling and noise of generated data.
        public static let data = Purpose("data")
        /// Resampling in statistics.
        public static let resampling = Purpose("resampling")
    }

    /// The 64-bit key.
    public let seed: UInt64
    /// What the stream is drawn for.
    public let purpose: Purpose
    /// The epoch's word of the counter.
    public let epoch: UInt32
    /// The step's word of the counter.
    public let step: UInt32

    private var block: UInt32 = 0
    /// What is left of the last block, the next word lowest.
    private var low: UInt64 = 0
    private var high: UInt64 = 0
    private var wordsLeft = 0
    private var spareNormal: Double?

    /// The stream keyed by (seed, purpose, epoch, step), at its start.
    /// - Precondition: `epoch` and `step` are in `0...UInt32.max`.
    public init(seed: UInt64, purpose: Purpose, epoch: Int = 0, step: Int = 0) {
        precondition(
            UInt32(exactly: epoch) != nil && UInt32(exactly: step) != nil,
            "a random stream's epoch \(epoch) and step \(step) must be in 0...\(UInt32.max)")
        self.seed = seed
        self.purpose = purpose
        self.epoch = UInt32(epoch)
        self.step = UInt32(step)
    }

    /// The next 32 bits.
    /// - Precondition: at most 2³⁴ words are drawn from one stream.
    public mutating func nextUInt32() -> UInt32 {
        if wordsLeft == 0 { refill() }
        let word = UInt32(truncatingIfNeeded: low)
        low = low >> 32 | high << 32
        high >>= 32
        wordsLeft -= 1
        return word
    }

    /// The next 64 bits: two words, the low one first.
    public mutating func nextUInt64() -> UInt64 {
        if wordsLeft == 0 { refill() }
        guard wordsLeft > 1 else {
            let first = UInt64(nextUInt32())
            return UInt64(nextUInt32()) << 32 | first
        }
        let both = low
        low = high
        high = 0
        wordsLeft -= 2
        return both
    }

    private mutating func refill() {
        let words = philox4x32(counter: (block, step, epoch, purpose.code), key: seed)
        low = UInt64(words.1) << 32 | UInt64(words.0)
        high = UInt64(words.3) << 32 | UInt64(words.2)
        block += 1
        wordsLeft = 4
    }

    /// The next 64 bits, for the standard library's algorithms.
    public mutating func next() -> UInt64 { nextUInt64() }

    /// A number in [0, 1): the top 53 bits of `nextUInt64()` times 2⁻⁵³.
    public mutating func uniform() -> Double { Double(nextUInt64() >> 11) * 0x1p-53 }

    /// A number in [0, 1): the top 24 bits of `nextUInt32()` times 2⁻²⁴.
    public mutating func uniformFloat() -> Float { Float(nextUInt32() >> 8) * 0x1p-24 }

    /// A number in `range`: `lowerBound + (upperBound − lowerBound) · uniform()`.
    public mutating func uniform(in range: Range<Double>) -> Double {
        range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
    }

    /// A draw of the standard normal distribution.
    ///
    /// With u = 1 − uniform() and v = uniform(), two calls give √(−2 ln u)·cos 2πv, then √(−2 ln u)·sin 2πv,
    /// by ``ReproducibleMath``. Source: Box and Muller, Ann. Math. Statist. 29 (1958).
    public mutating func normal() -> Double {
        if let spare = spareNormal {
            spareNormal = nil
            return spare
        }
        let radius = (-2 * ReproducibleMath.log(1 - uniform())).squareRoot()
        let angle = 2 * Double.pi * uniform()
        spareNormal = radius * ReproducibleMath.sin(angle)
        return radius * ReproducibleMath.cos(angle)
    }

    /// An integer in `0..<bound`, every one equally likely.
    ///
    /// The high half of `nextUInt64() · bound`; a draw whose low half is below 2⁶⁴ mod `bound` is drawn again.
    /// Source: Lemire, "Fast random integer generation in an interval", ACM TOMACS 29 (2019).
    /// - Precondition: `bound > 0`.
    public mutating func integer(below bound: Int) -> Int {
        precondition(bound > 0, "there is no integer in 0..<\(bound)")
        let width = UInt64(bound)
        var product = nextUInt64().multipliedFullWidth(by: width)
        if product.low < width {
            let rejected = (0 &- width) % width
            while product.low < rejected { product = nextUInt64().multipliedFullWidth(by: width) }
        }
        return Int(product.high)
    }

    /// The integers `0..<count` in random order: Fisher–Yates from the last place down, each place taking
    /// `integer(below: place + 1)`.
    public mutating func permutation(of count: Int) -> [Int] {
        var order = Array(0..<count)
        order.withUnsafeMutableBufferPointer { order in
            for place in stride(from: count - 1, to: 0, by: -1) {
                order.swapAt(place, integer(below: place + 1))
            }
        }
        return order
    }
}

/// One block of Philox4x32-10: four random words for a counter (least significant word first) and a key.
package func philox4x32(
    counter: (UInt32, UInt32, UInt32, UInt32), key: UInt64
) -> (UInt32, UInt32, UInt32, UInt32) {
    var words = counter
    withUnsafeMutableBytes(of: &words) {
        kd_philox4x32_10(
            $0.assumingMemoryBound(to: UInt32.self).baseAddress, UInt32(truncatingIfNeeded: key), UInt32(key >> 32))
    }
    return words
}
