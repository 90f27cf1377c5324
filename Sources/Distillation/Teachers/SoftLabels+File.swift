internal import Datasets
internal import Digest
internal import Tensors

extension SoftLabels {
    /// Writes the soft labels as safetensors: `ids` (64-bit integers) and `logits` (samples × classes), with the teacher and the
    /// digest of the data as metadata.
    public func write(to path: String) throws(SafetensorsError) {
        var file = Safetensors(metadata: ["kdbook.teacher": teacher, "kdbook.data": data])
        file.add("ids", ids.map(\.bits))
        file.add("logits", shape: [logits.rows, logits.columns], logits.elements)
        try file.write(to: path)
    }

    /// Reads soft labels from a file.
    /// - Throws: `SafetensorsError` where the file is damaged, ``SoftLabelError/malformed(path:reason:)`` where it holds something else
    ///   or its ids are not those that its digest was made of.
    public init(contentsOf path: String) throws {
        let file = try SafetensorsFile(contentsOf: path)
        guard let idShape = file.shape(of: "ids"), let shape = file.shape(of: "logits"), idShape.count == 1,
            shape.count == 2, let ids = try file.tensor(named: "ids").unsignedIntegers
        else { throw SoftLabelError.malformed(path: path, reason: "it needs a list `ids` and a table `logits`") }
        guard shape[0] == ids.count else {
            throw SoftLabelError.malformed(
                path: path, reason: "there are \(ids.count) ids and \(shape[0]) rows of logits")
        }
        guard let teacher = file.metadata["kdbook.teacher"], let data = file.metadata["kdbook.data"] else {
            throw SoftLabelError.malformed(path: path, reason: "it does not say of which teacher and data it is")
        }
        let logits = try file.finiteNumbers(of: "logits")
        self.init(
            samples: ids.map { SampleID(bits: $0) },
            logits: Matrix(rows: shape[0], columns: shape[1], elements: logits), teacher: teacher)
        guard self.data == data, self.ids.count == ids.count else {
            throw SoftLabelError.malformed(path: path, reason: "its ids are not those its digest was made of")
        }
    }
}
