import Foundation
import Testing

/// A loss of the user's own, by hand: KL(teacher‖student) of softened probabilities with T², and CE of the labels.
private struct HandWrittenLoss: Sendable {
    struct Probe: Decodable {
        let id: String
        let teacher: [[Double]]
        let student: [[Double]]
        let labels: [Int]
        let temperature: Double
        let alpha: Double?
    }
    struct Probes: Decodable { let probes: [Probe] }

    var timesSquare = true
    var perClass = false
    /// How a framework of less precision would print a value.
    var rounded: @Sendable (Double) -> Double = { $0 }

    private func logSoftmax(_ logits: [Double], _ temperature: Double) -> [Double] {
        let scaled = logits.map { $0 / temperature }
        let most = scaled.max() ?? 0
        let sum = most + log(scaled.map { exp($0 - most) }.reduce(0, +))
        return scaled.map { $0 - sum }
    }

    func value(of probe: Probe) -> Double {
        let T = probe.temperature
        var (soft, hard) = (0.0, 0.0)
        for row in probe.labels.indices {
            let p = logSoftmax(probe.teacher[row], T)
            let q = logSoftmax(probe.student[row], T)
            soft += zip(p, q).map { exp($0) == 0 ? 0 : exp($0) * ($0 - $1) }.reduce(0, +)
            hard -= logSoftmax(probe.student[row], 1)[probe.labels[row]]
        }
        let n = Double(probe.labels.count)
        soft *= (timesSquare ? T * T : 1) / n / (perClass ? Double(probe.teacher[0].count) : 1)
        guard let alpha = probe.alpha else { return rounded(soft) }
        return rounded((1 - alpha) * hard / n + alpha * soft)
    }

    /// What the user's program writes.
    func answers(to probes: Probes) -> String {
        let values = probes.probes.map { "\"\($0.id)\": \(value(of: $0))" }
        return "{\"values\": {\(values.joined(separator: ", "))}}"
    }
}

extension EndToEnd {
    @Suite(.serialized) struct DiagnoseLossTests {
        private let book: TemporaryBook
        private let probes: HandWrittenLoss.Probes

        init() throws {
            book = try TemporaryBook([:])
            let outcome = try book.run("diagnose-loss", "--probes")
            probes = try JSONDecoder().decode(HandWrittenLoss.Probes.self, from: Data(outcome.output.utf8))
        }

        private func diagnose(_ content: String) throws -> Outcome {
            try book.write(content, to: "losses.json")
            return try book.run("diagnose-loss", "losses.json")
        }

        @Test(arguments: [
            (HandWrittenLoss(), 0, "right"),
            (HandWrittenLoss(rounded: { Double(Float($0)) }), 0, "right"),
            (HandWrittenLoss(rounded: { Double(Float(bitPattern: Float($0).bitPattern & 0xFFFF_0000)) }), 0, "right"),
            (HandWrittenLoss(timesSquare: false), 1, "T² is missing"),
            (HandWrittenLoss(perClass: true), 1, "1/C of it: the mean is over batch and classes"),
            (HandWrittenLoss(timesSquare: false, perClass: true), 1, "T² is missing"),
        ])
        private func aLossWrittenByHandIsNamedAndTheStatusTellsWhetherItIsRight(
            loss: HandWrittenLoss, status: Int32, words: String
        ) throws {
            let outcome = try diagnose(loss.answers(to: probes))
            #expect(outcome.status == status, "\(outcome)")
            #expect(outcome.output.contains(words), "\(outcome.output)")
            #expect(outcome.output.contains("right") == (status == 0), "\(outcome.output)")
            #expect(outcome.errors == "")
        }

        @Test func aFileThatCannotBeUsedIsAWordAndStatusTwo() throws {
            let whole = HandWrittenLoss().answers(to: probes)
            let first = probes.probes[0]
            for (content, words) in [
                ("", "it is no JSON"), ("[]", "another kind"), ("{\"values\": {", "it is no JSON"),
                ("{}", "values: there are none"),
                ("{\"values\": {}}", "\(first.id): this probe has no value"),
                (whole.replacing("\"\(first.id)\"", with: "\"another\""), "\(first.id): this probe has no value"),
                (
                    whole.replacing("\"values\": {", with: "\"values\": {\"another\": 1, "),
                    "another: there is no such probe"
                ),
                (
                    whole.replacing("\"values\": {", with: "\"precision\": \"float8\", \"values\": {"),
                    "`float8` is none of"
                ),
                (
                    whole.replacing("\"values\": {", with: "\"gradients\": {\"\(first.id)\": [[1]]}, \"values\": {"),
                    "the shape of the student's logits"
                ),
                (
                    whole.replacing(
                        "\"\(first.id)\": \(HandWrittenLoss().value(of: first))", with: "\"\(first.id)\": [1, 2]"),
                    "must be one number"
                ),
                (
                    whole.replacing(
                        "\"\(first.id)\": \(HandWrittenLoss().value(of: first))", with: "\"\(first.id)\": null"),
                    "null where a number must stand"
                ),
            ] {
                let outcome = try diagnose(content)
                #expect(outcome.status == 2, "\(content.prefix(80)): \(outcome)")
                #expect(outcome.errors.contains("losses.json: "), "\(outcome.errors)")
                #expect(outcome.errors.contains(words), "\(content.prefix(80)): \(outcome.errors)")
                #expect(outcome.output == "")
            }
            #expect(try book.run("diagnose-loss", "nowhere.json").status == 2)
            #expect(try book.run("diagnose-loss").status == 2)
        }

        @Test func aLossThatIsNoNumberWhereTheRightOneIsFailsAndIsTold() throws {
            let first = probes.probes[0]
            let value = "\"\(first.id)\": \(HandWrittenLoss().value(of: first))"
            let outcome = try diagnose(
                HandWrittenLoss().answers(to: probes).replacing(value, with: "\"\(first.id)\": NaN"))
            #expect(outcome.status == 1)
            #expect(outcome.output.contains("not finite at \(first.id)"), "\(outcome.output)")
        }
    }
}
