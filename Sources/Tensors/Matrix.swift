/// A matrix of 32-bit numbers, a value like any other.
public struct Matrix: Sendable, Hashable, Codable {
    /// Numbers of rows and columns.
    public let rows: Int
    /// The number of columns.
    public let columns: Int
    /// The elements, row by row.
    public private(set) var elements: [Float]

    /// The matrix of the given elements, row by row.
    /// - Precondition: there are `rows · columns` of them.
    public init(rows: Int, columns: Int, elements: [Float]) {
        precondition(
            rows >= 0 && columns >= 0 && elements.count == rows * columns,
            "\(elements.count) numbers cannot be a \(rows)×\(columns) matrix")
        self.rows = rows
        self.columns = columns
        self.elements = elements
    }

    /// A matrix with the same number everywhere.
    public init(rows: Int, columns: Int, repeating value: Float = 0) {
        self.init(rows: rows, columns: columns, elements: Array(repeating: value, count: rows * columns))
    }

    /// The matrix whose element (row, column) is `element(row, column)`.
    public init(rows: Int, columns: Int, _ element: (_ row: Int, _ column: Int) throws -> Float) rethrows {
        var elements: [Float] = []
        elements.reserveCapacity(rows * columns)
        for row in 0..<rows {
            for column in 0..<columns { elements.append(try element(row, column)) }
        }
        self.init(rows: rows, columns: columns, elements: elements)
    }

    /// The matrix with the given rows.
    /// - Precondition: all are of one length.
    public init(rows: [[Float]]) {
        let columns = rows.first?.count ?? 0
        for (index, row) in rows.enumerated() {
            precondition(row.count == columns, "row \(index) has \(row.count) numbers, row 0 has \(columns)")
        }
        self.init(rows: rows.count, columns: columns, elements: Array(rows.joined()))
    }

    /// Element (row, column).
    public subscript(row: Int, column: Int) -> Float {
        get {
            checkPlace(row, column)
            return elements[row * columns + column]
        }
        set {
            checkPlace(row, column)
            elements[row * columns + column] = newValue
        }
    }

    /// The numbers of one row.
    public func row(_ index: Int) -> ArraySlice<Float> {
        precondition(0 <= index && index < rows, "a \(rows)×\(columns) matrix has no row \(index)")
        return elements[index * columns..<(index + 1) * columns]
    }

    /// The rows at `indices`, in that order.
    public func selectingRows(_ indices: some Sequence<Int>) -> Matrix {
        var selected: [Float] = []
        var count = 0
        for index in indices {
            selected += row(index)
            count += 1
        }
        return Matrix(rows: count, columns: columns, elements: selected)
    }

    /// The matrix with rows as columns.
    public var transposed: Matrix { Matrix(rows: columns, columns: rows) { self[$1, $0] } }

    /// The matrix of `transform(element)`.
    public func map(_ transform: (Float) throws -> Float) rethrows -> Matrix {
        Matrix(rows: rows, columns: columns, elements: try elements.map(transform))
    }

    private func checkPlace(_ row: Int, _ column: Int) {
        precondition(
            0 <= row && row < rows && 0 <= column && column < columns,
            "a \(rows)×\(columns) matrix has no element (\(row), \(column))")
    }
}

extension Matrix {
    /// The sum, difference or product of each pair of elements.
    public static func + (left: Matrix, right: Matrix) -> Matrix { left.combined(with: right, +) }
    /// The difference of each pair of elements.
    ///
    /// - Precondition: the shapes are equal.
    public static func - (left: Matrix, right: Matrix) -> Matrix { left.combined(with: right, -) }
    /// The product of each pair of elements, not the matrix product.
    ///
    /// - Precondition: the shapes are equal.
    public static func * (left: Matrix, right: Matrix) -> Matrix { left.combined(with: right, *) }

    /// Each element times a number.
    public static func * (left: Float, right: Matrix) -> Matrix { right.map { left * $0 } }

    private func combined(with other: Matrix, _ operation: (Float, Float) -> Float) -> Matrix {
        precondition(
            rows == other.rows && columns == other.columns,
            "a \(rows)×\(columns) matrix and a \(other.rows)×\(other.columns) matrix have no common shape")
        return Matrix(rows: rows, columns: columns, elements: zip(elements, other.elements).map(operation))
    }
}

extension Matrix {
    /// Reads the elements through a view.
    package func withView<Result>(_ body: (MatrixView) throws -> Result) rethrows -> Result {
        try elements.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else {
                var nothing: Float = 0
                return try withUnsafeMutablePointer(to: &nothing) {
                    try body(MatrixView($0, rows: rows, columns: columns))
                }
            }
            return try body(MatrixView(UnsafeMutablePointer(mutating: base), rows: rows, columns: columns))
        }
    }

    /// A matrix whose elements `fill` writes, all of them.
    package init(rows: Int, columns: Int, filledBy fill: (MatrixView) -> Void) {
        let elements = [Float](unsafeUninitializedCapacity: rows * columns) { buffer, count in
            if let base = buffer.baseAddress { fill(MatrixView(base, rows: rows, columns: columns)) }
            count = rows * columns
        }
        self.init(rows: rows, columns: columns, elements: elements)
    }
}

/// The product A·B, either factor transposed first where asked.
///
/// Element (i, j) is the chain `sum = fma(a[i, k], b[k, j], sum)` over k in ascending order from 0, so that it
/// is the same, bit for bit, on every processor.
/// - Precondition: A has as many columns as B has rows.
public func matmul(
    _ a: Matrix, transposed aTransposed: Bool = false, _ b: Matrix, transposed bTransposed: Bool = false
) -> Matrix {
    a.withView { a in
        b.withView { b in
            let left = aTransposed ? a.transposed : a
            let right = bTransposed ? b.transposed : b
            precondition(
                left.columns == right.rows,
                "a \(left.rows)×\(left.columns) matrix cannot be multiplied by a \(right.rows)×\(right.columns) matrix")
            return Matrix(rows: left.rows, columns: right.columns) { Kernels.multiply(left, right, into: $0) }
        }
    }
}

/// Each row's softmax at a temperature T: exp(z_i/T) / Σ_j exp(z_j/T), the largest z subtracted first.
///
/// The sum runs over sixteen chains, chain l taking i = l, l + 16, …; then chains l and l + 8 are added, l and
/// l + 4, l and l + 2, l and l + 1.
public func softmax(_ logits: Matrix, temperature: Double = 1) -> Matrix {
    softmaxRows(logits, temperature: temperature, logarithm: false)
}

/// The natural logarithm of ``softmax(_:temperature:)``, without taking the logarithm of a rounded number.
public func logSoftmax(_ logits: Matrix, temperature: Double = 1) -> Matrix {
    softmaxRows(logits, temperature: temperature, logarithm: true)
}

private func softmaxRows(_ logits: Matrix, temperature: Double, logarithm: Bool) -> Matrix {
    precondition(temperature > 0, "a temperature must be above 0, not \(temperature)")
    return logits.withView { x in
        Matrix(rows: x.rows, columns: x.columns) { out in
            Kernels.softmax(
                x.base, into: out.base, rows: x.rows, columns: x.columns, scale: Float(1 / temperature),
                logarithm: logarithm)
        }
    }
}
