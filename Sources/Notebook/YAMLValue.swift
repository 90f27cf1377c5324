import Yams

/// A value in front matter or a cell's options, with its place in the notebook.
struct YAMLValue {
    let node: Node
    let position: SourcePosition

    /// A value of another kind than its name asks for.
    struct Mismatch: Error {
        let expected: String
        let found: String
        let position: SourcePosition

        var diagnostic: Diagnostic { Diagnostic(.error, at: position, "expected \(expected), found `\(found)`") }
    }

    func mismatch(_ expected: String) -> Mismatch {
        let found =
            switch node {
            case .scalar(let scalar): String(scalar.string.prefix(80))
            case .sequence: "a list"
            case .mapping: "a mapping"
            case .alias: "an alias"
            }
        return Mismatch(expected: expected, found: found, position: position)
    }

    var bool: Bool {
        get throws(Mismatch) {
            // Only the two words: YAML's yes, no, on and off have surprised enough people.
            switch node.scalar?.string {
            case "true": return true
            case "false": return false
            default: throw mismatch("true or false")
            }
        }
    }

    /// Text; `nil` where it is true or false.
    var textBesidesBool: String? {
        get throws(Mismatch) {
            guard let scalar = node.scalar, !scalar.string.allSatisfy(\.isWhitespace) else {
                throw mismatch("true, false, or words of the message")
            }
            return scalar.style == .plain && ["true", "false"].contains(scalar.string) ? nil : scalar.string
        }
    }

    var string: String {
        get throws(Mismatch) {
            guard let scalar = node.scalar else { throw mismatch("text") }
            return scalar.string
        }
    }

    /// A time above zero: `30`, `30s`, `2m`.
    var seconds: Double {
        get throws(Mismatch) {
            let text = node.scalar?.string ?? ""
            let unit: Double = text.hasSuffix("m") ? 60 : 1
            let number = text.hasSuffix("s") || text.hasSuffix("m") ? String(text.dropLast()) : text
            guard let value = Double(number), value > 0, value.isFinite else {
                throw mismatch("a time above zero such as 30s or 2m")
            }
            // Thirty days; no clock counts without end.
            guard value * unit <= 2_592_000 else { throw mismatch("a time of at most 43200m, which are thirty days") }
            return value * unit
        }
    }

    /// A number above zero.
    var distance: Double {
        get throws(Mismatch) {
            guard let value = Double(node.scalar?.string ?? ""), value > 0, value.isFinite else {
                throw mismatch("a number above zero such as 1e-6")
            }
            return value
        }
    }

    /// A size above zero: `500 MB`, `2 GB`, or a number of bytes.
    var bytes: Int {
        get throws(Mismatch) {
            let units: [(name: String, bytes: Double)] = [("GB", 1e9), ("MB", 1e6), ("kB", 1e3)]
            let text = node.scalar?.string ?? ""
            let unit = units.first { text.hasSuffix($0.name) }
            let number = text.dropLast(unit?.name.count ?? 0).replacing(" ", with: "")
            guard let value = Double(number), case let bytes = value * (unit?.bytes ?? 1), bytes >= 1, bytes <= 1e15
            else { throw mismatch("a size such as 500 MB or 2 GB") }
            return Int(bytes)
        }
    }

    /// A whole number above zero.
    var count: Int {
        get throws(Mismatch) {
            guard let value = Int(node.scalar?.string ?? ""), value > 0 else { throw mismatch("a number above zero") }
            guard value <= 1_000_000 else { throw mismatch("a number of at most 1000000") }
            return value
        }
    }

    var list: [YAMLValue] {
        get throws(Mismatch) {
            guard let sequence = node.sequence else { throw mismatch("a list") }
            return sequence.map { YAMLValue(node: $0, position: position(of: $0)) }
        }
    }

    /// Paths below the book's folder: one, or a list of them.
    var paths: [String] {
        get throws(Mismatch) {
            if node.scalar != nil { return [try path] }
            var paths: [String] = []
            for value in try list { paths.append(try value.path) }
            return paths
        }
    }

    /// Texts with their places: one, or a list of one or more.
    var texts: [PlacedText] {
        get throws(Mismatch) {
            if node.scalar != nil { return [PlacedText(try string, at: position)] }
            guard let sequence = node.sequence, !sequence.isEmpty else { throw mismatch("text, or a list of texts") }
            var texts: [PlacedText] = []
            for value in try list { texts.append(PlacedText(try value.string, at: value.position)) }
            return texts
        }
    }

    /// Paths anywhere: one, or a list of them.
    var anyPaths: [String] {
        get throws(Mismatch) {
            if node.scalar != nil { return [try string] }
            var paths: [String] = []
            for value in try list { paths.append(try value.string) }
            return paths
        }
    }

    private var path: String {
        get throws(Mismatch) {
            let text = try string
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            guard !text.isEmpty, !text.hasPrefix("/"), !parts.contains("..") else {
                throw mismatch("a path inside the book's folder, such as Data/table.csv")
            }
            return text
        }
    }

    var members: [(key: String, value: YAMLValue)] {
        get throws(Mismatch) {
            guard let mapping = node.mapping else { throw mismatch("names with values") }
            var members: [(String, YAMLValue)] = []
            for (key, value) in mapping {
                members.append((key.scalar?.string ?? "", YAMLValue(node: value, position: position(of: value))))
            }
            return members
        }
    }

    /// Where the name `key` stands in a mapping.
    func position(ofKey key: String) -> SourcePosition {
        (node.mapping?.keys.first { $0.scalar?.string == key }).map(position(of:)) ?? position
    }

    /// A number, a truth value or text: what a parameter can be.
    var parameter: ParameterValue {
        get throws(Mismatch) {
            guard let scalar = node.scalar else { throw mismatch("a number, true, false or text") }
            return scalar.style == .plain ? ParameterValue(plain: scalar.string) : .text(scalar.string)
        }
    }

    private func position(of other: Node) -> SourcePosition {
        // Nodes inside a value carry marks counted from the YAML's own first line, as the value's node does.
        guard let mark = other.mark, let own = node.mark else { return position }
        return SourcePosition(
            line: position.line + mark.line - own.line, column: position.column + mark.column - own.column)
    }
}

/// The names that a mapping knows: a case for each, so that none can be listed and then not be read.
protocol EntryName: RawRepresentable<String>, CaseIterable {}

extension EntryName {
    static var all: [String] { allCases.map(\.rawValue) }
}

extension YAMLValue {
    /// The members of a mapping with known names; of others `diagnostics` tells, which calls them `what`.
    func members<Name: EntryName>(
        _ names: Name.Type, what: String, _ diagnostics: inout [Diagnostic]
    ) throws(Mismatch) -> [(name: Name, value: YAMLValue)] {
        var known: [(Name, YAMLValue)] = []
        for (key, value) in try members {
            if let name = Name(rawValue: key) {
                known.append((name, value))
            } else {
                let message = "unknown \(what) `\(key)`; \(suggestion(for: key, in: Name.all))"
                diagnostics.append(Diagnostic(.error, at: value.position, message))
            }
        }
        return known
    }

    /// The members of a mapping with known names; any other is an error.
    func members<Name: EntryName>(_ names: Name.Type) throws(Mismatch) -> [(name: Name, value: YAMLValue)] {
        var known: [(Name, YAMLValue)] = []
        for (key, value) in try members {
            guard let name = Name(rawValue: key) else {
                throw Mismatch(expected: Name.all.joined(separator: ", "), found: key, position: value.position)
            }
            known.append((name, value))
        }
        return known
    }

    /// Reads a YAML mapping with known names.
    ///
    /// - Parameters:
    ///   - firstLine: the line of the notebook that `yaml` starts on.
    ///   - column: the column that its lines start at.
    ///   - what: what a name is called in messages.
    ///   - read: takes one known name's value.
    /// - Returns: all that is wrong: broken YAML, a name that is unknown or stands twice, a value of the wrong kind.
    static func readMapping<Name: EntryName>(
        _ yaml: String, firstLine: Int, column: Int, what: String, read: (Name, YAMLValue) throws(Mismatch) -> Void
    ) -> [Diagnostic] {
        func position(_ mark: Mark?) -> SourcePosition {
            SourcePosition(line: firstLine + (mark?.line ?? 1) - 1, column: column + (mark?.column ?? 1) - 1)
        }
        if let (place, message) = YAMLBounds.problem(in: yaml) {
            let place = SourcePosition(line: firstLine + place.line - 1, column: column + place.column - 1)
            return [Diagnostic(.error, at: place, message)]
        }
        let root: Node?
        do {
            root = try Yams.compose(yaml: yaml)
        } catch {
            return [diagnostic(of: error, what: what, position: position)]
        }
        guard let root else { return [] }
        guard let mapping = root.mapping else {
            return [Diagnostic(.error, at: position(root.mark), "expected lines of the form `\(what): value`")]
        }
        var diagnostics: [Diagnostic] = []
        for (key, node) in mapping {
            let text = key.scalar?.string ?? ""
            guard let name = Name(rawValue: text) else {
                let message = "unknown \(what) `\(text)`; \(suggestion(for: text, in: Name.all))"
                diagnostics.append(Diagnostic(.error, at: position(key.mark), message))
                continue
            }
            do {
                try read(name, YAMLValue(node: node, position: position(node.mark)))
            } catch {
                diagnostics.append(
                    Diagnostic(
                        .error, at: error.position,
                        "\(what) `\(text)`: expected \(error.expected), found `\(error.found)`"))
            }
        }
        return diagnostics
    }

    private static func diagnostic(
        of error: any Error, what: String, position: (Mark?) -> SourcePosition
    ) -> Diagnostic {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            let cure = problem.contains("cannot start any token") ? "; YAML is indented by spaces, not by tabs" : ""
            return Diagnostic(.error, at: position(mark), "malformed YAML: \(problem)\(cure)")
        case .duplicatedKeysInMapping(let duplicates, let context):
            return Diagnostic(
                .error, at: position(context.mark), "\(what) `\(duplicates.first ?? "")` stands here twice")
        default:
            return Diagnostic(.error, at: position(nil), "malformed YAML: \(error)")
        }
    }
}
