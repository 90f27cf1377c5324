internal import CKernels

/// What a convolution slides over, with what, and how its values are pooled: see `kd_convolution`.
package struct ConvolutionShape: Sendable, Hashable {
    package let height: Int
    package let width: Int
    package let channels: Int
    package let kernel: Int
    package let stride: Int
    package let padding: Int
    package let filters: Int
    /// The side of the squares of which the largest value is kept; 1 keeps all.
    package var pool = 1

    package init(
        height: Int, width: Int, channels: Int, kernel: Int, stride: Int, padding: Int, filters: Int
    ) {
        self.height = height
        self.width = width
        self.channels = channels
        self.kernel = kernel
        self.stride = stride
        self.padding = padding
        self.filters = filters
    }

    /// Rows and columns of places where the kernel stands; none where it is larger than the image within its padding.
    package var rows: Int { max(0, (height + 2 * padding - kernel + stride) / stride) }
    package var columns: Int { max(0, (width + 2 * padding - kernel + stride) / stride) }
    /// The same after pooling.
    package var pooledRows: Int { rows / pool }
    package var pooledColumns: Int { columns / pool }
    /// The numbers of an image, of a patch, and of what an image gives.
    package var inputs: Int { height * width * channels }
    package var patchSize: Int { kernel * kernel * channels }
    package var outputs: Int { pooledRows * pooledColumns * filters }

    fileprivate var code: kd_convolution {
        kd_convolution(
            height: height, width: width, channels: channels, kernel: kernel, stride: stride, padding: padding,
            filters: filters, pool: pool)
    }
}

extension Kernels {
    /// A convolution of `images` images, its function and its pooling.
    /// - Parameter chosen: Where the place of each largest value goes, for ``convolutionGradient``.
    package static func convolve(
        _ shape: ConvolutionShape, images: Int, _ input: UnsafePointer<Float>, weights: UnsafePointer<Float>,
        bias: UnsafePointer<Float>, function: Function?, into output: UnsafeMutablePointer<Float>,
        chosen: UnsafeMutablePointer<Float>?
    ) {
        var code = shape.code
        guard let function else {
            kd_convolve(&code, images, input, weights, bias, nil, output, chosen)
            return
        }
        var name = function.code
        kd_convolve(&code, images, input, weights, bias, &name, output, chosen)
    }

    /// The gradients of the weights and, behind them, of the bias; and of the input where there is room for it.
    /// - Parameters:
    ///   - delta: The gradient of what the convolution gives, without its function.
    ///   - gradient: (patch size + 1) × filters numbers.
    package static func convolutionGradient(
        _ shape: ConvolutionShape, images: Int, _ input: UnsafePointer<Float>, weights: UnsafePointer<Float>,
        delta: UnsafePointer<Float>, chosen: UnsafePointer<Float>?, into gradient: UnsafeMutablePointer<Float>,
        inputGradient: UnsafeMutablePointer<Float>?
    ) {
        var code = shape.code
        kd_convolution_gradient(&code, images, input, weights, delta, chosen, gradient, inputGradient)
    }
}
