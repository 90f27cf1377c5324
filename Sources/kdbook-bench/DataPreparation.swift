import Datasets
import Foundation

/// Writes the four plain IDX files that both sides read: MNIST from the folder FROM where it is there, else
/// synthetic digits, as many.
func writeData(_ arguments: Arguments) throws {
    let from = try arguments.word(0, "a folder that may hold MNIST")
    let to = try arguments.word(1, "a folder to write to")
    try FileManager.default.createDirectory(atPath: to, withIntermediateDirectories: true)
    let digits = SyntheticDigits(seed: 1)
    let training = (try? MNIST.load(from: from, part: .training)) ?? digits.training(count: 60_000)
    let test = (try? MNIST.load(from: from, part: .test)) ?? digits.test(count: 10_000)
    for (images, part) in [(training, MNIST.Part.training), (test, .test)] {
        try IDXArray(dimensions: [images.count, images.height, images.width], elements: images.pixels)
            .write(to: "\(to)/\(part.imageFileName)")
        try IDXArray(dimensions: [images.count], elements: images.labels).write(to: "\(to)/\(part.labelFileName)")
    }
    print("\(training.name): \(training.count) training and \(test.count) test images in \(to)")
}
