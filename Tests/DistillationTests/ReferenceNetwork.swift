import Distillation
import Tensors

/// A network in double precision, as plain as can be: what gradients are checked against.
struct ReferenceNetwork {
    enum Stage {
        case dense(inputs: Int, outputs: Int, Activation)
        case convolution(Convolution, on: ImageShape)
        case pooling(Int, on: ImageShape)
    }

    var stages: [Stage]
    var parameters: [Double]

    init(_ network: Network) {
        stages = []
        var inputs = network.inputs
        var image = network.image
        for layer in network.layers {
            switch layer {
            case .dense(let dense):
                stages.append(.dense(inputs: inputs, outputs: dense.units, dense.activation))
                inputs = dense.units
                continue
            case .convolution(let convolution):
                guard let before = image else { continue }
                stages.append(.convolution(convolution, on: before))
                let (kernel, frame) = (convolution.kernel, 2 * convolution.padding)
                image = ImageShape(
                    height: (before.height + frame - kernel) / convolution.stride + 1,
                    width: (before.width + frame - kernel) / convolution.stride + 1, channels: convolution.filters)
            case .pooling(let pooling):
                guard let before = image else { continue }
                stages.append(.pooling(pooling.size, on: before))
                image = ImageShape(
                    height: before.height / pooling.size, width: before.width / pooling.size, channels: before.channels)
            case .dropout: continue
            }
            inputs = image?.count ?? inputs
        }
        parameters = network.parameters.map(Double.init)
    }

    func logits(_ x: [Double]) -> [Double] {
        var values = x
        var offset = 0
        for stage in stages {
            switch stage {
            case .dense(let inputs, let outputs, let activation):
                let bias = offset + inputs * outputs
                values = (0..<outputs).map { unit in
                    var sum = parameters[bias + unit]
                    for input in 0..<inputs { sum += values[input] * parameters[offset + input * outputs + unit] }
                    return apply(activation, sum)
                }
                offset = bias + outputs
            case .convolution(let layer, let image):
                values = convolve(values, layer, on: image, parametersFrom: offset)
                offset += (layer.kernel * layer.kernel * image.channels + 1) * layer.filters
            case .pooling(let size, let image): values = pool(values, size, on: image)
            }
        }
        return values
    }

    private func convolve(
        _ x: [Double], _ layer: Convolution, on image: ImageShape, parametersFrom offset: Int
    ) -> [Double] {
        let (kernel, channels, filters) = (layer.kernel, image.channels, layer.filters)
        let rows = (image.height + 2 * layer.padding - kernel) / layer.stride + 1
        let columns = (image.width + 2 * layer.padding - kernel) / layer.stride + 1
        return (0..<rows * columns * filters).map { place in
            let (row, column, filter) = (place / filters / columns, place / filters % columns, place % filters)
            var sum = parameters[offset + kernel * kernel * channels * filters + filter]
            for i in 0..<kernel {
                for j in 0..<kernel {
                    let (y, x0) = (layer.stride * row + i - layer.padding, layer.stride * column + j - layer.padding)
                    guard 0..<image.height ~= y, 0..<image.width ~= x0 else { continue }
                    for k in 0..<channels {
                        sum +=
                            x[(y * image.width + x0) * channels + k]
                            * parameters[offset + ((i * kernel + j) * channels + k) * filters + filter]
                    }
                }
            }
            return apply(layer.activation, sum)
        }
    }

    private func pool(_ x: [Double], _ size: Int, on image: ImageShape) -> [Double] {
        let (rows, columns) = (image.height / size, image.width / size)
        return (0..<rows * columns * image.channels).map { place in
            let channel = place % image.channels
            let (row, column) = (place / image.channels / columns, place / image.channels % columns)
            return (0..<size * size).reduce(-.infinity) { largest, k in
                let (y, x0) = (row * size + k / size, column * size + k % size)
                return max(largest, x[(y * image.width + x0) * image.channels + channel])
            }
        }
    }

    private func apply(_ activation: Activation, _ z: Double) -> Double {
        switch activation {
        case .identity: z
        case .relu: max(z, 0)
        case .tanh: ReproducibleMath.tanh(z)
        case .sigmoid: 1 / (1 + ReproducibleMath.exp(-z))
        }
    }

    /// Central differences of a loss in each parameter.
    func gradient(_ loss: (ReferenceNetwork) -> Double) -> [Double] {
        parameters.indices.map { index in
            var above = self
            var below = self
            above.parameters[index] += 1e-5
            below.parameters[index] -= 1e-5
            return (loss(above) - loss(below)) / 2e-5
        }
    }
}

extension Matrix {
    /// Row `index` in double precision.
    func doubles(_ index: Int) -> [Double] { row(index).map(Double.init) }

    /// A matrix of draws from the standard normal distribution.
    static func normal(rows: Int, columns: Int, seed: UInt64, scale: Double = 1) -> Matrix {
        var stream = RandomStream(seed: seed, purpose: .data)
        return Matrix(rows: rows, columns: columns) { _, _ in Float(scale * stream.normal()) }
    }
}
