import Tensors
import Testing

/// The bits of a number, every NaN being the quiet one.
private func bits(_ x: Float) -> UInt32 { x.isNaN ? 0x7FC0_0000 : x.bitPattern }

/// What a convolution must give, as the loops that its contract writes.
private struct PlainConvolution {
    let shape: ConvolutionShape
    let images: Int
    let input: [Float]
    let weights: [Float]
    let bias: [Float]

    private var patch: Int { shape.patchSize }

    /// Element `k` of the patch at `place` of an image, and where it lies in the image; `nil` in the padding.
    private func place(_ k: Int, of place: Int) -> Int? {
        let (i, j) = (k / shape.channels / shape.kernel, k / shape.channels % shape.kernel)
        let y = place / shape.columns * shape.stride + i - shape.padding
        let x = place % shape.columns * shape.stride + j - shape.padding
        guard 0..<shape.height ~= y, 0..<shape.width ~= x else { return nil }
        return (y * shape.width + x) * shape.channels + k % shape.channels
    }

    private func element(_ image: Int, _ place: Int, _ k: Int) -> Float {
        k == patch ? 1 : self.place(k, of: place).map { input[image * shape.inputs + $0] } ?? 0
    }

    /// Values and the place of each in its square.
    func outputs(relu: Bool) -> (values: [Float], chosen: [Float]) {
        var (values, chosen): ([Float], [Float]) = ([], [])
        for image in 0..<images {
            for square in 0..<shape.pooledRows * shape.pooledColumns {
                for filter in 0..<shape.filters {
                    var (largest, from) = (Float(0), 0)
                    for k in 0..<shape.pool * shape.pool {
                        let row = square / shape.pooledColumns * shape.pool + k / shape.pool
                        let column = square % shape.pooledColumns * shape.pool + k % shape.pool
                        let value = sum(image, row * shape.columns + column, filter, relu: relu)
                        if k == 0 || largest < value || value.isNaN { (largest, from) = (value, k) }
                    }
                    values.append(largest)
                    chosen.append(Float(from))
                }
            }
        }
        return (values, chosen)
    }

    private func sum(_ image: Int, _ place: Int, _ filter: Int, relu: Bool) -> Float {
        var sum: Float = 0
        for k in 0..<patch { sum = sum.addingProduct(element(image, place, k), weights[k * shape.filters + filter]) }
        let value = (sum + 0) + bias[filter]
        return relu && value < 0 ? 0 : value
    }

    /// `delta` is that of each place, not pooled.
    func gradients(_ delta: [Float]) -> (weights: [Float], input: [Float]) {
        let places = shape.rows * shape.columns
        var gradient = Array(repeating: Float(0), count: (patch + 1) * shape.filters)
        for group in stride(from: 0, to: images, by: 8) {
            for k in 0...patch {
                for filter in 0..<shape.filters {
                    var sum: Float = 0
                    for image in group..<min(group + 8, images) {
                        for place in 0..<places {
                            sum = sum.addingProduct(
                                element(image, place, k), delta[(image * places + place) * shape.filters + filter])
                        }
                    }
                    gradient[k * shape.filters + filter] += sum + 0
                }
            }
        }
        var input = Array(repeating: Float(0), count: images * shape.inputs)
        for image in 0..<images {
            for place in 0..<places {
                for k in 0..<patch {
                    guard let at = self.place(k, of: place) else { continue }
                    var sum: Float = 0
                    for filter in 0..<shape.filters {
                        sum = sum.addingProduct(
                            delta[(image * places + place) * shape.filters + filter],
                            weights[k * shape.filters + filter])
                    }
                    input[image * shape.inputs + at] += sum + 0
                }
            }
        }
        return (gradient, input)
    }

    /// The gradient of pooled values at the places that they came from.
    func unpooled(_ delta: [Float], chosen: [Float]) -> [Float] {
        let places = shape.rows * shape.columns
        var out = Array(repeating: Float(0), count: images * places * shape.filters)
        for index in delta.indices {
            let (cell, filter) = (index / shape.filters, index % shape.filters)
            let (image, square) = (
                cell / (shape.pooledRows * shape.pooledColumns), cell % (shape.pooledRows * shape.pooledColumns)
            )
            let row = square / shape.pooledColumns * shape.pool + Int(chosen[index]) / shape.pool
            let column = square % shape.pooledColumns * shape.pool + Int(chosen[index]) % shape.pool
            out[(image * places + row * shape.columns + column) * shape.filters + filter] = delta[index]
        }
        return out
    }
}

@Suite(.serialized) struct ConvolutionTests {
    private struct Sizes: Sendable {
        var image: (Int, Int, Int)
        var kernel: Int
        var stride = 1
        var padding = 0
        var filters: Int
        var pool = 1
        var images = 3
    }

    private static let sizes = [
        Sizes(image: (5, 4, 1), kernel: 3, filters: 2),
        Sizes(image: (6, 7, 3), kernel: 3, padding: 1, filters: 17, pool: 2, images: 19),
        Sizes(image: (9, 9, 16), kernel: 5, padding: 2, filters: 16, pool: 3, images: 9),
        Sizes(image: (8, 11, 2), kernel: 4, stride: 3, padding: 2, filters: 5, pool: 2, images: 8),
        Sizes(image: (3, 3, 33), kernel: 3, filters: 50, images: 17),
        Sizes(image: (28, 28, 1), kernel: 5, filters: 6, pool: 2, images: 10),
        Sizes(image: (1, 1, 4), kernel: 1, filters: 1, images: 1),
    ]

    @Test(arguments: sizes.indices, [false, true])
    func everyPathGivesTheBitsOfThePlainLoops(index: Int, odd: Bool) {
        let sizes = Self.sizes[index]
        var shape = ConvolutionShape(
            height: sizes.image.0, width: sizes.image.1, channels: sizes.image.2, kernel: sizes.kernel,
            stride: sizes.stride, padding: sizes.padding, filters: sizes.filters)
        shape.pool = sizes.pool
        var stream = RandomStream(seed: UInt64(index), purpose: .data)
        func numbers(_ count: Int) -> [Float] {
            (0..<count).map { _ in
                guard odd, stream.integer(below: 40) == 0 else { return Float(stream.normal()) }
                return [0, -0.0, .infinity, -.infinity, .nan, .leastNonzeroMagnitude][stream.integer(below: 6)]
            }
        }
        let input = numbers(sizes.images * shape.inputs)
        let weights = numbers(shape.patchSize * shape.filters)
        let bias = numbers(shape.filters)
        let delta = numbers(sizes.images * shape.outputs)
        let plain = PlainConvolution(shape: shape, images: sizes.images, input: input, weights: weights, bias: bias)
        let (values, chosen) = plain.outputs(relu: true)
        let (gradient, inputGradient) = plain.gradients(plain.unpooled(delta, chosen: chosen))
        for instructionSet in Compute.availableInstructionSets {
            for threads in [1, 3] {
                Compute.with(instructionSet: instructionSet, threads: threads) {
                    let ours = run(shape, sizes.images, [input, weights, bias, delta])
                    let name = "\(instructionSet) with \(threads) threads"
                    let plain = [values, shape.pool == 1 ? ours[1] : chosen, gradient, inputGradient]
                    let same = zip(ours, plain).map { $0.map(bits) == $1.map(bits) }
                    #expect(same == [true, true, true, true], "\(name)")
                }
            }
        }
    }

    /// Outputs, their places, the gradient of weights and bias, that of the input.
    private func run(_ shape: ConvolutionShape, _ images: Int, _ given: [[Float]]) -> [[Float]] {
        let sizes = [
            images * shape.outputs, images * shape.outputs, (shape.patchSize + 1) * shape.filters,
            images * shape.inputs,
        ]
        let out = sizes.map { Arena(count: $0) }
        let memory = given.map { numbers in
            let arena = Arena(count: numbers.count)
            for (place, number) in numbers.enumerated() { arena.base[place] = number }
            return arena
        }
        withExtendedLifetime(memory) {
            Kernels.convolve(
                shape, images: images, memory[0].base, weights: memory[1].base, bias: memory[2].base, function: .relu,
                into: out[0].base, chosen: out[1].base)
            Kernels.convolutionGradient(
                shape, images: images, memory[0].base, weights: memory[1].base, delta: memory[3].base,
                chosen: out[1].base, into: out[2].base, inputGradient: out[3].base)
        }
        return zip(out, sizes).map { arena, count in (0..<count).map { arena.base[$0] } }
    }
}
