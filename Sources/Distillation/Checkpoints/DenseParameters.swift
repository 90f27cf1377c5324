internal import Datasets
internal import Tensors

/// What files of other tools hold of one dense layer.
struct DenseParameters {
    /// Inputs × units.
    let weights: Matrix
    /// `nil` for a layer without biases, which is one whose biases are 0.
    let bias: [Float]?
}

extension Network {
    /// Takes the parameters of all dense layers.
    /// - Throws: where there is another number of layers than the network has, or one has other shapes.
    mutating func take(_ layers: [(name: String, parameters: DenseParameters)]) throws(NumberError) {
        guard layers.count == layout.stages.count else {
            let names = SafetensorsFile.list(layers.map(\.name))
            throw NumberError(
                description: "\(layers.count) dense layers are there, \(names); the network has \(layout.stages.count)")
        }
        var parameters: [Float] = []
        for (stage, (name, layer)) in zip(layout.stages, layers) {
            guard layer.weights.rows == stage.inputs, layer.weights.columns == stage.outputs else {
                throw NumberError(
                    description:
                        "layer `\(name)` takes \(layer.weights.rows) numbers and gives \(layer.weights.columns); "
                        + "the network's takes \(stage.inputs) and gives \(stage.outputs)")
            }
            let bias = layer.bias ?? [Float](repeating: 0, count: stage.outputs)
            guard bias.count == stage.outputs else {
                throw NumberError(
                    description: "layer `\(name)` has \(bias.count) biases and \(stage.outputs) units")
            }
            let numbers = layer.weights.elements + bias
            guard numbers.allSatisfy(\.isFinite) else {
                throw NumberError(description: "layer `\(name)` holds a number that is NaN or infinite")
            }
            parameters += numbers
        }
        setParameters(parameters)
    }
}
