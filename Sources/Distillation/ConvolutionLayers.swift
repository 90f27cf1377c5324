internal import Tensors

/// The shape of an image: height × width × channels numbers, row by row, the channels of a pixel side by side.
public struct ImageShape: Sendable, Hashable, Codable, CustomStringConvertible {
    /// The number of rows of pixels.
    public let height: Int
    /// The number of pixels in a row.
    public let width: Int
    /// The number of numbers in a pixel.
    public let channels: Int

    /// - Precondition: all are above 0.
    public init(height: Int, width: Int, channels: Int = 1) {
        precondition(height > 0 && width > 0 && channels > 0, "an image of \(height)×\(width)×\(channels) has no pixel")
        self.height = height
        self.width = width
        self.channels = channels
    }

    /// What a convolution gives.
    init(_ shape: ConvolutionShape) {
        self.init(height: shape.pooledRows, width: shape.pooledColumns, channels: shape.filters)
    }

    /// How many numbers an image has.
    public var count: Int { height * width * channels }

    /// The shape as `28×28×1`.
    public var description: String { "\(height)×\(width)×\(channels)" }
}

/// A layer y = activation(x ∗ W + b): each filter is multiplied with what the kernel covers at each place of an image.
///
///     y[r, c, f] = activation(b[f] + Σ x[stride·r + i − padding, stride·c + j − padding, k] · W[i, j, k, f])
///
/// over i, j below `kernel` and the channels k; what lies outside of the image is 0. There are
/// ⌊(height + 2·padding − kernel)/stride⌋ + 1 rows, and as many columns for the width. It is a correlation, as in other toolkits: the
/// kernel is not turned over. Weights start as those of ``Dense`` do, with kernel²·channels inputs and kernel²·filters outputs.
///
/// Source: LeCun, Bottou, Bengio and Haffner, Proceedings of the IEEE 86 (1998), section II.
public struct Convolution: Sendable, Hashable, Codable {
    /// How many filters there are: the channels of what the layer gives.
    public let filters: Int
    /// The side of the square that a filter sees.
    public let kernel: Int
    /// How far the kernel moves from place to place.
    public let stride: Int
    /// How many zeros stand around the image on each side.
    public let padding: Int
    /// What is done to each sum.
    public let activation: Activation

    /// - Precondition: `filters`, `kernel` and `stride` are above 0, and `padding` is from 0 to below `kernel`.
    public init(
        _ filters: Int, kernel: Int, stride: Int = 1, padding: Int = 0, activation: Activation = .identity
    ) {
        precondition(
            filters > 0 && kernel > 0 && stride > 0, "\(filters) filters of side \(kernel) in steps of \(stride)")
        precondition(
            0..<kernel ~= padding, "the padding of a kernel of side \(kernel) must be below it, not \(padding)")
        self.filters = filters
        self.kernel = kernel
        self.stride = stride
        self.padding = padding
        self.activation = activation
    }

    func shape(on image: ImageShape) -> ConvolutionShape {
        ConvolutionShape(
            height: image.height, width: image.width, channels: image.channels, kernel: kernel, stride: stride,
            padding: padding, filters: filters)
    }
}

/// Keeps the largest number of each square, channel by channel, of what the convolution before it gives.
///
/// The squares do not overlap; rows and columns that fill no square are dropped. The gradient goes to the largest, the first where
/// several are equal.
public struct MaxPooling: Sendable, Hashable, Codable {
    /// The side of the squares.
    public let size: Int

    /// - Precondition: `size > 0`.
    public init(_ size: Int) {
        precondition(size > 0, "squares for pooling need a side above 0, not \(size)")
        self.size = size
    }
}

extension LayerBuilder {
    /// A convolutional layer.
    public static func buildExpression(_ layer: Convolution) -> [Layer] { [.convolution(layer)] }
    /// Pooling of the convolution before it.
    public static func buildExpression(_ layer: MaxPooling) -> [Layer] { [.pooling(layer)] }
}
