public import Datasets
internal import Tensors

/// Mel-frequency cepstral coefficients of a sound, frame by frame: the logarithms of its energy in bands that widen with frequency as the
/// ear's do, decorrelated by a cosine transform.
///
/// A frame is emphasised (x_t − 0.97·x_{t−1}), its power spectrum summed by `bandCount` triangles that lie evenly on
/// mel(f) = 2595·log₁₀(1 + f/700), and the orthonormal DCT-II of the logarithms lifted by 1 + (L/2)·sin(πn/L) with L = 22. The first coefficient
/// is the logarithm of the frame's energy. Where there is none, it is that of 2⁻⁵².
/// Source: Davis and Mermelstein, IEEE Trans. ASSP 28 (1980).
public struct Cepstra: Sendable, Hashable {
    /// Samples a second.
    public let sampleRate: Int
    /// How many cepstral coefficients a frame has.
    public let coefficientCount: Int
    /// How many bands of the mel scale a spectrum is summed in.
    public let bandCount: Int
    /// Samples of a frame, and from one frame's start to the next.
    public let frameLength: Int
    /// Samples from one frame's start to the next.
    public let frameStep: Int

    private let transform: FourierTransform
    private let bands: Bands
    /// bands × coefficients, lifted.
    private let cosines: [Double]

    /// - Parameters:
    ///   - frame: A frame's length, in seconds.
    ///   - step: From one frame's start to the next, in seconds.
    /// - Precondition: all are above 0, and there are at least as many bands as coefficients.
    public init(
        sampleRate: Int, coefficientCount: Int = 13, bandCount: Int = 26, frame: Double = 0.025, step: Double = 0.01
    ) {
        precondition(
            sampleRate > 0 && coefficientCount > 0 && bandCount >= coefficientCount && frame > 0 && step > 0,
            "\(coefficientCount) coefficients of \(bandCount) bands at \(sampleRate) Hz")
        self.sampleRate = sampleRate
        self.coefficientCount = coefficientCount
        self.bandCount = bandCount
        frameLength = max(1, Int((frame * Double(sampleRate)).rounded()))
        frameStep = max(1, Int((step * Double(sampleRate)).rounded()))
        var size = 1
        while size < frameLength { size *= 2 }
        transform = FourierTransform(count: size)
        bands = Bands(bandCount, sampleRate: sampleRate, size: size)
        cosines = (0..<bandCount).flatMap { band in
            (0..<coefficientCount).map { n in
                let lift = 1 + 11 * ReproducibleMath.sin(.pi * Double(n) / 22)
                let norm = ((n == 0 ? 1 : 2) / Double(bandCount)).squareRoot()
                return lift * norm * ReproducibleMath.cos(.pi * Double(n) * (Double(band) + 0.5) / Double(bandCount))
            }
        }
    }

    /// The coefficients of each frame; the last is filled up with silence.
    public func callAsFunction(_ samples: [Float]) -> [[Double]] {
        guard !samples.isEmpty else { return [] }
        var emphasised = [Double(samples[0])]
        for (before, sample) in zip(samples, samples.dropFirst()) {
            emphasised.append(Double(sample) - 0.97 * Double(before))
        }
        let beyond = max(0, emphasised.count - frameLength)
        let frames = 1 + (beyond + frameStep - 1) / frameStep
        return (0..<frames).map { frame in
            let start = frame * frameStep
            return coefficients(of: emphasised[start..<min(start + frameLength, emphasised.count)])
        }
    }

    /// Of a sound of one channel, or the mean of several.
    public func callAsFunction(_ sound: Waveform) -> [[Double]] { self(sound.mono) }

    private func coefficients(of frame: ArraySlice<Double>) -> [Double] {
        func logarithm(_ energy: Double) -> Double { ReproducibleMath.log(energy > 0 ? energy : .ulpOfOne) }
        let power = transform.power(of: frame)
        var sums = Array(repeating: 0.0, count: coefficientCount)
        for band in 0..<bandCount {
            let energy = logarithm(bands.energy(of: power, in: band))
            for n in 0..<coefficientCount { sums[n] += cosines[band * coefficientCount + n] * energy }
        }
        sums[0] = logarithm(power.reduce(0, +))
        return sums
    }
}

/// Triangles over the bins of a transform, each from one edge to the next and down to the one behind.
private struct Bands: Sendable, Hashable {
    /// Those of all bands one after the other, each from its first bin on.
    private let weights: [Double]
    /// Where the weights of each band start and, behind the last, end.
    private let starts: [Int]
    private let firstBins: [Int]

    init(_ count: Int, sampleRate: Int, size: Int) {
        let top = 2595 * ReproducibleMath.log10(1 + Double(sampleRate) / 2 / 700)
        let edges = (0..<count + 2).map { edge -> Int in
            let mel = top * Double(edge) / Double(count + 1)
            let hertz = 700 * (ReproducibleMath.exp(mel / 2595 * ReproducibleMath.log(10)) - 1)
            return Int((Double(size + 1) * hertz / Double(sampleRate)).rounded(.down))
        }
        var (weights, starts): ([Double], [Int]) = ([], [0])
        for (low, (centre, high)) in zip(edges, zip(edges.dropFirst(), edges.dropFirst(2))) {
            weights += (low..<centre).map { Double($0 - low) / Double(centre - low) }
            weights += (centre..<high).map { Double(high - $0) / Double(high - centre) }
            starts.append(weights.count)
        }
        (self.weights, self.starts, firstBins) = (weights, starts, Array(edges.prefix(count)))
    }

    func energy(of power: [Double], in band: Int) -> Double {
        let shift = firstBins[band] - starts[band]
        var sum = 0.0
        for place in starts[band]..<starts[band + 1] { sum += weights[place] * power[place + shift] }
        return sum
    }
}
