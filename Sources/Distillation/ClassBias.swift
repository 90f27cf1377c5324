public import Datasets
public import Tensors

/// What to add to a student's logits where it was taught with other class frequencies than it will meet: T·ln(πᵢ/π̂ᵢ).
///
/// A student that matches softmax(v/T) on its transfer set also learns how often it says each class there, π̂; taking that for the
/// frequencies π it will meet moves logits at temperature T by this much. No test data are needed: π̂ is
/// ``classFrequencies(ofLogits:temperature:)`` of the teacher on the transfer set, and π the same on what the teacher learned from,
/// or what is known of the classes.
/// - Parameters:
///   - taught: π̂, each above 0.
///   - met: π, each above 0.
public func classBias(taught: [Double], met: [Double], temperature: Double = 1) -> [Double] {
    precondition(taught.count == met.count, "\(taught.count) classes against \(met.count)")
    precondition((taught + met).allSatisfy { $0 > 0 }, "a class of frequency 0 has no finite bias")
    return zip(taught, met).map { temperature * (ReproducibleMath.log($1) - ReproducibleMath.log($0)) }
}

/// The mean over the rows of softmax(v/T): how often a teacher says each class. The rows are added in order.
public func classFrequencies(ofLogits logits: Matrix, temperature: Double = 1) -> [Double] {
    var means = Array(repeating: 0.0, count: logits.columns)
    for row in 0..<logits.rows {
        let p = softmax(logits.doubles(row), temperature: temperature)
        for index in p.indices { means[index] += p[index] }
    }
    return means.map { $0 / Double(max(logits.rows, 1)) }
}

extension Network {
    /// The network with `bias` added to its logits, one number a class.
    /// - Precondition: the last layer gives its sums as they are.
    public func addingToLogits(_ bias: [Double]) -> Network {
        precondition(bias.count == outputs, "\(bias.count) numbers for \(outputs) logits")
        precondition(layout.stages.last?.activation == .identity, "the last layer's outputs are no sums")
        var network = self
        let last = layout.stages.count - 1
        network.setBias(zip(self.bias(ofDenseLayer: last), bias).map { $0 + Float($1) }, ofDenseLayer: last)
        return network
    }

    /// The number among `candidates` that, added to the logits of `classes`, leaves the fewest errors on `images`; the first of
    /// equals.
    ///
    /// Where the errors on the same images are what is reported, they are too few: the source's own correction was found so.
    /// It is here to be compared with ``classBias(taught:met:temperature:)``.
    public func bias(ofClasses classes: Set<Int>, tunedOn images: LabelledImages, candidates: [Double]) -> Double {
        precondition(!candidates.isEmpty, "there is nothing to choose from")
        let logits = logits(for: images)
        let labels = images.labels.map(Int.init)
        var best = (errors: Int.max, bias: candidates[0])
        for candidate in candidates {
            let moved = Matrix(rows: logits.rows, columns: logits.columns) {
                logits[$0, $1] + (classes.contains($1) ? Float(candidate) : 0)
            }
            let errors = zip(predictions(of: moved), labels).count { $0 != $1 }
            if errors < best.errors { best = (errors, candidate) }
        }
        return best.bias
    }
}
