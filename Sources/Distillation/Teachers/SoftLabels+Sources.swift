public import Datasets
internal import Digest
internal import Tensors

/// How the distributions of an ensemble are brought together.
public enum EnsembleMean: String, Sendable, Hashable, Codable {
    /// The mean of the probabilities, (1/m)·Σ p_k.
    case arithmetic
    /// The mean of the logits, whose softmax is the geometric mean of the probabilities, normalised.
    case geometric
}

extension SoftLabels {
    /// What an ensemble says: the mean of its members' distributions at temperature 1. Source: Hinton, Vinyals, Dean,
    /// arXiv:1503.02531, section 2 (which allows either mean).
    ///
    /// - Throws: an error that names the first sample that not all members were asked about.
    /// - Precondition: there is at least one member, and all have as many classes.
    public static func ensemble(
        of members: [SoftLabels], mean: EnsembleMean
    ) throws(SoftLabelError) -> SoftLabels {
        precondition(!members.isEmpty, "an ensemble needs at least one member")
        for member in members where member.ids != members[0].ids {
            let only = Set(member.ids).symmetricDifference(members[0].ids).min()
            throw SoftLabelError.differentSamples(sample: only ?? members[0].ids[0])
        }
        let share = 1 / Double(members.count)
        return members[0].changed("ensemble \(mean.rawValue)", by: members.map(\.teacher)) { _, row, _ in
            var total = Array(repeating: 0.0, count: members[0].classes)
            for member in members {
                let z = member.logits.doubles(row)
                let values = mean == .arithmetic ? softmax(z) : logSoftmax(z)
                for index in values.indices { total[index] += share * values[index] }
            }
            return mean == .arithmetic ? total.map(ReproducibleMath.log) : total
        }
    }

    /// The distributions mixed with the uniform one: (1 − ε)·p + ε/K at temperature 1.
    /// - Precondition: `amount` is in 0...1.
    public func smoothed(by amount: Double) -> SoftLabels {
        precondition(0...1 ~= amount, "an amount must be in 0...1, not \(amount)")
        return changed("smoothed \(amount)") { z, _, _ in
            softmax(z).map { ReproducibleMath.log((1 - amount) * $0 + amount / Double(z.count)) }
        }
    }

    /// The logits divided by `temperature`: a teacher less sure of the same, or surer below 1.
    /// - Precondition: `temperature > 0`.
    public func softened(by temperature: Double) -> SoftLabels {
        precondition(temperature > 0, "a temperature must be above 0, not \(temperature)")
        return changed("softened \(temperature)") { z, _, _ in z.map { $0 / temperature } }
    }

    /// The logits with normal noise added, drawn for each sample from its id and `seed`.
    public func noisy(deviation: Double, seed: UInt64) -> SoftLabels {
        changed("noisy \(deviation) \(seed)") { z, _, id in
            var stream = RandomStream(seed: seed ^ id.bits, purpose: .data)
            return z.map { $0 + deviation * stream.normal() }
        }
    }

    /// Each sample's distribution with the classes that are not the largest in random order: as sure as before, but without what
    /// the teacher finds alike.
    public func permutingOtherClasses(seed: UInt64) -> SoftLabels {
        changed("permuted classes \(seed)") { z, _, id in
            let largest = z.indices.reduce(0) { z[$1] > z[$0] ? $1 : $0 }
            let others = z.indices.filter { $0 != largest }
            var stream = RandomStream(seed: seed ^ id.bits, purpose: .shuffle)
            var result = z
            for (place, from) in zip(others, stream.permutation(of: others.count)) { result[place] = z[others[from]] }
            return result
        }
    }

    /// Each sample's distribution with what the largest class leaves spread evenly over the others, at temperature 1: as sure of the
    /// same class as before, and nothing beyond.
    public func spreadingOtherClasses() -> SoftLabels {
        changed("spread classes") { z, _, _ in
            let logP = logSoftmax(z)
            let largest = z.indices.reduce(0) { z[$1] > z[$0] ? $1 : $0 }
            let rest = sum(z.count) { $0 == largest ? 0 : ReproducibleMath.exp(logP[$0]) }
            let other = ReproducibleMath.log(max(rest, 1e-300) / Double(max(z.count - 1, 1)))
            return z.indices.map { $0 == largest ? logP[$0] : other }
        }
    }

    /// The distributions given to other samples, on purpose: a control that says nothing about any one sample.
    public func permutingSamples(seed: UInt64) -> SoftLabels {
        var stream = RandomStream(seed: seed, purpose: .shuffle)
        let order = stream.permutation(of: ids.count)
        return changed("permuted samples \(seed)") { _, row, _ in logits.doubles(order[row]) }
    }

    /// What a temperature divides of a virtual teacher.
    public enum VirtualLogits: String, Sendable, Hashable, Codable {
        /// The logarithms of the probabilities: at temperature 1 the teacher says just these, as equation 9 reads.
        case logarithms
        /// The probabilities themselves, as the published code has it: softmax(p/T), which is almost uniform at every T.
        case probabilities
    }

    /// A teacher made up without a net: the right class has the probability a, each other (1 − a)/(K − 1).
    /// Source: Yuan, Tay, Li, Wang, Feng, CVPR 2020, equation 9, and the code published with it, which differ.
    ///
    /// - Precondition: `correct` lies between 0 and 1.
    public static func virtual(
        for images: LabelledImages, correct: Double, logits form: VirtualLogits
    ) -> SoftLabels {
        precondition(
            correct > 0 && correct < 1, "the right class's probability must be between 0 and 1, not \(correct)")
        let other = (1 - correct) / Double(images.classCount - 1)
        let logits = Matrix(rows: images.count, columns: images.classCount) { row, column in
            let p = column == Int(images.labels[row]) ? correct : other
            return Float(form == .logarithms ? ReproducibleMath.log(p) : p)
        }
        return SoftLabels(
            samples: Examples(images).ids, logits: logits, teacher: "virtual \(correct) \(form.rawValue)")
    }

    /// Soft labels of the same samples, each row made by `row` from its logits, its place and its id.
    private func changed(
        _ name: String, by teachers: [String]? = nil, _ row: (_ z: [Double], _ row: Int, _ id: SampleID) -> [Double]
    ) -> SoftLabels {
        let rows = ids.indices.map { row(logits.doubles($0), $0, ids[$0]) }
        let sources = (teachers ?? [teacher]).joined(separator: "\n")
        return SoftLabels(
            samples: ids, logits: Matrix(rounding: rows, columns: classes),
            teacher: SHA256Digest(of: "\(name)\n\(sources)".utf8).description)
    }
}
