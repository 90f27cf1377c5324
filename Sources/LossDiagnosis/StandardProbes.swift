internal import Tensors

extension LossProbe {
    /// The calls that tell the known mistakes apart, the same on every machine.
    ///
    /// Batches of one to eight samples with three to ten classes, temperatures from 1 to 20, two weights; ties, logits of ±60,
    /// logits shifted by a constant, masked classes, a teacher or a student changed alone; one call is made twice. Each logit is a
    /// multiple of 1/4 that even bfloat16 holds.
    public static let standard: [LossProbe] = {
        let batch = random(id: "batch-t4", seed: 1, rows: 4, classes: 10, temperature: 4)
        let shifted = batch.student.map { $0.map { $0 + 3 } }
        let negated = batch.student.map { $0.map { -$0 } }
        let flat = batch.teacher.map { $0.map { $0 / 2 } }
        return [
            LossProbe(id: "three", teacher: [[2, 1, 0]], student: [[0, 1, 2]], labels: [0], temperature: 4, alpha: 1),
            LossProbe(
                id: "three-t1", teacher: [[2, 1, 0]], student: [[-1, 1, 1]], labels: [2], temperature: 1, alpha: 1),
            random(id: "batch-t1", seed: 2, rows: 4, classes: 10, temperature: 1),
            random(id: "batch-t2", seed: 3, rows: 8, classes: 5, temperature: 2),
            batch,
            batch.named("batch-t4-again"),
            random(id: "batch-t20", seed: 4, rows: 2, classes: 7, temperature: 20),
            random(id: "weighted-t4", seed: 5, rows: 4, classes: 6, temperature: 4, alpha: 0.25),
            random(id: "weighted-t2", seed: 6, rows: 3, classes: 4, temperature: 2, alpha: 0.75),
            LossProbe(
                id: "tie", teacher: [[2, 2, -1, -1]], student: [[1, -1, -1, 1]], labels: [0], temperature: 2, alpha: 1),
            LossProbe(
                id: "shifted", teacher: batch.teacher, student: shifted, labels: batch.labels, temperature: 4, alpha: 1),
            LossProbe(
                id: "student-changed", teacher: batch.teacher, student: negated, labels: batch.labels, temperature: 4,
                alpha: 1),
            LossProbe(
                id: "teacher-changed", teacher: flat, student: batch.student, labels: batch.labels, temperature: 4,
                alpha: 1),
            LossProbe(
                id: "large-t1", teacher: [[60, -60, 0, 30], [-60, 10, 60, 0]],
                student: [[-60, 60, 10, 0], [60, 0, -60, 20]], labels: [0, 2], temperature: 1, alpha: 1),
            LossProbe(
                id: "large-t4", teacher: [[60, -60, 0, 30], [-60, 10, 60, 0]],
                student: [[-60, 60, 10, 0], [60, 0, -60, 20]], labels: [0, 2], temperature: 4, alpha: 1),
            // Here a limit shows whatever α weights.
            LossProbe(
                id: "weighted-large-t1", teacher: [[60, -60, 0, 30], [-60, 10, 60, 0]],
                student: [[-60, 60, 10, 0], [60, 0, -60, 20]], labels: [0, 2], temperature: 1, alpha: 0.5),
            LossProbe(
                id: "wide-t1", teacher: [[20, 0, -6, 3]], student: [[0, 20, 4, -5]], labels: [1], temperature: 1,
                alpha: 1),
            LossProbe(
                id: "masked", teacher: [[3, 1, -30, -30, 0]], student: [[0, 2, -30, -30, 1]], labels: [0],
                temperature: 1,
                alpha: 1),
        ]
    }()

    private static func random(
        id: String, seed: UInt64, rows: Int, classes: Int, temperature: Double, alpha: Double = 1
    ) -> LossProbe {
        var stream = RandomStream(seed: seed, purpose: .data)
        func logits() -> [[Double]] {
            (0..<rows).map { _ in (0..<classes).map { _ in Double(stream.integer(below: 49) - 24) / 4 } }
        }
        let (teacher, student) = (logits(), logits())
        return LossProbe(
            id: id, teacher: teacher, student: student, labels: (0..<rows).map { _ in stream.integer(below: classes) },
            temperature: temperature, alpha: alpha)
    }
}
