public import Datasets
internal import Digest
public import Tensors

/// What a teacher says of some samples: computed once, kept with the samples' ids, and joined by them.
///
///     let softLabels = SoftLabels(of: teacher, on: training)
///     let objective = Objective.distillation(
///         teacherLogits: try softLabels.logits(for: subset), temperature: 4, softWeight: 0.9)
///
/// A set that was shuffled or thinned out gets the rows that belong to it; one with a sample that the teacher was never asked about
/// is an error. So soft labels cannot be given to the wrong samples.
public struct SoftLabels: Sendable, Hashable {
    /// The samples, in ascending order, each once.
    public let ids: [SampleID]
    /// One row of logits a sample, in the order of ``ids``: softmax(logits/T) is what is said at temperature T.
    public let logits: Matrix
    /// What stands for the teacher: a digest of its net, or of how these labels were made from others.
    public let teacher: String
    /// A digest of the samples' ids.
    public let data: String

    /// What `network` says of each image, nothing dropped.
    public init(of network: Network, on images: LabelledImages) { self.init(of: network, on: Examples(images)) }

    /// What `network` says of each sample, nothing dropped.
    public init(of network: Network, on examples: Examples) {
        self.init(
            samples: examples.ids, logits: network.logits(for: examples), teacher: network.digest.description)
    }

    /// Soft labels given by hand: row i of `logits` belongs to `samples[i]`; of a sample that occurs again, the first row counts.
    ///
    /// - Parameter teacher: What stands for the teacher.
    /// - Precondition: there is a row for each sample.
    public init(samples: [SampleID], logits: Matrix, teacher: String) {
        precondition(samples.count == logits.rows, "\(logits.rows) rows of logits for \(samples.count) samples")
        var places: [SampleID: Int] = [:]
        for (place, id) in samples.enumerated() where places[id] == nil { places[id] = place }
        let order = places.sorted { $0.key < $1.key }
        ids = order.map(\.key)
        self.logits = logits.selectingRows(order.map(\.value))
        self.teacher = teacher
        data = SHA256Digest(ofIDs: ids).description
    }

    /// How many classes there are.
    public var classes: Int { logits.columns }

    /// The logits of each image, in the images' order.
    /// - Throws: an error that names the first image that the teacher was not asked about.
    public func logits(for images: LabelledImages) throws(SoftLabelError) -> Matrix {
        try logits(for: Examples(images))
    }

    /// The logits of each sample (samples × classes), in the samples' order.
    /// - Throws: an error that names the first sample that the teacher was not asked about.
    public func logits(for examples: Examples) throws(SoftLabelError) -> Matrix {
        let rows = Dictionary(uniqueKeysWithValues: zip(ids, ids.indices))
        var places: [Int] = []
        for (place, id) in examples.ids.enumerated() {
            guard let row = rows[id] else { throw SoftLabelError.unknown(sample: id, place: place) }
            places.append(row)
        }
        return logits.selectingRows(places)
    }
}

/// Why soft labels cannot be had.
public enum SoftLabelError: Error, Hashable, CustomStringConvertible {
    /// The sample at `place` (from 0) has no soft label.
    case unknown(sample: SampleID, place: Int)
    /// Two teachers' soft labels are of different samples; `sample` is the first that only one of them has.
    case differentSamples(sample: SampleID)
    /// A file holds something else.
    case malformed(path: String, reason: String)

    /// The error in words, with the sample or the file.
    public var description: String {
        switch self {
        case .unknown(let sample, let place):
            "sample \(sample) (number \(place + 1) of the set) has no soft label: the teacher was asked about other data"
        case .differentSamples(let sample):
            "only one of the teachers was asked about sample \(sample): soft labels of different data do not combine"
        case .malformed(let path, let reason): "\(path): no soft labels: \(reason)"
        }
    }
}
