internal import Datasets
internal import Tensors

extension Network {
    /// Reads the weights and biases of a model of torch, saved by `safetensors.torch`: for each dense layer in turn
    /// `NAME.weight` (units × inputs, as `nn.Linear` keeps it) and `NAME.bias`, if it has one.
    ///
    /// - Parameter names: The layers' names, such as `["fc1", "fc2"]`. Without them all tensors of the file must be of linear layers
    ///   whose names differ by numbers only, such as `net.0` and `net.2`: these give the order.
    /// - Throws: an error that names the file and what is wrong with it, with a tensor's type, or with names and shapes.
    public mutating func load(fromTorch path: String, layers names: [String]? = nil) throws(SafetensorsError) {
        let file = try SafetensorsFile(contentsOf: path)
        let names = if let names { names } else { try Self.linearLayers(in: file) }
        var layers: [(name: String, parameters: DenseParameters)] = []
        for name in names {
            guard let shape = file.shape(of: name + ".weight"), shape.count == 2 else {
                throw SafetensorsError(
                    path, "there is no table `\(name).weight`; there are \(SafetensorsFile.list(file.names))")
            }
            let numbers = try file.finiteNumbers(of: name + ".weight")
            let weights = Matrix(rows: shape[0], columns: shape[1], elements: numbers).transposed
            let bias: [Float]? =
                file.shape(of: name + ".bias") == nil ? nil : try file.finiteNumbers(of: name + ".bias")
            layers.append((name, DenseParameters(weights: weights, bias: bias)))
        }
        do throws(NumberError) { try take(layers) } catch { throw SafetensorsError(path, error.description) }
    }

    /// Writes the weights and biases as torch reads them (`model.load_state_dict(safetensors.torch.load_file(path))`).
    ///
    /// - Parameter names: The layers' names. Without them those of an `nn.Sequential` that has each `Linear`, each activation and each
    ///   `Dropout` as a module of its own: `Dense(4, activation: .relu)`, `Dropout(0.2)`, `Dense(3)` are `0`, and `3`.
    /// - Precondition: there is a name for each dense layer.
    public func write(forTorch path: String, layers names: [String]? = nil) throws(SafetensorsError) {
        let names = names ?? sequentialNames
        precondition(
            names.count == layout.stages.count, "\(names.count) names for \(layout.stages.count) dense layers")
        var file = Safetensors(metadata: ["format": "pt"])
        for (index, name) in names.enumerated() {
            file.add(name + ".weight", NumberArray(weights(ofDenseLayer: index).transposed))
            let bias = bias(ofDenseLayer: index)
            file.add(name + ".bias", shape: [bias.count], bias)
        }
        try file.write(to: path)
    }

    private var sequentialNames: [String] {
        var names: [String] = []
        var next = 0
        for layer in layers {
            if case .dense(let dense) = layer {
                names.append("\(next)")
                if dense.activation != .identity { next += 1 }
            }
            next += 1
        }
        return names
    }

    /// The names of a file's linear layers, in the order of the numbers in them.
    private static func linearLayers(in file: SafetensorsFile) throws(SafetensorsError) -> [String] {
        let weights = file.names.filter { $0.hasSuffix(".weight") && file.shape(of: $0)?.count == 2 }
        let names = weights.map { String($0.dropLast(".weight".count)) }
        let known = Set(names.flatMap { [$0 + ".weight", $0 + ".bias"] })
        let others = file.names.filter { !known.contains($0) }
        guard others.isEmpty else {
            throw SafetensorsError(
                file.path,
                "\(SafetensorsFile.list(others)) are of no linear layer; name the layers to read, in their order")
        }
        let words = Set(names.map { $0.replacing(/[0-9]+/, with: "0") })
        let numbers = names.map { $0.matches(of: /[0-9]+/).compactMap { Int($0.output) } }
        guard words.count <= 1 else {
            throw SafetensorsError(
                file.path, "the names \(SafetensorsFile.list(names)) do not tell the layers' order; name them in it")
        }
        return zip(names, numbers).sorted { $0.1.lexicographicallyPrecedes($1.1) }.map(\.0)
    }
}
