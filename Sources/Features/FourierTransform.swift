internal import Tensors

/// The discrete Fourier transform of 2ᵐ numbers: X_k = Σ_n x_n·exp(−2πi·k·n/N).
///
/// In double precision, by radix 2, with every root of unity computed from its angle; the same bits everywhere.
/// Source: Cooley and Tukey, Math. Comp. 19 (1965).
public struct FourierTransform: Sendable, Hashable {
    /// N.
    public let count: Int
    private let cosines: [Double]
    private let sines: [Double]

    /// - Precondition: `count` is a power of two.
    public init(count: Int) {
        precondition(count > 0 && count & (count - 1) == 0, "a transform of \(count) numbers; a power of two is needed")
        self.count = count
        let angles = (0..<count / 2).map { -2 * Double.pi * Double($0) / Double(count) }
        cosines = angles.map(ReproducibleMath.cos)
        sines = angles.map(ReproducibleMath.sin)
    }

    /// The real and imaginary parts of the transform.
    ///
    /// - Precondition: there are N of both.
    public func callAsFunction(real: [Double], imaginary: [Double]) -> (real: [Double], imaginary: [Double]) {
        precondition(
            real.count == count && imaginary.count == count,
            "\(real.count) and \(imaginary.count) numbers for a transform of \(count)")
        let bits = count.trailingZeroBitCount
        var re = Array(repeating: 0.0, count: count)
        var im = re
        for index in 0..<count {
            var reversed = 0
            for bit in 0..<bits where index >> bit & 1 == 1 { reversed |= 1 << (bits - 1 - bit) }
            re[reversed] = real[index]
            im[reversed] = imaginary[index]
        }
        var half = 1
        while half < count {
            let stride = count / (2 * half)
            for start in Swift.stride(from: 0, to: count, by: 2 * half) {
                for offset in 0..<half {
                    let (c, s) = (cosines[offset * stride], sines[offset * stride])
                    let (low, high) = (start + offset, start + offset + half)
                    let (x, y) = (re[high] * c - im[high] * s, re[high] * s + im[high] * c)
                    (re[high], im[high]) = (re[low] - x, im[low] - y)
                    (re[low], im[low]) = (re[low] + x, im[low] + y)
                }
            }
            half *= 2
        }
        return (re, im)
    }

    /// |X_k|²/N of real numbers, for k from 0 to N/2; as many as are missing count as zeros.
    ///
    /// - Precondition: there are at most N numbers.
    public func power(of numbers: [Double]) -> [Double] {
        precondition(numbers.count <= count, "\(numbers.count) numbers for a transform of \(count)")
        let padded = numbers + Array(repeating: 0, count: count - numbers.count)
        let (re, im) = self(real: padded, imaginary: Array(repeating: 0, count: count))
        return (0...count / 2).map { (re[$0] * re[$0] + im[$0] * im[$0]) / Double(count) }
    }
}
