import Datasets
import Distillation
import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct SoftLabelsTests {
    private let images = bars(count: 60, seed: 1)
    private let teacher = Network(inputs: 784, seed: 1) { Dense(10) }

    @Test func everySampleGetsItsOwnRowWhateverTheOrder() throws {
        let soft = SoftLabels(of: teacher, on: images)
        #expect(try soft.logits(for: images) == teacher.logits(for: images))
        var stream = RandomStream(seed: 5, purpose: .shuffle)
        let shuffled = images.shuffled(by: &stream)
        #expect(shuffled != images)
        #expect(try soft.logits(for: shuffled) == teacher.logits(for: shuffled))
        let few = images.selecting([7, 3, 3, 59])
        #expect(try soft.logits(for: few) == teacher.logits(for: few))
    }

    @Test func samplesTheTeacherWasNotAskedAboutAreAnError() throws {
        let soft = SoftLabels(of: teacher, on: images.prefix(40))
        let id = Examples(images).ids[40]
        #expect(throws: SoftLabelError.unknown(sample: id, place: 40)) { try soft.logits(for: images) }
        let other = bars(count: 60, seed: 2)
        let first = Examples(other).ids[0]
        #expect(throws: SoftLabelError.unknown(sample: first, place: 0)) { try soft.logits(for: other) }
        #expect(SoftLabelError.unknown(sample: first, place: 0).description.contains("\(first) (number 1 of the set)"))
    }

    @Test func digestsStandForTeacherAndData() {
        let soft = SoftLabels(of: teacher, on: images)
        let later = Network(inputs: 784, seed: 2) { Dense(10) }
        #expect(soft.teacher == teacher.digest.description)
        #expect(SoftLabels(of: later, on: images).teacher != soft.teacher)
        #expect(SoftLabels(of: later, on: images).data == soft.data)
        #expect(SoftLabels(of: teacher, on: images.prefix(59)).data != soft.data)
    }

    @Test func anEnsembleIsTheMeanOfProbabilitiesOrTheirGeometricMean() throws {
        let id = Examples(images).ids[0]
        func labels(_ p: [Double], _ name: String) -> SoftLabels {
            SoftLabels(
                samples: [id], logits: Matrix(rows: [p.map { Float(ReproducibleMath.log($0)) }]), teacher: name)
        }
        let members = [labels([0.8, 0.1, 0.1], "a"), labels([0.2, 0.4, 0.4], "b")]
        func probabilities(_ mean: EnsembleMean) throws -> [Float] {
            softmax(try SoftLabels.ensemble(of: members, mean: mean).logits).elements
        }
        for (p, exact) in zip(try probabilities(.arithmetic), [0.5, 0.25, 0.25]) {
            #expect(abs(Double(p) - exact) < 1e-6)
        }
        // √(0.8·0.2) = 0.4 and √(0.1·0.4) = 0.2, of 0.8.
        for (p, exact) in zip(try probabilities(.geometric), [0.5, 0.25, 0.25]) {
            #expect(abs(Double(p) - exact) < 1e-6)
        }
        let three = [labels([0.7, 0.2, 0.1], "a"), labels([0.1, 0.1, 0.8], "b")]
        let arithmetic = softmax(try SoftLabels.ensemble(of: three, mean: .arithmetic).logits).elements
        let geometric = softmax(try SoftLabels.ensemble(of: three, mean: .geometric).logits).elements
        #expect(abs(arithmetic[0] - 0.4) < 1e-6)
        #expect(
            abs(Double(geometric[0]) - 0.07.squareRoot() / (0.07.squareRoot() + 0.02.squareRoot() + 0.08.squareRoot()))
                < 1e-6)
        let elsewhere = SoftLabels(of: teacher, on: images)
        #expect(throws: SoftLabelError.self) { try SoftLabels.ensemble(of: [elsewhere, members[0]], mean: .geometric) }
    }

    @Test func changedTeachersSayWhatTheyAreMadeToSay() throws {
        let soft = SoftLabels(of: teacher, on: images)
        let p = softmax(soft.logits)
        let smoothed = softmax(soft.smoothed(by: 0.5).logits)
        let flatter = soft.softened(by: 3).logits
        for place in p.elements.indices {
            #expect(abs(smoothed.elements[place] - (0.5 * p.elements[place] + 0.05)) < 1e-6)
            #expect(abs(flatter.elements[place] - soft.logits.elements[place] / 3) < 1e-6)
        }
        let permuted = soft.permutingOtherClasses(seed: 1)
        #expect(predictions(of: permuted.logits) == predictions(of: soft.logits))
        #expect(permuted.logits != soft.logits)
        for row in 0..<soft.ids.count { #expect(permuted.logits.row(row).sorted() == soft.logits.row(row).sorted()) }
        let spread = soft.spreadingOtherClasses()
        #expect(predictions(of: spread.logits) == predictions(of: soft.logits))
        let (before, even) = (softmax(soft.logits), softmax(spread.logits))
        for row in 0..<soft.ids.count {
            let sure = before.row(row).max() ?? 0
            let expected = Array(repeating: (1 - sure) / 9, count: 9) + [sure]
            #expect(zip(even.row(row).sorted(), expected).allSatisfy { abs($0 - $1) < 1e-6 })
        }
        let elsewhere = soft.permutingSamples(seed: 1)
        #expect(elsewhere.logits != soft.logits)
        #expect(
            Set((0..<60).map { Array(elsewhere.logits.row($0)) }) == Set((0..<60).map { Array(soft.logits.row($0)) }))
        let noisy = soft.noisy(deviation: 0.5, seed: 1)
        let errors = zip(noisy.logits.elements, soft.logits.elements).map { Double($0 - $1) }
        #expect(abs((errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count)).squareRoot() - 0.5) < 0.05)
        // The noise of a sample does not depend on what else there is.
        let few = SoftLabels(of: teacher, on: images.prefix(9)).noisy(deviation: 0.5, seed: 1)
        #expect(try few.logits(for: images.prefix(9)) == noisy.logits(for: images.prefix(9)))
        let names = [soft, soft.smoothed(by: 0.5), permuted, elsewhere, noisy].map(\.teacher)
        #expect(Set(names).count == names.count)
    }

    @Test func aGateKeepsWhatBothKindsOfLabelsAgreeOn() {
        let logits = Matrix(rows: [[2, 1, 0], [0, 0, 1], [1, 1, 0], [-3, -2, -1]])
        #expect(samplesInAgreement(labels: [0, 1, 0, 2], teacherLogits: logits) == [0, 2, 3])
        #expect(samplesInAgreement(labels: [1, 0, 1, 0], teacherLogits: logits).isEmpty)
    }

    @Test func aVirtualTeacherIsSureOfTheRightClass() throws {
        let p = softmax(
            try SoftLabels.virtual(for: images, correct: 0.91, logits: .logarithms).logits(for: images))
        for (row, label) in images.labels.enumerated() {
            for column in 0..<10 {
                #expect(abs(p[row, column] - (column == Int(label) ? 0.91 : 0.01)) < 1e-6)
            }
        }
    }

    @Test func thePublishedVirtualTeacherTakesItsProbabilitiesForLogits() throws {
        let logits = try SoftLabels.virtual(for: images, correct: 0.91, logits: .probabilities).logits(for: images)
        for (row, label) in images.labels.enumerated() {
            #expect((0..<10).map { logits[row, $0] } == (0..<10).map { $0 == Int(label) ? 0.91 : 0.01 })
        }
    }

    @Test func softLabelsAreReadBackFromAFile() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("labels.safetensors")
        let soft = SoftLabels(of: teacher, on: images)
        try soft.write(to: path)
        #expect(try SoftLabels(contentsOf: path) == soft)
        try teacher.write(to: path)
        #expect(throws: SoftLabelError.self) { try SoftLabels(contentsOf: path) }
        var other = Safetensors(metadata: ["kdbook.teacher": "t", "kdbook.data": soft.data])
        other.add("ids", [1, 2])
        other.add("logits", shape: [2, 1], [0, 1])
        try other.write(to: path)
        #expect(throws: SoftLabelError.self) { try SoftLabels(contentsOf: path) }
    }
}
