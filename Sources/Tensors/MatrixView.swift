/// A matrix in memory that someone else owns.
package struct MatrixView {
    /// Element (0, 0).
    package var base: UnsafeMutablePointer<Float>
    /// Numbers of rows and columns.
    package var rows: Int
    package var columns: Int
    /// Element (i, j) is at `i * rowStride + j * columnStride`.
    package var rowStride: Int
    package var columnStride: Int

    /// A view of `rows` rows of `columns` numbers, `rowStride` apart (without gaps unless given).
    package init(_ base: UnsafeMutablePointer<Float>, rows: Int, columns: Int, rowStride: Int? = nil) {
        self.base = base
        self.rows = rows
        self.columns = columns
        self.rowStride = rowStride ?? columns
        columnStride = 1
    }

    /// The same numbers with rows as columns.
    package var transposed: MatrixView {
        var view = self
        swap(&view.rows, &view.columns)
        swap(&view.rowStride, &view.columnStride)
        return view
    }
}
