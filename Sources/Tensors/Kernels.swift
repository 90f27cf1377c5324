internal import CKernels

/// The kernels of the compute core, over memory that the caller owns.
///
/// Every function gives the same bits on every instruction set and with any number of threads; the order of
/// each sum is written with the C function it calls.
package enum Kernels {
    /// What happens to an element of a product after its chain.
    package enum Finish {
        /// c
        case none
        /// c + bias[column]
        case bias(UnsafePointer<Float>)
        /// max(c + bias[column], 0)
        case biasReLU(UnsafePointer<Float>)
        /// c · scale where the gate's element is above 0, else 0
        case gate(MatrixView, scale: Float)
    }

    /// C = A·B, or C + A·B.
    package static func multiply(
        _ a: Factor, _ b: MatrixView, into c: MatrixView, accumulate: Bool = false, finish: Finish = .none
    ) {
        precondition(
            a.columns == b.rows && c.rows == a.rows && c.columns == b.columns && c.columnStride == 1,
            "a \(a.rows)×\(a.columns) matrix times a \(b.rows)×\(b.columns) matrix is not \(c.rows)×\(c.columns)")
        withProduct(a, b) { product in
            product.c = c.base
            product.c_row = c.rowStride
            product.accumulate = accumulate ? 1 : 0
            product.setFinish(finish)
            kd_multiply(&product)
        }
    }

    /// C = A·B, or C + A·B.
    package static func multiply(
        _ a: MatrixView, _ b: MatrixView, into c: MatrixView, accumulate: Bool = false, finish: Finish = .none
    ) {
        multiply(.numbers(a), b, into: c, accumulate: accumulate, finish: finish)
    }

    /// Takes A·B as the gradient of `weights` and updates them; the gradient is nowhere stored whole.
    package static func multiply(
        _ a: Factor, _ b: MatrixView, updating weights: UnsafeMutablePointer<Float>,
        state: (UnsafeMutablePointer<Float>?, UnsafeMutablePointer<Float>?), by step: UpdateStep
    ) {
        precondition(a.columns == b.rows, "\(a.rows)×\(a.columns) times \(b.rows)×\(b.columns)")
        var update = step.update
        withProduct(a, b) { kd_multiply_and_update(&$0, &update, weights, state.0, state.1) }
    }

    /// Updates `count` weights by a stored gradient.
    package static func update(
        _ weights: UnsafeMutablePointer<Float>, gradient: UnsafePointer<Float>,
        state: (UnsafeMutablePointer<Float>?, UnsafeMutablePointer<Float>?), count: Int, by step: UpdateStep
    ) {
        var update = step.update
        kd_apply_update(&update, weights, gradient, state.0, state.1, count)
    }

    /// Scales down each column of the rows × columns `weights` that is longer than `bound` to that length.
    package static func limitColumnNorms(
        of weights: UnsafeMutablePointer<Float>, rows: Int, columns: Int, to bound: Float
    ) {
        kd_limit_column_norms(weights, rows, columns, bound)
    }

    /// Rows of softmax(scale·x), or of its logarithm.
    package static func softmax(
        _ x: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>, rows: Int, columns: Int, scale: Float,
        logarithm: Bool
    ) {
        kd_softmax(out, x, rows, columns, scale, logarithm ? 1 : 0)
    }

    /// Σ over the rows, in order, of each column.
    package static func columnSums(of x: MatrixView, into sums: UnsafeMutablePointer<Float>) {
        kd_column_sums(sums, x.base, x.rows, x.columns, x.rowStride)
    }

    /// Σ a·b in the written order of sixteen chains.
    package static func sumOfProducts(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, count: Int) -> Float {
        kd_sum_of_products(a, b, count)
    }

    /// The first place of each row's largest element.
    package static func firstLargest(_ x: UnsafePointer<Float>, rows: Int, columns: Int) -> [Int32] {
        [Int32](unsafeUninitializedCapacity: rows) { places, count in
            if let places = places.baseAddress { kd_first_largest(places, x, rows, columns) }
            count = rows
        }
    }

    /// Rows of pixels as numbers.
    package static func widen(_ pixels: PixelRows, into out: UnsafeMutablePointer<Float>) {
        var rows = pixels.rows
        kd_widen(out, &rows)
    }

    /// One image of bytes as numbers, moved right and down; what comes in from outside is 0.
    package static func widen(
        _ image: UnsafePointer<UInt8>, width: Int, height: Int, right: Int, down: Int,
        into out: UnsafeMutablePointer<Float>
    ) {
        kd_widen_shifted(out, image, width, height, right, down)
    }

    /// Zeroes each element with probability `rate` and multiplies the others by 1/(1 − rate).
    ///
    /// Element i is kept where word i of the stream is at least ⌊rate · 2³²⌋.
    package static func drop(_ x: UnsafeMutablePointer<Float>, count: Int, rate: Double, stream: RandomStream) {
        let counter = [stream.step, stream.epoch, stream.purpose.code]
        kd_drop(x, count, UInt32(rate * 0x1p32), Float(1 / (1 - rate)), stream.seed, counter)
    }

    /// A function applied to each element.
    package enum Function: Sendable {
        case exp, log, tanh, sigmoid, relu

        var code: kd_function {
            switch self {
            case .exp: KD_EXP
            case .log: KD_LOG
            case .tanh: KD_TANH
            case .sigmoid: KD_SIGMOID
            case .relu: KD_RELU
            }
        }
    }

    /// out[i] = function(x[i]); `out` may be `x`.
    package static func map(
        _ function: Function, _ x: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>, count: Int
    ) {
        kd_map(function.code, out, x, count)
    }

    /// Multiplies a gradient by the function's derivative, given the function's values.
    package static func multiply(
        _ gradient: UnsafeMutablePointer<Float>, bySlopeOf function: Function, values: UnsafePointer<Float>, count: Int
    ) {
        kd_multiply_by_slope(function.code, gradient, values, count)
    }
}

/// Calls `body` with the product's factors and shape filled in.
private func withProduct(_ a: Factor, _ b: MatrixView, _ body: (inout kd_product) -> Void) {
    var product = kd_product()
    product.rows = a.rows
    product.columns = b.columns
    product.depth = a.columns
    product.b = UnsafePointer(b.base)
    product.b_step = b.rowStride
    product.b_column = b.columnStride
    switch a {
    case .numbers(let view):
        product.a = UnsafePointer(view.base)
        product.a_row = view.rowStride
        product.a_step = view.columnStride
        body(&product)
    case .pixels(let pixels, let transposed):
        product.pixels_turned = transposed ? 1 : 0
        withUnsafePointer(to: pixels.rows) {
            product.pixels = $0
            body(&product)
        }
    }
}

extension kd_product {
    fileprivate mutating func setFinish(_ after: Kernels.Finish) {
        switch after {
        case .none: finish = KD_PLAIN
        case .bias(let bias):
            finish = KD_ADD_BIAS
            self.bias = bias
        case .biasReLU(let bias):
            finish = KD_ADD_BIAS_RELU
            self.bias = bias
        case .gate(let gate, let scale):
            finish = KD_GATE
            self.gate = UnsafePointer(gate.base)
            gate_row = gate.rowStride
            gate_scale = scale
        }
    }
}
