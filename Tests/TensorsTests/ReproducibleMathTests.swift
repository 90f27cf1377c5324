import Foundation
import Tensors
import Testing

#if arch(x86_64)
    /// The system's functions in 80 bits measure an error exactly.
    private typealias Reference = Float80
    private let referenceError: Reference = 0
#else
    /// The system's functions may themselves be off by a unit.
    private typealias Reference = Double
    private let referenceError: Reference = 1
#endif

@Suite struct ReproducibleMathTests {
    /// The largest error over `inputs`, in units in the last place.
    private func largestError(
        _ function: (Double) -> Double, against reference: (Reference) -> Reference, over inputs: [Double]
    ) -> Double {
        let errors = inputs.map { x in
            let exact = reference(Reference(x))
            return abs(Reference(function(x)) - exact) / Reference(Double(exact).ulp) - referenceError
        }
        return Double(errors.max() ?? .nan)
    }

    private func samples(_ range: Range<Double>, count: Int = 200_000) -> [Double] {
        var stream = RandomStream(seed: 1, purpose: .data)
        return (0..<count).map { _ in stream.uniform(in: range) }
    }

    /// Positive numbers of every magnitude.
    private var magnitudes: [Double] {
        var stream = RandomStream(seed: 2, purpose: .data)
        return (0..<200_000).map { _ in
            Double(bitPattern: UInt64(stream.integer(below: Int(Double.infinity.bitPattern) - 1)) + 1)
        }
    }

    @Test func expIsWithinAUnit() {
        for inputs in [samples(-708..<709), samples(-1..<1), samples(-745 ..< -708)] {
            #expect(largestError(ReproducibleMath.exp, against: Foundation.exp, over: inputs) < 1)
        }
    }

    @Test func expMinusOneIsWithinAUnitAndAHalf() {
        for inputs in [samples(-40..<700), samples(-2..<2), samples(-1e-9..<1e-9)] {
            #expect(largestError(ReproducibleMath.expMinusOne, against: Foundation.expm1, over: inputs) < 1.5)
        }
    }

    @Test func logarithmsAreWithinAUnit() {
        for inputs in [magnitudes, samples(0.5..<2), samples(0.999..<1.001)] {
            #expect(largestError(ReproducibleMath.log, against: Foundation.log, over: inputs) < 1)
            #expect(largestError(ReproducibleMath.log2, against: Foundation.log2, over: inputs) < 1)
            #expect(largestError(ReproducibleMath.log10, against: Foundation.log10, over: inputs) < 1)
        }
        for inputs in [samples(-0.9..<10), samples(-1e-9..<1e-9)] {
            #expect(largestError(ReproducibleMath.logOnePlus, against: Foundation.log1p, over: inputs) < 1)
        }
    }

    @Test func sineAndCosineAreWithinAUnit() {
        for inputs in [samples(-4..<4), samples(-1_000_000..<1_000_000), (1..<10_000).map { Double($0) * .pi / 2 }] {
            #expect(largestError(ReproducibleMath.sin, against: Foundation.sin, over: inputs) < 1)
            #expect(largestError(ReproducibleMath.cos, against: Foundation.cos, over: inputs) < 1)
        }
    }

    @Test func tanhIsWithinTwoUnitsAndAHalf() {
        for inputs in [samples(-22..<22), samples(-0.5..<0.5)] {
            #expect(largestError(ReproducibleMath.tanh, against: Foundation.tanh, over: inputs) < 2.5)
        }
    }

    @Test func powersOfTenHaveWholeLogarithms() {
        var power = 1.0
        for exponent in 0...22 {
            #expect(ReproducibleMath.log10(power) == Double(exponent))
            power *= 10
        }
        for exponent in -1074...1023 {
            #expect(ReproducibleMath.log2(Double(sign: .plus, exponent: exponent, significand: 1)) == Double(exponent))
        }
    }

    @Test func theEndsOfTheDomainsAreExact() {
        #expect(ReproducibleMath.exp(0) == 1)
        #expect(ReproducibleMath.exp(.infinity) == .infinity)
        #expect(ReproducibleMath.exp(-.infinity) == 0)
        #expect(ReproducibleMath.exp(710) == .infinity)
        #expect(ReproducibleMath.exp(.nan).isNaN)
        #expect(ReproducibleMath.log(0) == -.infinity)
        #expect(ReproducibleMath.log(1) == 0)
        #expect(ReproducibleMath.log(.infinity) == .infinity)
        #expect(ReproducibleMath.log(-1).isNaN)
        #expect(ReproducibleMath.log(.nan).isNaN)
        #expect(ReproducibleMath.logOnePlus(-1) == -.infinity)
        #expect(ReproducibleMath.tanh(.infinity) == 1)
        #expect(ReproducibleMath.tanh(-.infinity) == -1)
        #expect(ReproducibleMath.sin(0) == 0)
        #expect(ReproducibleMath.cos(0) == 1)
        #expect(ReproducibleMath.sin(.infinity).isNaN)
        #expect(ReproducibleMath.sin(2_000_000).isNaN)
    }
}
