/// Sets of the UCI Machine Learning Repository with numbers to predict from numbers. The licence is CC BY 4.0.
public enum RegressionSet: String, Sendable, CaseIterable {
    case airfoil = "airfoil_self_noise.dat"
    case concrete = "concrete.txt"
    case energy = "energy.txt"
    case kin8nm = "kin8nm.txt"
    case powerPlant = "power-plant.txt"
    case wine = "wine-quality-red.txt"
    case yacht = "yacht.txt"

    /// What was measured, as it stands in the file.
    public struct Table: Sendable, Hashable {
        /// Rows × `inputCount`.
        public let inputs: [[Double]]
        /// One number a row, which is the last of its line; of the energy set, the heating load alone.
        public let targets: [Double]
    }

    /// The plain file; its gzip twin ends in `.gz`.
    public var fileName: String { rawValue }

    /// How many rows were published.
    public var rowCount: Int {
        switch self {
        case .airfoil: 1503
        case .concrete: 1030
        case .energy: 768
        case .kin8nm: 8192
        case .powerPlant: 9568
        case .wine: 1599
        case .yacht: 308
        }
    }

    /// How many numbers there are to predict from.
    public var inputCount: Int {
        switch self {
        case .airfoil: 5
        case .concrete, .energy, .kin8nm: 8
        case .powerPlant: 4
        case .wine: 11
        case .yacht: 6
        }
    }

    /// The rows of the file in `folder`, in its order, with their copies.
    ///
    /// - Throws: `DataError` where the file cannot be read, a field is no number, or there are not as many rows and columns as
    ///   were published.
    public func load(from folder: String) throws(DataError) -> Table {
        let path = "\(folder)/\(fileName)"
        let text = try DelimitedText(
            contentsOf: path, separator: .blanks, columns: inputCount + 1, hasHeader: self == .airfoil)
        let rows = try text.numbers()
        guard rows.count == rowCount else {
            throw DataError(
                path, "there are \(rows.count) rows, not \(rowCount)",
                cure: "fetch the file again: `kdbook data fetch uci`")
        }
        return Table(inputs: rows.map { Array($0.prefix(inputCount)) }, targets: rows.map { $0[inputCount] })
    }
}

extension Grouping {
    /// Rows with the same inputs belong together, whatever their targets: what was measured twice tells what is to be predicted.
    public init(byInputsOf table: RegressionSet.Table) { self.init(by: table.inputs) }
}
