import Datasets
import Features
import Tensors
import Testing

/// Fourier transforms by their definition, cepstra against python_speech_features 0.6.
@Suite struct SoundTests {
    @Test(arguments: [1, 2, 8, 64])
    func aTransformIsItsDefinition(count: Int) {
        var stream = RandomStream(seed: UInt64(count), purpose: .data)
        let re = (0..<count).map { _ in stream.normal() }
        let im = (0..<count).map { _ in stream.normal() }
        let found = FourierTransform(count: count)(real: re, imaginary: im)
        for k in 0..<count {
            var (x, y) = (0.0, 0.0)
            for n in 0..<count {
                let angle = -2 * Double.pi * Double(k * n) / Double(count)
                let (c, s) = (ReproducibleMath.cos(angle), ReproducibleMath.sin(angle))
                x += re[n] * c - im[n] * s
                y += re[n] * s + im[n] * c
            }
            #expect(abs(found.real[k] - x) < 1e-11 && abs(found.imaginary[k] - y) < 1e-11)
        }
    }

    @Test(arguments: [1, 2, 4, 64, 256])
    func thePowerOfRealNumbersHasTheBitsOfTheWholeTransform(count: Int) {
        var stream = RandomStream(seed: 3, purpose: .data)
        let x = (0..<count).map { $0 % 7 == 3 ? 0 : stream.normal() }
        let (re, im) = FourierTransform(count: count)(real: x, imaginary: Array(repeating: 0, count: count))
        let whole = (0...count / 2).map { (re[$0] * re[$0] + im[$0] * im[$0]) / Double(count) }
        #expect(FourierTransform(count: count).power(of: x) == whole)
    }

    @Test func theEnergyIsThatOfTheSamples() {
        var stream = RandomStream(seed: 9, purpose: .data)
        let x = (0..<50).map { _ in stream.normal() }
        let power = FourierTransform(count: 64).power(of: x)
        // Both ends of the spectrum stand once, all else twice.
        let total = 2 * power.reduce(0, +) - power[0] - power[32]
        #expect(abs(total - x.reduce(0) { $0 + $1 * $1 }) < 1e-11)
    }

    /// Two tones, the second swelling again and again, rounded to multiples of 1/1024.
    private var sound: Waveform {
        let samples = (0..<600).map { n -> Float in
            let t = Double(n) / 8000
            let low = 0.5 * ReproducibleMath.sin(2 * .pi * 440 * t)
            let high = 0.25 * ReproducibleMath.sin(2 * .pi * 1300 * t) * (Double(n % 97) / 97)
            return Float(((low + high) * 1024).rounded(.toNearestOrEven) / 1024)
        }
        return Waveform(sampleRate: 8000, samples: samples)
    }

    @Test func cepstraAreThoseOfPythonSpeechFeatures() {
        let found = Cepstra(sampleRate: 8000)(sound)
        #expect(found.count == 6)
        let first: [Double] = [
            0.8602200902929859, -1.0412942686757967, -22.515771665350663, -9.400429281125884, -17.332573569355464,
            -41.635692773653844, -12.260875042183542, 39.51513083177458, 30.244020763092117, -10.411775341262922,
            -1.8898988353091566, -1.175530108421715, -21.013407693824206,
        ]
        let last: [Double] = [
            0.8723137610113196, 0.790162723382065, -21.433510915634308, -7.913256323098251, -12.533088045534862,
            -37.79725438273039, -9.605520421523744, 36.90047425864267, 26.472820329670302, -3.9463975058379583,
            0.1459502224729499, -3.1341398168533336, -25.18534379259554,
        ]
        #expect(zip(found[0], first).allSatisfy { abs($0 - $1) < 1e-9 })
        #expect(zip(found[5], last).allSatisfy { abs($0 - $1) < 1e-9 })
    }

    @Test func silenceHasFiniteCepstra() {
        let cepstra = Cepstra(sampleRate: 8000)
        #expect(cepstra(Array(repeating: 0, count: 300)).allSatisfy { $0.allSatisfy(\.isFinite) })
        #expect(cepstra([]).isEmpty)
        #expect(cepstra([1]).count == 1)
    }
}
