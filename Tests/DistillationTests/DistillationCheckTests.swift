import Distillation
import Tensors
import Testing

/// The checks of distillation procedures: the right one passes, and a wrong one does not.
@Suite struct DistillationCheckTests {
    private func failed(_ procedure: DistillationProcedure) -> [String] {
        check(procedure).filter { $0.problem != nil }.map(\.check)
    }

    @Test func theLibrarysOwnProcedurePassesEveryCheck() {
        let results = check(.library)
        #expect(results.count == 9)
        for result in results { #expect(result.problem == nil, "\(result.check): \(result.problem ?? "")") }
    }

    @Test func eachCheckCanFail() {
        var caught: Set<String> = []
        var loss = DistillationProcedure.library
        loss.loss = { student, teacher, labels, temperature, softWeight in
            let (loss, gradient) = DistillationProcedure.library.loss(
                student, teacher, labels, temperature, softWeight)
            return (loss + 1, gradient.map { 2 * $0 + 1 })
        }
        caught.formUnion(failed(loss))
        var labels = DistillationProcedure.library
        labels.softLabels = { teacher, asked, _ in teacher.logits(for: asked).map { $0 + 1 } }
        caught.formUnion(failed(labels))
        var training = DistillationProcedure.library
        training.train = { student, teacher, images, setting in
            let layers = student.layers.filter { if case .dropout = $0 { false } else { true } }
            var bare = Network(inputs: student.inputs, seed: 1, layers: layers)
            bare.setParameters(student.parameters)
            return try DistillationProcedure.library.train(bare, teacher, images, setting)
        }
        caught.formUnion(failed(training))
        training.train = { student, _, _, _ in student }
        caught.formUnion(failed(training))
        #expect(caught == Set(check(.library).map(\.check)))
    }
}
