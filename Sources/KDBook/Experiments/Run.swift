/// One run of an experiment: an arm, from one seed, in one setting.
public struct Run: Sendable, Hashable {
    /// What is compared with the other arms.
    public let arm: String
    /// The start: runs of different arms with one seed are a pair, and should differ in nothing but the arm.
    public let seed: UInt64
    /// Numbers that are the same for all arms, by name.
    public let setting: [String: Double]

    /// A run of `arm` from the start `seed`, with numbers that all arms share.
    public init(arm: String, seed: UInt64, setting: [String: Double] = [:]) {
        self.arm = arm
        self.seed = seed
        self.setting = setting
    }

    /// A number of the setting.
    /// - Precondition: there is one of that name.
    public subscript(name: String) -> Double {
        guard let value = setting[name] else {
            let known = setting.keys.sorted().joined(separator: ", ")
            preconditionFailure("the run has no `\(name)`; its setting has \(known.isEmpty ? "nothing" : known)")
        }
        return value
    }
}

/// What a run came to: numbers by name, and lists of numbers, such as one for each test image.
///
/// A run returns `["errors": 74, "nll": 0.12]` where numbers are all there is.
public struct Outcome: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    /// Single numbers by name.
    public var numbers: [String: Double]
    /// Lists of numbers by name.
    public var lists: [String: [Double]]

    /// An outcome of single numbers and of lists.
    public init(_ numbers: [String: Double], lists: [String: [Double]] = [:]) {
        self.numbers = numbers
        self.lists = lists
    }

    /// An outcome of single numbers.
    ///
    /// - Precondition: no two have one name.
    public init(dictionaryLiteral elements: (String, Double)...) {
        self.init(Dictionary(uniqueKeysWithValues: elements))
    }
}
