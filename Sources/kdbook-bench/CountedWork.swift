import Charts
import Datasets
import Distillation
import Foundation
import Tensors

/// Does one fixed piece of work for `script/bench instructions`, which counts the instructions inside of `counted` alone.
func countWork(_ arguments: Arguments) throws {
    let name = try arguments.word(0, "a piece of work: \(pieces.keys.sorted().joined(separator: ", "))")
    guard let prepare = pieces[name] else { throw UsageError("there is no piece of work named \(name)") }
    try counted(prepare())
}

@inline(never)
private func counted(_ work: () throws -> Void) rethrows { try work() }

/// What makes each piece ready; the work is fixed by its text alone.
private let pieces: [String: @Sendable () -> () throws -> Void] = [
    "teacher": { training("1200,1200", dropout: [0.2, 0.5, 0.5], jitter: 2, steps: 1) },
    "student": { training("800,800", steps: 1) },
    "narrow": { training("32", steps: 5) },
    "linear": { training("-", steps: 10) },
    "logits": { logits },
    "chart": { chart },
]

/// Steps of training in batches of 128: with dropout on labels, else on a teacher's logits.
private func training(
    _ widths: String, dropout: [Double] = [], jitter: Int = 0, steps: Int
) -> () throws -> Void {
    let images = noise(128 * steps)
    let logits = Matrix(rows: images.count, columns: 10) { row, column in Float((row * 7 + column * 3) % 11) - 5 }
    let objective =
        dropout.isEmpty
        ? Objective.distillation(teacherLogits: logits, temperature: 4, softWeight: 0.9) : .crossEntropy
    return {
        var student = try network(widths, dropout: dropout)
        student.train(
            on: images, objective: objective, optimizer: .adam(), epochs: 1, batchSize: 128, seed: 1, jitter: jitter)
    }
}

private func logits() throws {
    let images = noise(128)
    let logits = try network("1200,1200").logits(for: images)
    precondition(logits.rows == images.count, "a row of logits for each image")
}

/// A chart of five curves on a logarithmic axis, from data to the file's bytes.
private func chart() throws {
    let curves = (0..<5).map { series in
        (0..<200).map { step in
            let noise = Double(step * 7919 % 1000) / 1000
            return 2.3 / (1 + 0.1 * Double(step * (series + 1))) * (0.9 + 0.2 * noise)
        }
    }
    let figure = Chart("Learning curves", x: "step", y: Axis("loss", scale: .logarithmic)) {
        for (series, losses) in curves.enumerated() { Line(x: 0..<200, y: losses, label: "series \(series)") }
    }.figure
    let picture = try figure.png(theme: .light)
    precondition(!picture.isEmpty, "a picture has bytes")
}
