import Regression
import Testing

/// Kernel ridge regression against scikit-learn 1.9.1, and its rounds against the closed form.
@Suite struct KernelRidgeTests {
    private let inputs: [[Double]] = (0..<12).map { i -> [Double] in
        [Double(7 * i % 11) / 11, Double(5 * i % 13) / 13]
    }
    private let targets: [Double] = (0..<12).map { i -> Double in Double(3 * i * i % 17) / 17 }
    private let points: [[Double]] = [[0.25, 0.5], [0.9, 0.1], [-1, 2]]
    private let kernel = GaussianKernel(width: 0.4)

    @Test func theKernelsEigenvaluesAreThoseOfNumpy() {
        let values = KernelSpectrum(of: inputs, kernel: kernel).eigen.values
        #expect(
            close(
                values,
                [
                    5.943457908445701, 2.578694387645084, 2.485601437741215, 0.5951940016073018, 0.1571981048644726,
                    0.12379282085058722, 0.0593898506253646, 0.02632205553630852, 0.01590595659060197,
                    0.012496254049471866, 0.0014839275458132261, 0.00046329449807583876,
                ], within: 1e-14 * 12))
    }

    @Test func aFitIsThatOfScikitLearn() {
        let fit = KernelRidge(inputs: inputs, targets: targets, kernel: kernel, ridge: 0.1)
        #expect(close(fit(points), [0.6838425227106888, 0.47769843682287305, -0.00011037974636974636]))
    }

    @Test func theFourthRoundIsThatOfScikitLearn() {
        let fits = KernelRidge.selfDistilled(
            inputs: inputs, targets: targets, kernel: kernel, ridge: 0.1, rounds: 4)
        #expect(fits.count == 4)
        #expect(
            close(
                fits[3](inputs),
                [
                    0.13966634874215836, 0.44287582990386426, 0.5882301136037096, 0.31609876599042075,
                    0.5284408026764068, 0.4948692381658705, 0.36619399165886174, 0.5880865275041425, 0.2029579780920249,
                    0.4259427214651714, 0.5742493321957793, 0.26480076055937685,
                ]))
        #expect(close(fits[3](points), [0.5296849355664124, 0.3052462848435781, 2.2199142755482544e-05]))
    }

    @Test(arguments: [1e-6, 1e-3, 0.1, 1, 100])
    func everyRoundIsItsClosedForm(ridge: Double) {
        let spectrum = KernelSpectrum(of: inputs, kernel: kernel)
        let fits = KernelRidge.selfDistilled(
            inputs: inputs, targets: targets, kernel: kernel, ridge: ridge, rounds: 8)
        for (round, fit) in fits.enumerated() {
            let closed = spectrum.fitted(targets: targets, ridge: ridge, rounds: round + 1)
            #expect(close(fit(inputs), closed, within: 1e-8))
        }
    }

    @Test func eachRoundIsSmallerAlongEveryEigenvector() {
        let spectrum = KernelSpectrum(of: inputs, kernel: kernel)
        func along(_ rounds: Int) -> [Double] {
            let fitted = spectrum.fitted(targets: targets, ridge: 0.1, rounds: rounds)
            return spectrum.eigen.vectors.map { vector -> Double in
                var sum = 0.0
                for (v, f) in zip(vector, fitted) { sum += v * f }
                return abs(sum)
            }
        }
        for rounds in 1..<6 { #expect(zip(along(rounds), along(rounds + 1)).allSatisfy { $0 >= $1 - 1e-15 }) }
    }

    @Test func leavingOneOutIsWhatItIsDoneByHand() {
        let spectrum = KernelSpectrum(of: inputs, kernel: kernel)
        let found = spectrum.leaveOneOutError(targets: targets, ridge: 0.1)
        #expect(abs(found - 0.04998963482551341) < 1e-12)
        var byHand = 0.0
        for left in inputs.indices {
            let rest = inputs.indices.filter { $0 != left }
            let fit = KernelRidge(
                inputs: rest.map { inputs[$0] }, targets: rest.map { targets[$0] }, kernel: kernel, ridge: 0.1)
            let error = fit([inputs[left]])[0] - targets[left]
            byHand += error * error / 12
        }
        #expect(abs(found - byHand) < 1e-12)
    }

    @Test func scalingIsFittedToItsRowsAlone() {
        let scaling = Standardization(fittedTo: Array(inputs.prefix(8)))
        #expect(close(scaling([inputs[9]])[0], [0.8512055557875507, -0.032427221756275965]))
        #expect(Standardization.deviation(ofScaled: scaling(Array(inputs.prefix(8)))) < 1e-14)
        let onAll = Standardization(fittedTo: inputs)
        #expect(Standardization.deviation(ofScaled: onAll(Array(inputs.prefix(8)))) > 0.01)
    }

    @Test func aColumnThatDoesNotVaryStaysFinite() {
        let scaled = Standardization(fittedTo: [[3, 1], [3, 2]])([[3, 1], [4, 2]])
        #expect(scaled == [[0, -1], [1, 1]])
    }
}
