public import Tensors

/// Short-time spectra of ten English vowels as resonances of a vocal tract, with noise: the posterior is known exactly.
///
/// A frame's mean is the tract's response in decibels at equally spaced frequencies f,
///
///     m(f) = Σ_i 10·log₁₀(F_i⁴ / ((F_i² − f²)² + B_i²·f²)),
///
/// with formants F_i stretched by the speaker's tract; noise of standard deviation σ is added to each number. As tracts are a few
/// and equally likely, p(vowel | frame) is a finite sum: Σ_s exp(−‖x − m_{v,s}‖²/(2σ²)), normalised over vowels.
/// Source of the formants: Peterson and Barney, J. Acoust. Soc. Am. 24 (1952), men's averages.
public struct FormantFrames: Sendable, Hashable {
    /// The vowels' names, by class.
    public static let vowels = ["iy", "ih", "eh", "ae", "aa", "ao", "uh", "uw", "ah", "er"]

    /// A frame with the vowel that was said and who said it.
    public struct Samples: Sendable, Hashable {
        /// Samples × `bandCount`.
        public let frames: Matrix
        /// The vowel of each frame, as an index into ``FormantFrames/vowels``.
        public let labels: [Int]
        /// The index of the tract.
        public let speakers: [Int]
    }

    /// The seed that every frame is drawn from.
    public let seed: UInt64
    /// How many frequencies a frame has, from 100 Hz to 3,700 Hz.
    public let bandCount: Int
    /// The standard deviation σ of the noise, in decibels.
    public let noise: Double
    /// The factors by which speakers' formants are stretched.
    public let tracts: [Double]
    /// vowels × tracts × `bandCount`, in decibels.
    public let means: [[[Double]]]

    /// - Precondition: at least two bands and one tract, all above 0, and noise above 0.
    public init(
        seed: UInt64, bandCount: Int = 24, noise: Double = 6, tracts: [Double] = [0.9, 0.95, 1, 1.05, 1.1]
    ) {
        precondition(
            bandCount >= 2 && noise > 0 && !tracts.isEmpty && tracts.allSatisfy { $0 > 0 },
            "\(bandCount) bands, noise of \(noise) dB and tracts \(tracts)")
        self.seed = seed
        self.bandCount = bandCount
        self.noise = noise
        self.tracts = tracts
        means = Self.formants.map { formants in
            tracts.map { tract in
                (0..<bandCount).map { band in
                    Self.response(
                        at: 100 + 3600 * Double(band) / Double(bandCount - 1), formants: formants.map { $0 * tract })
                }
            }
        }
    }

    private static let formants: [[Double]] = [
        [270, 2290, 3010], [390, 1990, 2550], [530, 1840, 2480], [660, 1720, 2410], [730, 1090, 2440],
        [570, 840, 2410], [440, 1020, 2240], [300, 870, 2240], [640, 1190, 2390], [490, 1350, 1690],
    ]
    /// B_i in Hz.
    private static let bandwidths = [80.0, 100, 150]
    private static let purpose = RandomStream.Purpose("formant frames")

    private static func response(at f: Double, formants: [Double]) -> Double {
        zip(formants, bandwidths).reduce(0) { sum, resonance in
            let (centre, width) = resonance
            let square = centre * centre
            let apart = square - f * f
            return sum + 10 * ReproducibleMath.log10(square * square / (apart * apart + width * width * f * f))
        }
    }

    /// The first `count` frames of a stream: 0 for training, 1 for the test.
    ///
    /// - Parameter noise: In place of the frames' own, for a student that hears worse than its teacher.
    public func samples(_ count: Int, stream part: Int = 0, noise: Double? = nil) -> Samples {
        var elements: [Float] = []
        var labels: [Int] = []
        var speakers: [Int] = []
        for index in 0..<count {
            var stream = RandomStream(seed: seed, purpose: Self.purpose, epoch: part, step: index)
            labels.append(stream.integer(below: means.count))
            speakers.append(stream.integer(below: tracts.count))
            for mean in means[labels[index]][speakers[index]] {
                elements.append(Float(mean + (noise ?? self.noise) * stream.normal()))
            }
        }
        return Samples(
            frames: Matrix(rows: count, columns: bandCount, elements: elements), labels: labels, speakers: speakers)
    }

    /// p(vowel | frame) for frames with this noise.
    ///
    /// - Precondition: `frame` has `bandCount` numbers.
    public func posterior(of frame: some Collection<Float>, noise: Double? = nil) -> [Double] {
        precondition(frame.count == bandCount, "\(frame.count) numbers in \(bandCount) bands")
        let sigma = noise ?? self.noise
        let joint: [Double] = means.flatMap { tracts in
            tracts.map { mean in -squaredDistance(frame, mean) / (2 * sigma * sigma) }
        }
        let shares = probabilities(ofLogits: joint)
        return means.indices.map { vowel in
            tracts.indices.reduce(0) { $0 + shares[vowel * tracts.count + $1] }
        }
    }

    private func squaredDistance(_ frame: some Collection<Float>, _ mean: [Double]) -> Double {
        var sum = 0.0
        for (x, m) in zip(frame, mean) { sum += (Double(x) - m) * (Double(x) - m) }
        return sum
    }
}
