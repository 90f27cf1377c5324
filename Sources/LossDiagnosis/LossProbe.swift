/// One call of a distillation loss: what goes in.
public struct LossProbe: Sendable, Hashable, Codable {
    /// What the value of this call is filed under.
    public let id: String
    /// The teacher's logits, a row for each sample.
    public let teacher: [[Double]]
    /// The student's logits, of the teacher's shape.
    public let student: [[Double]]
    /// The true class of each sample.
    public let labels: [Int]
    /// T, by which both logits are divided.
    public let temperature: Double
    /// α, the soft loss's weight; `nil` where the loss takes none.
    public let alpha: Double?

    /// A call of a loss.
    ///
    /// - Precondition: `teacher` and `student` have one shape, N × C, and there are N labels.
    public init(
        id: String, teacher: [[Double]], student: [[Double]], labels: [Int], temperature: Double, alpha: Double? = nil
    ) {
        precondition(teacher.map(\.count) == student.map(\.count), "\(id): teacher and student differ in shape")
        precondition(labels.count == teacher.count, "\(id): \(labels.count) labels for \(teacher.count) rows")
        self.id = id
        self.teacher = teacher
        self.student = student
        self.labels = labels
        self.temperature = temperature
        self.alpha = alpha
    }

    /// N.
    var rows: Int { teacher.count }
    /// C.
    var classes: Int { teacher[0].count }

    /// The same call under another name.
    func named(_ id: String) -> LossProbe {
        LossProbe(
            id: id, teacher: teacher, student: student, labels: labels, temperature: temperature, alpha: alpha)
    }

    /// The same call with a student's logit moved by `step`.
    func moving(row: Int, column: Int, by step: Double) -> LossProbe {
        var moved = student
        moved[row][column] += step
        return LossProbe(
            id: id, teacher: teacher, student: moved, labels: labels, temperature: temperature, alpha: alpha)
    }

    /// Whether both calls have the same input.
    func hasInput(of other: LossProbe) -> Bool { named("") == other.named("") }
}
