import Tensors

/// A smooth random function with noisy values: what is to be learned is known exactly.
///
///     f(x) = √(2/J)·Σ_j cos(w_j·x + b_j),  w_j ~ N(0, 1/length²·I), b_j uniform in [0, 2π),    y = f(x) + ε, ε ~ N(0, noise²)
///
/// and x uniform in [−1, 1]ᴰ. For many waves f is a draw of a Gaussian process with a Gaussian kernel of that length.
/// Source: Rahimi and Recht, NIPS 2007. Each sample is a function of (seed, stream, index) alone.
public struct NoisyFunction: Sendable, Hashable {
    /// Points with the values seen there, and those that are true.
    public struct Samples: Sendable, Hashable {
        /// Samples × D.
        public let inputs: [[Double]]
        /// f plus noise at each point.
        public let targets: [Double]
        /// f at each point.
        public let truth: [Double]
    }

    /// The seed that the function and every point are drawn from.
    public let seed: UInt64
    /// The standard deviation of the noise; f has one of about 1.
    public let noise: Double
    private let waves: [[Double]]
    private let phases: [Double]

    /// - Precondition: dimensions, waves and length above 0, and noise not below.
    public init(seed: UInt64, dimensions: Int = 2, waveCount: Int = 100, length: Double = 0.5, noise: Double = 0.5) {
        precondition(
            dimensions > 0 && waveCount > 0 && length > 0 && noise >= 0,
            "\(waveCount) waves in \(dimensions) dimensions of length \(length) with noise \(noise)")
        self.seed = seed
        self.noise = noise
        var stream = RandomStream(seed: seed, purpose: Self.wavePurpose)
        waves = (0..<waveCount).map { _ in (0..<dimensions).map { _ in stream.normal() / length } }
        phases = (0..<waveCount).map { _ in 2 * Double.pi * stream.uniform() }
    }

    private static let wavePurpose = RandomStream.Purpose("noisy function waves")
    private static let purpose = RandomStream.Purpose("noisy function samples")

    /// f(x).
    ///
    /// - Precondition: `input` has D numbers.
    public func callAsFunction(_ input: [Double]) -> Double {
        precondition(input.count == waves[0].count, "\(input.count) numbers in \(waves[0].count) dimensions")
        var sum = 0.0
        for (wave, phase) in zip(waves, phases) {
            var angle = phase
            for (w, x) in zip(wave, input) { angle += w * x }
            sum += ReproducibleMath.cos(angle)
        }
        return (2 / Double(waves.count)).squareRoot() * sum
    }

    /// The first `count` samples of a stream: 0 for training, 1 for the test.
    public func samples(_ count: Int, stream part: Int = 0) -> Samples {
        var (inputs, targets, truth): ([[Double]], [Double], [Double]) = ([], [], [])
        for index in 0..<count {
            var stream = RandomStream(seed: seed, purpose: Self.purpose, epoch: part, step: index)
            inputs.append(waves[0].map { _ in stream.uniform(in: -1..<1) })
            truth.append(self(inputs[index]))
            targets.append(truth[index] + noise * stream.normal())
        }
        return Samples(inputs: inputs, targets: targets, truth: truth)
    }
}
