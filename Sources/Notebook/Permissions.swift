/// What cells may do beyond reading their inputs and writing in their scratch folder.
public struct Permissions: Hashable, Sendable {
    /// Whether they reach the network.
    public var network = false
    /// Files and folders that they may read, absolute or relative to the book's folder. What stands there is in no key:
    /// a result may depend on it unnoticed, which it cannot on an input.
    public var read: [String] = []
    /// Files and folders that they may write, too.
    public var write: [String] = []

    /// No permissions beyond those of every notebook.
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

/// What `permissions` of a book's configuration grants: to all notebooks, and to some by name.
public struct BookPermissions: Hashable, Sendable {
    /// What the cells of every notebook may.
    public var all = Permissions()
    /// What those of single notebooks may besides, by the notebooks' names.
    public var notebooks: [String: Permissions] = [:]
    private var positions: [String: SourcePosition] = [:]

    /// A book that grants none of its notebooks anything.
    public init() {}

    private enum Name: String, EntryName { case network, read, write, notebooks }

    init(_ value: YAMLValue, _ diagnostics: inout [Diagnostic]) throws(YAMLValue.Mismatch) {
        for (name, value) in try value.members(Name.self, what: "permission", &diagnostics) {
            switch name {
            case .network: all.network = try value.bool
            case .read: all.read = try value.anyPaths
            case .write: all.write = try value.anyPaths
            case .notebooks:
                for (notebook, granted) in try value.members {
                    notebooks[notebook] = try Permissions(granted, &diagnostics)
                    positions[notebook] = value.position(ofKey: notebook)
                }
            }
        }
    }

    /// What the cells of one notebook may.
    public func granted(to notebook: String) -> Permissions {
        guard let own = notebooks[notebook] else { return all }
        var granted = all
        granted.network = all.network || own.network
        granted.read += own.read.filter { !all.read.contains($0) }
        granted.write += own.write.filter { !all.write.contains($0) }
        return granted
    }

    /// What is granted to notebooks that are none of `names`.
    public func problems(knowing names: [String]) -> [Diagnostic] {
        notebooks.keys.sorted().filter { !names.contains($0) }.map { name in
            let message = "there is no notebook `\(name)` to permit something; \(suggestion(for: name, in: names))"
            return Diagnostic(.error, at: positions[name] ?? SourcePosition(line: 1), message)
        }
    }
}
