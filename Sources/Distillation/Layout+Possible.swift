extension Layout {
    /// What a network that is read from a file may have at most: layers; numbers between two of them; channels or a side of an image;
    /// the side of a kernel. Products and sums of them then stay below what an integer holds.
    private static let mostLayers = 1000
    private static let mostNumbers = 1 << 24
    private static let mostPixels = 1 << 14
    private static let mostOfKernel = 1 << 10

    /// Whether layers read from a file make a network, so that what their initialisers demand holds.
    static func isPossible(inputs: Int, image: ImageShape?, layers: [Layer]) -> Bool {
        guard 1...mostNumbers ~= inputs, layers.count <= mostLayers, case .dense = layers.last else { return false }
        var image = image
        if let image {
            let sides = [image.height, image.width, image.channels]
            guard sides.allSatisfy({ 1...mostPixels ~= $0 }), image.count == inputs else { return false }
        }
        var previous: Layer?
        for layer in layers {
            guard follows(layer, previous), step(&image, through: layer) else { return false }
            previous = layer
        }
        return true
    }

    private static func follows(_ layer: Layer, _ previous: Layer?) -> Bool {
        switch (previous, layer) {
        case (.dropout, .dropout): false
        case (.convolution, .pooling): true
        case (_, .pooling): false
        default: true
        }
    }

    /// Makes `image` what the layer gives; `false` where the layer is none, or does not fit.
    private static func step(_ image: inout ImageShape?, through layer: Layer) -> Bool {
        switch layer {
        case .dense(let dense):
            image = nil
            return 1...mostNumbers ~= dense.units && dense.maxNorm.map { $0 > 0 } ?? true
        case .dropout(let dropout): return 0..<1 ~= dropout.rate
        case .convolution(let convolution):
            guard let before = image, 1...mostPixels ~= convolution.filters, 1...mostOfKernel ~= convolution.kernel,
                1...mostPixels ~= convolution.stride, 0..<convolution.kernel ~= convolution.padding
            else { return false }
            let shape = convolution.shape(on: before)
            guard 1...mostNumbers ~= shape.outputs else { return false }
            image = ImageShape(shape)
            return true
        case .pooling(let pooling):
            guard let before = image, 1...min(before.height, before.width) ~= pooling.size else { return false }
            image = ImageShape(
                height: before.height / pooling.size, width: before.width / pooling.size, channels: before.channels)
            return true
        }
    }
}
