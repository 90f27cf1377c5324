public import Datasets

extension Network {
    /// Reads a sequential model of Keras with its layers, from a `.h5` or a `.keras` file: dense layers, dropout and activations that
    /// a network knows. A softmax at the end is left out, since a network gives logits; flattening and the input's shape are the
    /// caller's business. Of constraints, the bound on norms is taken over.
    ///
    /// - Throws: `DataError` where the file is damaged, or the model has other layers; then `load(fromKeras:)` may read its weights.
    public init(keras path: String) throws(DataError) {
        let (json, file) = try Self.kerasModel(path)
        let weights = try KerasWeights(file, path: path)
        let layers: [Layer]
        do throws(KerasArchitecture.Problem) { layers = try KerasArchitecture(json: json).layers } catch {
            throw DataError(path, error.reason, cure: "give a sequential model of dense layers")
        }
        guard let first = weights.layers.first,
            Layout.isPossible(inputs: first.parameters.weights.rows, image: nil, layers: layers),
            Self.denseUnits(layers) == weights.layers.map(\.parameters.weights.columns)
        else {
            throw DataError(
                path, "its layers make no network with its weights", cure: "give a model that was built and saved whole"
            )
        }
        self.init(inputs: first.parameters.weights.rows, seed: 0, layers: layers)
        try take(weights, path: path)
    }

    /// Reads the weights and biases of a model of Keras with dense layers of the same sizes, from a `.weights.h5`, `.h5` or `.keras` file.
    ///
    /// - Throws: `DataError` where the file is damaged, or holds other layers.
    public mutating func load(fromKeras path: String) throws(DataError) {
        let file = path.hasSuffix(".keras") ? try Self.kerasModel(path).file : try HDF5File(contentsOf: path)
        try take(KerasWeights(file, path: path), path: path)
    }

    /// Writes the weights and biases of the dense layers as Keras reads them (`model.load_weights(path)`) into a sequential model that has
    /// the same layers, each with its bias. The file is the same each time.
    ///
    /// - Parameter path: Must end with `.weights.h5`, by which Keras knows the format.
    /// - Throws: `DataError` where the file cannot be written, is called otherwise, or the network has other layers.
    public func write(forKeras path: String) throws {
        guard path.hasSuffix(".weights.h5") else {
            throw DataError(path, "Keras reads weights by this name from no file", cure: "call it `NAME.weights.h5`")
        }
        guard Self.denseUnits(layers).count == layout.stages.count else {
            throw DataError(path, "the network has layers that are not dense", cure: "write it as safetensors")
        }
        var arrays: [String: NumberArray] = [:]
        for index in layout.stages.indices {
            let vars = "layers/dense\(index == 0 ? "" : "_\(index)")/vars"
            let bias = bias(ofDenseLayer: index)
            arrays["\(vars)/0"] = NumberArray(weights(ofDenseLayer: index))
            arrays["\(vars)/1"] = NumberArray(shape: [bias.count], bias)
        }
        try HDF5File.write(arrays, to: path)
    }

    private static func denseUnits(_ layers: [Layer]) -> [Int] {
        layers.compactMap { if case .dense(let dense) = $0 { dense.units } else { nil } }
    }

    private mutating func take(_ weights: KerasWeights, path: String) throws(DataError) {
        do throws(NumberError) { try take(weights.layers) } catch {
            throw DataError(path, error.description, cure: "give the network the layers of the model")
        }
    }

    private static let largestConfiguration = 1 << 26

    private static func kerasModel(_ path: String) throws(DataError) -> (json: String, file: HDF5File) {
        let source = try ByteSource(contentsOf: path)
        guard path.hasSuffix(".keras") else {
            let file = try HDF5File(source)
            guard let json = try file.texts(ofAttribute: "model_config")?.first else {
                throw DataError(
                    path, "it holds weights and no model",
                    cure: "make a Network with its layers, and call load(fromKeras:)")
            }
            return (json, file)
        }
        let archive = try ZipArchive(source)
        func content(_ name: String, _ maximumCount: Int) throws(DataError) -> [UInt8] {
            guard let entry = archive.entries.first(where: { $0.name == name }) else {
                throw DataError(path, "there is no `\(name)` in it", cure: "give what Keras's save has written")
            }
            return try archive.content(of: entry, maximumCount: maximumCount)
        }
        let json = String(decoding: try content("config.json", largestConfiguration), as: UTF8.self)
        let weights = ByteSource(try content("model.weights.h5", 1 << 30), path: "\(path)/model.weights.h5")
        return (json, try HDF5File(weights))
    }
}
