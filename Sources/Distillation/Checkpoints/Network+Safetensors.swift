internal import Foundation

extension Network {
    /// What the file of a network says its layers are.
    private static let architectureKey = "kdbook.network"

    private struct Architecture: Codable {
        var inputs: Int
        var image: ImageShape?
        var seed: UInt64
        var layers: [Layer]
    }

    /// Writes the network as safetensors: for the layer at index i the tensors `dense.i.weight` (inputs × units) and `dense.i.bias`, or
    /// `convolution.i.weight` (kernel × kernel × channels × filters) and `convolution.i.bias`, and its layers as metadata.
    public func write(to path: String) throws(SafetensorsError) { try safetensors.write(to: path) }

    var safetensors: Safetensors {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let architecture = Architecture(inputs: inputs, image: image, seed: seed, layers: layers)
        // Whole numbers, names and rates that are numbers: nothing here can fail to be encoded.
        let text = (try? encoder.encode(architecture)).map { String(decoding: $0, as: UTF8.self) } ?? ""
        var file = Safetensors(metadata: [Self.architectureKey: text])
        for (index, stage) in layout.stages.enumerated() {
            let weights = parameters[stage.offset..<stage.offset + stage.weightCount]
            file.add(stage.tensorName(index, "weight"), shape: stage.weightShape, Array(weights))
            file.add(stage.tensorName(index, "bias"), shape: [stage.units], bias(ofDenseLayer: index))
        }
        return file
    }

    /// Reads a network with its layers.
    /// - Throws: an error that names the file and what is wrong: with the file itself, with its layers, or with the names and shapes
    ///   of its tensors for these layers.
    public init(contentsOf path: String) throws(SafetensorsError) {
        let file = try SafetensorsFile(contentsOf: path)
        guard let text = file.metadata[Self.architectureKey] else {
            throw SafetensorsError(
                path, "it does not say which layers it is of; `load` reads it into a network that has them")
        }
        guard let architecture = try? JSONDecoder().decode(Architecture.self, from: Data(text.utf8)),
            Layout.isPossible(
                inputs: architecture.inputs, image: architecture.image, layers: architecture.layers)
        else { throw SafetensorsError(path, "its layers make no network: \(text)") }
        // Before the network is made, which takes memory for what its layers say.
        let layout = Layout(inputs: architecture.inputs, image: architecture.image, layers: architecture.layers)
        try Self.check(file, layout, path: path)
        self.init(
            inputs: architecture.inputs, image: architecture.image, seed: architecture.seed, layers: architecture.layers
        )
        try take(file)
    }

    /// Reads the weights and biases of a network with the same layers.
    /// - Throws: an error that names the file and what is wrong, as ``init(contentsOf:)``.
    public mutating func load(from path: String) throws(SafetensorsError) {
        let file = try SafetensorsFile(contentsOf: path)
        try Self.check(file, layout, path: path)
        try take(file)
    }

    private static func check(_ file: SafetensorsFile, _ layout: Layout, path: String) throws(SafetensorsError) {
        var expected: [String: [Int]] = [:]
        for (index, stage) in layout.stages.enumerated() {
            expected[stage.tensorName(index, "weight")] = stage.weightShape
            expected[stage.tensorName(index, "bias")] = [stage.units]
        }
        for (name, shape) in expected.sorted(by: { $0.key < $1.key }) {
            guard let found = file.shape(of: name) else {
                throw SafetensorsError(path, "there is no tensor `\(name)`, which the network needs")
            }
            guard found == shape else {
                throw SafetensorsError(path, "tensor `\(name)` has the shape \(found); the network needs \(shape)")
            }
        }
        for name in file.names where expected[name] == nil {
            throw SafetensorsError(path, "there is a tensor `\(name)`, of which the network knows nothing")
        }
    }

    private mutating func take(_ file: SafetensorsFile) throws(SafetensorsError) {
        var parameters: [Float] = []
        for (index, stage) in layout.stages.enumerated() {
            for part in ["weight", "bias"] { parameters += try file.finiteNumbers(of: stage.tensorName(index, part)) }
        }
        setParameters(parameters)
    }
}

extension Layout.Stage {
    fileprivate func tensorName(_ index: Int, _ part: String) -> String {
        "\(convolution == nil ? "dense" : "convolution").\(index).\(part)"
    }

    fileprivate var weightShape: [Int] {
        convolution.map { [$0.kernel, $0.kernel, $0.channels, $0.filters] } ?? [inputs, units]
    }
}
