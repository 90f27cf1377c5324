internal import Foundation

extension Network {
    /// What the file of a network says its layers are.
    private static let architectureKey = "kdbook.network"

    private struct Architecture: Codable {
        var inputs: Int
        var seed: UInt64
        var layers: [Layer]
    }

    /// Writes the network as safetensors: for the dense layer at index i the tensors `dense.i.weight` (inputs × units) and
    /// `dense.i.bias`, and its layers as metadata.
    public func write(to path: String) throws(SafetensorsError) { try safetensors.write(to: path) }

    var safetensors: Safetensors {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let architecture = Architecture(inputs: inputs, seed: seed, layers: layers)
        // Whole numbers, names and rates that are numbers: nothing here can fail to be encoded.
        let text = (try? encoder.encode(architecture)).map { String(decoding: $0, as: UTF8.self) } ?? ""
        var file = Safetensors(metadata: [Self.architectureKey: text])
        for (index, stage) in layout.stages.enumerated() {
            let weights = parameters[stage.offset..<stage.offset + stage.weightCount]
            file.add("dense.\(index).weight", shape: [stage.inputs, stage.outputs], Array(weights))
            file.add("dense.\(index).bias", shape: [stage.outputs], bias(ofDenseLayer: index))
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
            Layout.isPossible(inputs: architecture.inputs, layers: architecture.layers)
        else { throw SafetensorsError(path, "its layers make no network: \(text)") }
        // Before the network is made, which takes memory for what its layers say.
        try Self.check(file, layers: architecture.layers, inputs: architecture.inputs, path: path)
        self.init(inputs: architecture.inputs, seed: architecture.seed, layers: architecture.layers)
        try take(file)
    }

    /// Reads the weights and biases of a network with the same layers.
    /// - Throws: an error that names the file and what is wrong, as ``init(contentsOf:)``.
    public mutating func load(from path: String) throws(SafetensorsError) {
        let file = try SafetensorsFile(contentsOf: path)
        try Self.check(file, layers: layers, inputs: inputs, path: path)
        try take(file)
    }

    private static func check(
        _ file: SafetensorsFile, layers: [Layer], inputs: Int, path: String
    ) throws(SafetensorsError) {
        var expected: [String: [Int]] = [:]
        var inputs = inputs
        for (index, units) in layers.compactMap(\.units).enumerated() {
            expected["dense.\(index).weight"] = [inputs, units]
            expected["dense.\(index).bias"] = [units]
            inputs = units
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
        for index in layout.stages.indices {
            for part in ["weight", "bias"] { parameters += try file.finiteNumbers(of: "dense.\(index).\(part)") }
        }
        setParameters(parameters)
    }
}

extension Layer {
    /// How many units a dense layer has; `nil` for another layer.
    var units: Int? { if case .dense(let dense) = self { dense.units } else { nil } }
}

extension Layout {
    /// Whether layers read from a file make a network, so that what their initialisers demand holds.
    static func isPossible(inputs: Int, layers: [Layer]) -> Bool {
        guard inputs > 0, case .dense = layers.last else { return false }
        var previousIsDropout = false
        for layer in layers {
            switch layer {
            case .dense(let dense):
                guard dense.units > 0, dense.maxNorm.map({ $0 > 0 }) ?? true else { return false }
                previousIsDropout = false
            case .dropout(let dropout):
                guard 0..<1 ~= dropout.rate, !previousIsDropout else { return false }
                previousIsDropout = true
            }
        }
        return true
    }
}
