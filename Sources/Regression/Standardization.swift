/// Columns brought to mean 0 and variance 1, by the rows that it was fitted to, and by no others.
public struct Standardization: Sendable, Hashable {
    /// The mean of each column.
    public let means: [Double]
    /// Of the rows, divided by their number; 1 for a column that does not vary.
    public let deviations: [Double]

    /// - Precondition: there are rows, all of one length.
    public init(fittedTo rows: [[Double]]) {
        precondition(
            !rows.isEmpty && rows.allSatisfy { $0.count == rows[0].count }, "scaling needs rows of one length")
        let count = Double(rows.count)
        means = rows[0].indices.map { column in rows.reduce(0) { $0 + $1[column] } / count }
        var deviations: [Double] = []
        for (column, mean) in means.enumerated() {
            let square = rows.reduce(0) { $0 + ($1[column] - mean) * ($1[column] - mean) } / count
            let isConstant = rows.allSatisfy { $0[column] == rows[0][column] }
            deviations.append(isConstant ? 1 : square.squareRoot())
        }
        self.deviations = deviations
    }

    /// (x − mean)/deviation of each column.
    public func callAsFunction(_ rows: [[Double]]) -> [[Double]] {
        rows.map { row in row.indices.map { (row[$0] - means[$0]) / deviations[$0] } }
    }

    /// How far the means of scaled rows are from 0 and their variances from 1, at most. Of the rows that a scaling was fitted to it is a
    /// rounding error; anything else means that the scaling has seen other rows, such as those that are to judge.
    public static func deviation(ofScaled rows: [[Double]]) -> Double {
        let found = Standardization(fittedTo: rows)
        return zip(found.means, found.deviations).reduce(0) { most, column in
            max(most, abs(column.0), abs(column.1 * column.1 - 1))
        }
    }
}
