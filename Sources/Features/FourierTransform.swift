internal import Tensors

/// The discrete Fourier transform of 2ᵐ numbers: X_k = Σ_n x_n·exp(−2πi·k·n/N).
///
/// In double precision, by radix 2, with every root of unity computed from its angle; the same bits everywhere.
/// Source: Cooley and Tukey, Math. Comp. 19 (1965).
public struct FourierTransform: Sendable, Hashable {
    /// N.
    public let count: Int
    /// Where each number goes before the first stage: its index with the bits turned round.
    private let reversed: [Int]
    /// The roots of unity that the butterflies of each stage use in turn; those of the stage with blocks of 2h from h − 1 on.
    private let cosines: [Double]
    private let sines: [Double]

    /// - Precondition: `count` is a power of two.
    public init(count: Int) {
        precondition(count > 0 && count & (count - 1) == 0, "a transform of \(count) numbers; a power of two is needed")
        self.count = count
        let bits = count.trailingZeroBitCount
        reversed = (0..<count).map { index in
            (0..<bits).reduce(0) { $0 | (index >> $1 & 1) << (bits - 1 - $1) }
        }
        let angles = (0..<count / 2).map { -2 * Double.pi * Double($0) / Double(count) }
        let inTurn = (0..<bits).flatMap { stage in
            (0..<1 << stage).map { angles[$0 * (count >> (stage + 1))] }
        }
        cosines = inTurn.map(ReproducibleMath.cos)
        sines = inTurn.map(ReproducibleMath.sin)
    }

    /// The real and imaginary parts of the transform.
    ///
    /// - Precondition: there are N of both.
    public func callAsFunction(real: [Double], imaginary: [Double]) -> (real: [Double], imaginary: [Double]) {
        precondition(
            real.count == count && imaginary.count == count,
            "\(real.count) and \(imaginary.count) numbers for a transform of \(count)")
        var re = reversed.map { real[$0] }
        var im = reversed.map { imaginary[$0] }
        transform(&re, &im)
        return (re, im)
    }

    /// |X_k|²/N of real numbers, for k from 0 to N/2; as many as are missing count as zeros.
    ///
    /// - Precondition: there are at most N numbers.
    public func power(of numbers: [Double]) -> [Double] { power(of: numbers[...]) }

    func power(of numbers: ArraySlice<Double>) -> [Double] {
        precondition(numbers.count <= count, "\(numbers.count) numbers for a transform of \(count)")
        var re = Array(repeating: 0.0, count: count)
        var im = re
        for (number, place) in zip(numbers, reversed) { re[place] = number }
        transform(&re, &im, from: startReal(&re, &im))
        return (0...count / 2).map { (re[$0] * re[$0] + im[$0] * im[$0]) / Double(count) }
    }

    /// The first two stages of numbers without imaginary parts, without the products that are zeros; returns half a block of the next.
    private func startReal(_ re: inout [Double], _ im: inout [Double]) -> Int {
        guard count >= 4 else { return 1 }
        let (c, s) = (cosines[2], sines[2])
        for start in stride(from: 0, to: count, by: 4) {
            let (even, odd) = (re[start] + re[start + 1], re[start] - re[start + 1])
            let (sum, difference) = (re[start + 2] + re[start + 3], re[start + 2] - re[start + 3])
            let (x, y) = (difference * c, difference * s)
            (re[start], re[start + 1], re[start + 2], re[start + 3]) = (even + sum, odd + x, even - sum, odd - x)
            (im[start + 1], im[start + 3]) = (y, -y)
        }
        return 4
    }

    /// The stages from that with blocks of 2·`first` on, of numbers that stand at the reversed places.
    private func transform(_ real: inout [Double], _ imaginary: inout [Double], from first: Int = 1) {
        real.withUnsafeMutableBufferPointer { re in
            imaginary.withUnsafeMutableBufferPointer { im in
                cosines.withUnsafeBufferPointer { cosines in
                    sines.withUnsafeBufferPointer { sines in
                        var half = first
                        while half < count {
                            for start in Swift.stride(from: 0, to: count, by: 2 * half) {
                                for offset in 0..<half {
                                    let (c, s) = (cosines[half - 1 + offset], sines[half - 1 + offset])
                                    let (low, high) = (start + offset, start + offset + half)
                                    let (x, y) = (re[high] * c - im[high] * s, re[high] * s + im[high] * c)
                                    (re[high], im[high]) = (re[low] - x, im[low] - y)
                                    (re[low], im[low]) = (re[low] + x, im[low] + y)
                                }
                            }
                            half *= 2
                        }
                    }
                }
            }
        }
    }
}
