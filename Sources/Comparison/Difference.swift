/// Something in which two records of a notebook differ.
public struct Difference: Hashable, Sendable {
    /// The notebook, as messages name it.
    public let path: String
    /// The line of the notebook that gave what differs.
    public let line: Int
    /// What it is: the cell, and what of all that it shows.
    public let what: String
    /// What the first record has.
    public let recorded: String
    /// What the second record has.
    public let found: String
    /// How far two numbers lie apart and how far they may; `nil` where no numbers are compared.
    public let distance: String?

    /// The difference on one line.
    ///
    /// - Parameter names: what the two records are called: `("recorded", "now")`.
    public func description(naming names: (first: String, second: String)) -> String {
        "\(path):\(line): \(what): \(names.first) \(recorded), \(names.second) \(found)"
            + (distance.map { " (\($0))" } ?? "")
    }
}
