import Datasets
import Distillation
import Foundation
import Tensors

/// A network from images of 784 pixels to 10 classes, with the hidden widths of `text` ("1200,1200", or "-").
///
/// `dropout` has the rates before and after each hidden layer, or none.
func network(_ text: String, dropout: [Double] = []) throws -> Network {
    let widths = try text.split(separator: ",").filter { $0 != "-" }.map { word in
        guard let width = Int(word), width > 0 else {
            throw UsageError("hidden widths are like 1200,1200 or -, not \(text)")
        }
        return width
    }
    guard dropout.isEmpty || dropout.count == widths.count + 1 else {
        throw UsageError("\(widths.count + 1) rates of dropout are needed, not \(dropout.count)")
    }
    return Network(inputs: 784, seed: 1) {
        if let rate = dropout.first { Dropout(rate) }
        for (index, width) in widths.enumerated() {
            Dense(width, activation: .relu)
            if !dropout.isEmpty { Dropout(dropout[index + 1]) }
        }
        Dense(10)
    }
}

/// Images of random bytes, as many of them 0 as in MNIST: how long a step takes depends on those, not on what they show.
func noise(_ count: Int) -> LabelledImages {
    var stream = RandomStream(seed: 1, purpose: .data)
    var pixels: [UInt8] = []
    pixels.reserveCapacity(count * 784)
    for _ in 0..<count * 196 {
        let word = stream.nextUInt32()
        for byte in 0..<4 as Range<UInt32> {
            let pixel = UInt8(truncatingIfNeeded: word >> (8 * byte))
            // As in MNIST, 19 pixels in a hundred are not 0.
            pixels.append(pixel < 49 ? pixel &* 5 &+ 1 : 0)
        }
    }
    let labels = (0..<count).map { _ in UInt8(stream.integer(below: 10)) }
    return LabelledImages(name: "noise", width: 28, height: 28, classCount: 10, pixels: pixels, labels: labels)
}

private func name(_ widths: String) -> String {
    "784-" + (widths == "-" ? "" : widths.replacingOccurrences(of: ",", with: "-") + "-") + "10"
}

/// Samples a second of a training run, on labels or on a teacher's logits at T = 4; the best of `--runs` epochs.
func measureTraining(_ arguments: Arguments) throws {
    let widths = try arguments.word(0, "hidden widths")
    let soft = arguments.words.dropFirst().first == "soft"
    let samples = try arguments.number("samples", default: 12_800)
    let batch = try arguments.number("batch", default: 128)
    let jitter = try arguments.number("jitter", default: 0, from: 0)
    let images = noise(samples)
    var student = try network(widths, dropout: arguments.rates("dropout"))
    let logits = Matrix(rows: samples, columns: 10) { row, column in Float((row * 7 + column * 3) % 11) - 5 }
    let objective =
        soft ? Objective.distillation(teacherLogits: logits, temperature: 4, softWeight: 0.9) : .crossEntropy
    student.train(on: images.prefix(batch * 4), epochs: 1, batchSize: batch, seed: 1)
    let epochs = try arguments.number("epochs", default: 1)
    let time = seconds {
        student.train(
            on: images, objective: objective, optimizer: .adam(), epochs: epochs, batchSize: batch, seed: 1,
            jitter: jitter)
    }
    try Measurement(
        work: "\(soft ? "distilling" : "training") \(name(widths)), batch \(batch)",
        value: Double(samples * epochs) / time, unit: "samples/s"
    ).printLine()
    try Measurement(work: "peak memory", value: peakMemory(), unit: "MB").printLine()
}

/// Samples a second of a network's logits.
func measureLogits(_ arguments: Arguments) throws {
    let widths = try arguments.word(0, "hidden widths")
    let samples = try arguments.number("samples", default: 10_000)
    let images = noise(samples)
    let teacher = try network(widths)
    var logits = teacher.logits(for: images.prefix(256))
    let time = seconds { logits = teacher.logits(for: images) }
    guard logits.rows == samples else { throw UsageError("no logits") }
    try Measurement(work: "soft labels of \(name(widths))", value: Double(samples) / time, unit: "samples/s")
        .printLine()
}

/// The article's listing done right: teacher and student 784-10, five epochs each in batches of 32.
///
/// Prints what it learned; the time from the process's start is for the caller to take.
func measureArticle(_ arguments: Arguments) throws {
    let folder = try arguments.word(0, "a folder with the four IDX files")
    let training = try MNIST.load(from: folder, part: .training)
    let test = try MNIST.load(from: folder, part: .test)
    var teacher = try network("-")
    teacher.train(on: training, optimizer: .adam(), epochs: 5, batchSize: 32, seed: 1)
    var student = try network("-")
    let objective = Objective.distillation(
        teacherLogits: teacher.logits(for: training), temperature: 4, softWeight: 0.9)
    student.train(on: training, objective: objective, optimizer: .adam(), epochs: 5, batchSize: 32, seed: 2)
    let scores = (teacher.evaluate(on: test), student.evaluate(on: test))
    try Measurement(work: "teacher's accuracy", value: scores.0.accuracy, unit: "").printLine()
    try Measurement(work: "student's accuracy", value: scores.1.accuracy, unit: "").printLine()
    let agreement = agreement(between: scores.0.predictions, and: scores.1.predictions)
    try Measurement(work: "agreement", value: agreement, unit: "").printLine()
}

/// The most memory this process has held, in MB.
private func peakMemory() -> Double {
    #if os(Linux)
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else { return .nan }
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return Double(line?.split(whereSeparator: \.isWhitespace).dropFirst().first ?? "").map { $0 / 1024 } ?? .nan
    #else
        return .nan
    #endif
}
