import Distillation
import Tensors
import Testing

@Suite struct ObjectiveTests {
    private let logits = Matrix.normal(rows: 7, columns: 10, seed: 1, scale: 2)
    private let teacherLogits = Matrix.normal(rows: 7, columns: 10, seed: 2, scale: 3)
    private let labels = [3, 0, 9, 5, 5, 1, 7]

    /// The mean loss in double precision, from the definition.
    private func reference(_ objective: Objective, _ z: [[Double]]) -> Double {
        let losses = z.indices.map { row -> Double in
            switch objective {
            case .crossEntropy: -logSoftmax(z[row])[labels[row]]
            case .distillation(let teacher, let temperature, let softWeight):
                (1 - softWeight) * -logSoftmax(z[row])[labels[row]]
                    + softWeight * temperature * temperature
                    * klDivergence(
                        from: softmax(teacher.doubles(row), temperature: temperature),
                        to: softmax(z[row], temperature: temperature))
            case .softLabels(let q): klDivergence(from: q.doubles(row), to: softmax(z[row]))
            case .squaredError(let targets):
                zip(z[row], targets.doubles(row)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) / 2 }
            case .batch, .sum: preconditionFailure("these have tests of their own")
            }
        }
        return losses.reduce(0, +) / Double(losses.count)
    }

    private var objectives: [Objective] {
        [
            .crossEntropy, .softLabels(softmax(teacherLogits)), .squaredError(targets: teacherLogits),
            .distillation(teacherLogits: teacherLogits, temperature: 1, softWeight: 0.5),
            .distillation(teacherLogits: teacherLogits, temperature: 4, softWeight: 0.9),
            .distillation(teacherLogits: teacherLogits, temperature: 20, softWeight: 1),
            .distillation(teacherLogits: teacherLogits, temperature: 4, softWeight: 0),
        ]
    }

    @Test func lossesFollowTheirDefinition() {
        for objective in objectives {
            let exact = reference(objective, (0..<7).map(logits.doubles))
            // A divergence is the difference of two entropies: what rounding leaves of them is times T².
            var scale = max(exact, 1)
            if case .distillation(_, let temperature, _) = objective { scale = max(scale, temperature * temperature) }
            #expect(abs(objective.evaluate(logits: logits, labels: labels).loss - exact) < 4e-7 * scale)
        }
    }

    @Test func gradientsAreThoseOfFiniteDifferences() {
        for objective in objectives {
            let gradient = objective.evaluate(logits: logits, labels: labels).gradient
            for row in 0..<7 {
                for column in 0..<10 {
                    var above = (0..<7).map(logits.doubles)
                    var below = above
                    above[row][column] += 1e-5
                    below[row][column] -= 1e-5
                    let exact = (reference(objective, above) - reference(objective, below)) / 2e-5
                    #expect(abs(Double(gradient[row, column]) - exact) < 1e-6 * max(abs(exact), 1))
                }
            }
        }
    }

    @Test func theHardLossAloneIsCrossEntropyBitForBit() {
        let zero = Objective.distillation(teacherLogits: teacherLogits, temperature: 4, softWeight: 0)
        let plain = Objective.crossEntropy.evaluate(logits: logits, labels: labels)
        #expect(zero.evaluate(logits: logits, labels: labels) == plain)
    }

    @Test func softLabelsAloneLookAtNoLabel() {
        let soft = Objective.distillation(teacherLogits: teacherLogits, temperature: 4, softWeight: 1)
        #expect(soft.evaluate(logits: logits) == soft.evaluate(logits: logits, labels: labels))
    }

    @Test func aStudentEqualToItsTeacherHasNoGradient() {
        let soft = Objective.distillation(teacherLogits: logits, temperature: 4, softWeight: 1)
        let (loss, gradient) = soft.evaluate(logits: logits)
        #expect(abs(loss) < 1e-5)
        #expect(gradient.elements.allSatisfy { $0 == 0 })
    }

    @Test func theSoftGradientTendsToTheDifferenceOfCentredLogits() {
        let temperature = 1e4
        let soft = Objective.distillation(teacherLogits: teacherLogits, temperature: temperature, softWeight: 1)
        let gradient = soft.evaluate(logits: logits).gradient
        for row in 0..<7 {
            let (z, v) = (logits.doubles(row), teacherLogits.doubles(row))
            let shift = (z.reduce(0, +) - v.reduce(0, +)) / 10
            for column in 0..<10 {
                // T·(p − q)/N → (z − v − mean(z − v))/(10·N)
                let limit = (z[column] - v[column] - shift) / 70
                #expect(abs(Double(gradient[row, column]) - limit) < 2e-4)
            }
        }
    }

    @Test func rowsOfAnyLengthAreTreatedAlike() {
        for classes in [1, 2, 3, 15, 16, 17, 31, 32, 33, 100] {
            let z = Matrix.normal(rows: 3, columns: classes, seed: 3)
            let v = Matrix.normal(rows: 3, columns: classes, seed: 4)
            let soft = Objective.distillation(teacherLogits: v, temperature: 2, softWeight: 1)
            let exact = (0..<3).map { row in
                4
                    * klDivergence(
                        from: softmax(v.doubles(row), temperature: 2), to: softmax(z.doubles(row), temperature: 2))
            }
            let (loss, gradient) = soft.evaluate(logits: z)
            #expect(abs(loss - exact.reduce(0, +) / 3) < 5e-6)
            for row in 0..<3 { #expect(abs(gradient.row(row).reduce(0, +)) < 1e-6) }
        }
    }

    @Test func hugeLogitsGiveNoInfinity() {
        let z = Matrix(rows: [[3e38, -3e38, 0], [-1e5, 1e5, 0]])
        let (loss, gradient) = Objective.crossEntropy.evaluate(logits: z, labels: [0, 1])
        #expect(loss == 0)
        #expect(gradient.elements.allSatisfy { $0 == 0 })
    }
}
