public import Tensors

/// The samples, in ascending order, at which a teacher's likeliest class is the label that the student is given: a gate that leaves out
/// what hard and soft labels disagree on. It is told nothing that the student is not told, so that no true label can slip in.
///
/// - Precondition: there is a row of logits for each label.
public func samplesInAgreement(labels: [Int], teacherLogits: Matrix) -> [Int] {
    precondition(
        labels.count == teacherLogits.rows, "\(labels.count) labels beside \(teacherLogits.rows) rows of teacher logits"
    )
    let said = predictions(of: teacherLogits)
    return labels.indices.filter { said[$0] == labels[$0] }
}
