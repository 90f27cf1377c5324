import Datasets
import Distillation
import Features
import Foundation
import Sequences
import Tensors

/// Samples a second of training a convolutional network on images of 28×28 pixels: `large`, `lenet` or `small`.
func measureConvolution(_ arguments: Arguments) throws {
    let name = try arguments.word(0, "a network: large, lenet or small")
    let samples = try arguments.number("samples", default: 1280)
    let images = noise(samples)
    var network = try convolutionalNetwork(name)
    network.train(on: images.prefix(256), epochs: 1, batchSize: 128, seed: 1)
    let time = seconds { network.train(on: images, epochs: 1, batchSize: 128, seed: 1) }
    try Measurement(work: "convolution, \(name)", value: Double(samples) / time, unit: "samples/s").printLine()
}

private func convolutionalNetwork(_ name: String) throws -> Network {
    let image = ImageShape(height: 28, width: 28)
    switch name {
    case "large":
        return Network(image: image, seed: 1) {
            Convolution(32, kernel: 5, activation: .relu)
            MaxPooling(2)
            Convolution(64, kernel: 5, activation: .relu)
            MaxPooling(2)
            Dense(512, activation: .relu)
            Dense(10)
        }
    case "lenet":
        return Network(image: image, seed: 1) {
            Convolution(6, kernel: 5, padding: 2, activation: .relu)
            MaxPooling(2)
            Convolution(16, kernel: 5, activation: .relu)
            MaxPooling(2)
            Dense(120, activation: .relu)
            Dense(84, activation: .relu)
            Dense(10)
        }
    case "small":
        return Network(image: image, seed: 1) {
            Convolution(4, kernel: 5, activation: .relu)
            MaxPooling(4)
            Dense(10)
        }
    default: throw UsageError("convolutional networks are large, lenet and small, not \(name)")
    }
}

/// Samples a second of a network 4096-64-4 that learns from rows of which `--active` numbers are not 0, as hashed texts have.
func measureHashedTexts(_ arguments: Arguments) throws {
    let samples = try arguments.number("samples", default: 3200)
    let active = try arguments.number("active", default: 100)
    var stream = RandomStream(seed: 1, purpose: .data)
    var rows = Array(repeating: Float(0), count: samples * 4096)
    for sample in 0..<samples {
        for _ in 0..<active {
            rows[sample * 4096 + stream.integer(below: 4096)] = stream.integer(below: 2) == 0 ? 0.1 : -0.1
        }
    }
    let examples = Examples(
        features: Matrix(rows: samples, columns: 4096, elements: rows),
        labels: (0..<samples).map { _ in stream.integer(below: 4) })
    var network = Network(inputs: 4096, seed: 1) {
        Dense(64, activation: .relu)
        Dense(4)
    }
    network.train(on: examples, epochs: 1, batchSize: 32, seed: 1)
    let time = seconds { network.train(on: examples, epochs: 1, batchSize: 32, seed: 2) }
    try Measurement(work: "hashed texts", value: Double(samples) / time, unit: "samples/s").printLine()
}

/// Sentences of twelve words, a word being one of 800 features beside those of its neighbours, with one of twenty labels.
private func sentences(_ count: Int) -> (features: [ChainTagger.Features], labels: [[Int]]) {
    var stream = RandomStream(seed: 1, purpose: .data)
    let words = (0..<count).map { _ in (0..<12).map { _ in stream.integer(below: 800) } }
    let features = words.map { words in
        words.indices.map { t in
            [words[t], 800 + words[max(t - 1, 0)], 1600 + words[min(t + 1, words.count - 1)]]
        }
    }
    return (features, words.map { $0.map { $0 % 20 } })
}

/// Sentences a second of an epoch of a chain tagger.
func measureChainTagger(_ arguments: Arguments) throws {
    let count = try arguments.number("samples", default: 1000)
    let (features, labels) = sentences(count)
    var tagger = ChainTagger(featureCount: 2400, labelCount: 20)
    let time = seconds {
        tagger.train(on: features, ChainTagger.Training(epochs: 1), seed: 1) {
            $1.negativeLogLikelihood(of: labels[$0])
        }
    }
    try Measurement(work: "chain tagger", value: Double(count) / time, unit: "sentences/s").printLine()
}

/// Sentences a second of an epoch of a recurrent tagger, in batches of 16.
func measureRecurrentTagger(_ arguments: Arguments) throws {
    let count = try arguments.number("samples", default: 1000)
    let (features, labels) = sentences(count)
    var tagger = RecurrentTagger(featureCount: 2400, embedding: 32, units: 64, labelCount: 20, seed: 1)
    let time = seconds {
        tagger.train(on: features, RecurrentTagger.Training(epochs: 1), seed: 1) {
            .negativeLogLikelihood($1, of: labels[$0])
        }
    }
    try Measurement(work: "recurrent tagger", value: Double(count) / time, unit: "sentences/s").printLine()
}

/// Sounds a second whose cepstra are computed, each of 3,500 samples at 8 kHz: as many as the set of spoken digits has.
func measureCepstra(_ arguments: Arguments) throws {
    let count = try arguments.number("samples", default: 3000)
    var stream = RandomStream(seed: 1, purpose: .data)
    let sound = (0..<3500).map { _ in Float(stream.normal()) }
    let cepstra = Cepstra(sampleRate: 8000)
    var frames = 0
    let time = seconds { frames = Compute.map(count) { _ in cepstra(sound).count }.reduce(0, +) }
    guard frames > 0 else { throw UsageError("no frames") }
    try Measurement(work: "cepstra", value: Double(count) / time, unit: "sounds/s").printLine()
}
