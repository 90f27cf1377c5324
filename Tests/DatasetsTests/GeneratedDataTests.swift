import Datasets
import Tensors
import Testing

/// Data whose truth is known, held to it.
@Suite struct GeneratedDataTests {
    /// Whether the most likely class is right as often as its probability says, within 4 standard errors.
    private func expectCalibrated(_ posteriors: [[Double]], _ labels: [Int], below ceiling: Double = 0.999) {
        var (right, expected, variance) = (0.0, 0.0, 0.0)
        for (p, label) in zip(posteriors, labels) {
            #expect(abs(p.reduce(0, +) - 1) < 1e-12)
            let largest = p.max() ?? 0
            right += p[label] == largest ? 1 : 0
            expected += largest
            variance += largest * (1 - largest)
        }
        #expect(abs(right - expected) < 4 * variance.squareRoot(), "\(right) right, \(expected) expected")
        // A set that is all easy or all chance checks nothing.
        let rate = expected / Double(labels.count)
        #expect(rate < ceiling && rate > 1.5 / Double(posteriors[0].count), "\(rate)")
    }

    @Test func gaussiansHaveTheirPosterior() {
        let source = GaussianClasses(seed: 3)
        let samples = source.samples(3000, stream: 1)
        let posteriors = (0..<3000).map { source.posterior(at: samples.inputs.row($0)) }
        expectCalibrated(posteriors, samples.labels)
        // By Bayes' rule with the densities written out.
        let x = samples.inputs.row(0)
        let densities: [Double] = source.means.map { mean in
            var square = 0.0
            for (x, m) in zip(x, mean) { square += (Double(x) - m) * (Double(x) - m) }
            return ReproducibleMath.exp(-0.5 * square)
        }
        let total = densities.reduce(0, +)
        for (p, density) in zip(posteriors[0], densities) { #expect(abs(p - density / total) < 1e-12) }
    }

    @Test func noisyFunctionsScatterAboutTheirTruth() {
        let source = NoisyFunction(seed: 4, noise: 0.5)
        let samples = source.samples(4000)
        let errors = zip(samples.targets, samples.truth).map { $0 - $1 }
        let (mean, square) = (errors.reduce(0, +) / 4000, errors.reduce(0) { $0 + $1 * $1 } / 4000)
        // Standard errors of 0.008 and 0.0056.
        #expect(abs(mean) < 0.032 && abs(square - 0.25) < 0.0224)
        #expect(samples.truth == samples.inputs.map { source($0) })
        #expect(source.samples(10) == NoisyFunction(seed: 4, noise: 0.5).samples(10))
        #expect(Array(samples.inputs.prefix(10)) == source.samples(10).inputs)
        #expect(source.samples(10, stream: 1).inputs != source.samples(10).inputs)
        // Over many draws f has the variance that was promised.
        let values = (0..<2000).map { NoisyFunction(seed: $0)([0.3, -0.2]) }
        #expect(abs(values.reduce(0) { $0 + $1 * $1 } / 2000 - 1) < 0.13)
    }

    @Test func textsHaveTheirPosterior() throws {
        let source = MarkovText(seed: 3, classCount: 4)
        let samples = source.samples(2000, stream: 1)
        let posteriors = try samples.map { try #require(source.posterior(of: $0.text)) }
        expectCalibrated(posteriors, samples.map(\.label))
        #expect(samples.allSatisfy { $0.text.count == 40 })
        #expect(source.posterior(of: "no Capitals") == nil)
        for row in source.logTransitions[1] {
            #expect(abs(row.reduce(0) { $0 + ReproducibleMath.exp($1) } - 1) < 1e-12)
        }
    }

    @Test(arguments: [6.0, 12])
    func vowelsHaveTheirPosterior(noise: Double) {
        let source = FormantFrames(seed: 3)
        let samples = source.samples(2000, stream: 1, noise: noise)
        let posteriors = (0..<2000).map { source.posterior(of: samples.frames.row($0), noise: noise) }
        expectCalibrated(posteriors, samples.labels)
    }

    @Test func aVowelIsLoudestAtItsFormants() {
        let source = FormantFrames(seed: 1, bandCount: 37, tracts: [1])
        // Bands lie 100 Hz apart from 100 Hz on; "iy" resonates at 270 and 2,290 Hz.
        let mean = source.means[0][0]
        #expect(mean[2] > mean[4] && mean[2] > mean[0])
        #expect(mean[22] > mean[18] && mean[22] > mean[26] - 10)
    }

    @Test func thePenWentWhereTheInkIs() {
        let digits = SyntheticDigits(seed: 7)
        let (images, paths) = (digits.test(count: 40), digits.testPaths(count: 40))
        for (index, path) in paths.enumerated() {
            for point in path.strokes.joined() where (0.5..<26.5).contains(point.x) && (0.5..<26.5).contains(point.y) {
                let place = Int(point.y.rounded()) * 28 + Int(point.x.rounded())
                #expect(images.images[index][place] > 0)
            }
            let points = path.points(16)
            #expect(points.count == 32 && points.allSatisfy { abs($0) < 1.5 })
            let first = path.strokes[0][0]
            #expect(points[0] == Float((first.x - 13.5) / 13.5) && points[1] == Float((first.y - 13.5) / 13.5))
        }
        #expect(digits.trainingPaths(count: 3) == Array(digits.trainingPaths(count: 5).prefix(3)))
    }

    @Test func aSmallerSetIsAPrefixAndStreamsDiffer() {
        let gaussians = GaussianClasses(seed: 1)
        #expect(gaussians.samples(5).labels == Array(gaussians.samples(9).labels.prefix(5)))
        #expect(gaussians.samples(5) != gaussians.samples(5, stream: 1))
        let texts = MarkovText(seed: 1)
        #expect(texts.samples(5) == Array(texts.samples(9).prefix(5)))
        let frames = FormantFrames(seed: 1)
        #expect(frames.samples(5).frames.elements == Array(frames.samples(9).frames.elements.prefix(5 * 24)))
    }
}
