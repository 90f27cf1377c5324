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
        let file = try Safetensors(contentsOf: path)
        guard let ids = file.tensors["ids"], ids.type == .uint64, ids.shape.count == 1,
            let logits = file.tensors["logits"], logits.type == .float32, logits.shape.count == 2
        else { throw SoftLabelError.malformed(path: path, reason: "it needs a list `ids` and a table `logits`") }
        guard logits.shape[0] == ids.shape[0] else {
            throw SoftLabelError.malformed(
                path: path, reason: "there are \(ids.shape[0]) ids and \(logits.shape[0]) rows of logits")
        }
        guard let teacher = file.metadata["kdbook.teacher"], let data = file.metadata["kdbook.data"] else {
            throw SoftLabelError.malformed(path: path, reason: "it does not say of which teacher and data it is")
        }
        self.init(
            samples: ids.integers.map { SampleID(bits: $0) },
            logits: Matrix(rows: logits.shape[0], columns: logits.shape[1], elements: logits.numbers),
            teacher: teacher)
        guard self.data == data, self.ids.count == ids.shape[0] else {
            throw SoftLabelError.malformed(path: path, reason: "its ids are not those its digest was made of")
        }
    }
}
