/// What cells may do beyond reading their inputs and writing in their scratch folder; `permissions` of a book's
/// configuration grants it, by name.
public struct Permissions: Hashable, Sendable {
    /// Whether they reach the network.
    public var network = false
    /// Files and folders that they may read, absolute or relative to the book's folder. What stands there is in no key:
    /// a result may depend on it unnoticed, which it cannot on an input.
    public var read: [String] = []
    /// Files and folders that they may write, too.
    public var write: [String] = []

    public init() {}

    private enum Name: String, EntryName { case network, read, write }

    init(_ value: YAMLValue, _ diagnostics: inout [Diagnostic]) throws(YAMLValue.Mismatch) {
        for (name, value) in try value.members(Name.self, what: "permission", &diagnostics) {
            switch name {
            case .network: network = try value.bool
            case .read: read = try value.anyPaths
            case .write: write = try value.anyPaths
            }
        }
    }

    /// What is granted, in words; empty where nothing is.
    public var words: [String] {
        (network ? ["the network"] : []) + read.map { "reading \($0)" } + write.map { "writing \($0)" }
    }
}
