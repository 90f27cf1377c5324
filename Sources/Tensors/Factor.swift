internal import CKernels

/// Rows of bytes in memory that someone else owns; a byte p stands for p · fl(1/255).
package struct PixelRows {
    let rows: kd_pixels

    /// Row r is the `width` bytes of image `order[r]`, the images lying one after the other from `base` on.
    /// - Parameter following: How many numbers lie in memory after `order`: the images that will be wanted next.
    package init(
        _ base: UnsafePointer<UInt8>, order: UnsafeBufferPointer<Int32>, width: Int, following: Int = 0
    ) {
        rows = kd_pixels(
            base: base, order: order.baseAddress, rows: order.count, width: width, following: following)
    }
}

/// The left factor of a product.
package enum Factor {
    case numbers(MatrixView)
    case pixels(PixelRows, transposed: Bool)

    /// Numbers of rows and columns.
    package var rows: Int {
        switch self {
        case .numbers(let view): view.rows
        case .pixels(let pixels, let transposed): transposed ? pixels.rows.width : pixels.rows.rows
        }
    }
    package var columns: Int {
        switch self {
        case .numbers(let view): view.columns
        case .pixels(let pixels, let transposed): transposed ? pixels.rows.rows : pixels.rows.width
        }
    }

    /// The first number of rows without gaps between them.
    /// - Precondition: they are numbers, not pixels.
    package var numbers: UnsafeMutablePointer<Float> {
        guard case .numbers(let view) = self, view.columnStride == 1, view.rowStride == view.columns else {
            preconditionFailure("rows of numbers without gaps are needed here")
        }
        return view.base
    }

    /// The same numbers with rows as columns.
    package var transposed: Factor {
        switch self {
        case .numbers(let view): .numbers(view.transposed)
        case .pixels(let pixels, let transposed): .pixels(pixels, transposed: !transposed)
        }
    }
}
