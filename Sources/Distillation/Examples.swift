public import Datasets
public import Tensors

/// What a network learns from or is judged by: an input a sample, and a class where it is known.
public struct Examples: Sendable {
    enum Inputs: Sendable {
        case images(LabelledImages)
        case features(Matrix)
    }

    let inputs: Inputs
    /// One class a sample, or none at all.
    public let labels: [UInt8]

    /// Images whose inputs are their pixels times 1/255.
    public init(_ images: LabelledImages) {
        inputs = .images(images)
        labels = images.labels
    }

    /// Rows of numbers; `labels` may be empty where no class is known.
    /// - Precondition: there is a label, of 0 to 255, for each row, or none at all.
    public init(features: Matrix, labels: [Int] = []) {
        precondition(
            labels.isEmpty || labels.count == features.rows,
            "\(labels.count) labels for \(features.rows)×\(features.columns) features")
        inputs = .features(features)
        self.labels = labels.map { label in
            guard let byte = UInt8(exactly: label) else {
                preconditionFailure("a label must be in 0...255, not \(label)")
            }
            return byte
        }
    }

    /// How many samples there are.
    public var count: Int {
        switch inputs {
        case .images(let images): images.count
        case .features(let features): features.rows
        }
    }

    /// How many numbers an input has.
    public var inputCount: Int {
        switch inputs {
        case .images(let images): images.pixelCount
        case .features(let features): features.columns
        }
    }

    /// The inputs of the samples at `indices`, one a row.
    public func inputs(at indices: some Sequence<Int>) -> Matrix {
        let order = indices.map(Int32.init)
        return Matrix(rows: order.count, columns: inputCount) { out in
            order.withUnsafeBufferPointer { fill(out.base, with: $0) }
        }
    }

    /// Calls `body` with the inputs of `order`'s samples: as bytes where they are, or else as the numbers that are
    /// first written to `room`.
    /// - Parameter following: How many more samples lie in memory after `order`, to be asked for next.
    func withBatch(
        _ order: UnsafeBufferPointer<Int32>, following: Int, room: UnsafeMutablePointer<Float>, _ body: (Factor) -> Void
    ) {
        switch inputs {
        case .images(let images):
            images.pixels.withUnsafeBufferPointer { pixels in
                guard let pixels = pixels.baseAddress else { return }
                let rows = PixelRows(pixels, order: order, width: images.pixelCount, following: following)
                body(.pixels(rows, transposed: false))
            }
        case .features:
            fill(room, with: order)
            body(.numbers(MatrixView(room, rows: order.count, columns: inputCount)))
        }
    }

    /// Whether a batch needs no room for numbers.
    var areImages: Bool {
        if case .images = inputs { true } else { false }
    }

    /// Writes the inputs of `order`'s samples, row by row.
    func fill(_ out: UnsafeMutablePointer<Float>, with order: UnsafeBufferPointer<Int32>) {
        switch inputs {
        case .images(let images):
            images.pixels.withUnsafeBufferPointer { pixels in
                guard let pixels = pixels.baseAddress else { return }
                Kernels.widen(PixelRows(pixels, order: order, width: images.pixelCount), into: out)
            }
        case .features(let features):
            features.withView { view in
                for (row, sample) in order.enumerated() {
                    (out + row * view.columns).update(from: view.base + Int(sample) * view.columns, count: view.columns)
                }
            }
        }
    }

    /// As `fill(_:with:)`, each image moved by up to `jitter` pixels, right then down, drawn from `stream`.
    func fill(
        _ out: UnsafeMutablePointer<Float>, with order: UnsafeBufferPointer<Int32>, jitter: Int,
        stream: RandomStream
    ) {
        guard case .images(let images) = inputs else {
            preconditionFailure("jitter \(jitter) moves images; these examples are rows of \(inputCount) features")
        }
        var stream = stream
        images.pixels.withUnsafeBufferPointer { pixels in
            guard let pixels = pixels.baseAddress else { return }
            for (row, sample) in order.enumerated() {
                let right = stream.integer(below: 2 * jitter + 1) - jitter
                let down = stream.integer(below: 2 * jitter + 1) - jitter
                Kernels.widen(
                    pixels + Int(sample) * images.pixelCount, width: images.width, height: images.height,
                    right: right, down: down, into: out + row * images.pixelCount)
            }
        }
    }
}
