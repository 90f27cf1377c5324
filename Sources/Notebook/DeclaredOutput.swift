/// A file that a notebook says it writes.
public struct DeclaredOutput: Sendable, Hashable {
    /// Its name, of one file in one folder: others know it as `NOTEBOOK/NAME`.
    public let name: String
    /// Where it is declared.
    public let position: SourcePosition
}

extension YAMLValue {
    /// Names of files that are written: one, or a list of them.
    var outputs: [DeclaredOutput] {
        get throws(Mismatch) {
            if node.scalar != nil { return [try output] }
            var outputs: [DeclaredOutput] = []
            for value in try list { outputs.append(try value.output) }
            return outputs
        }
    }

    private var output: DeclaredOutput {
        get throws(Mismatch) {
            let name = try string
            guard name.utf8.count <= 100, name.wholeMatch(of: /[A-Za-z0-9_][A-Za-z0-9_.+-]*/) != nil else {
                throw mismatch("a file's name of letters, digits, -, _, + and points, such as table.csv")
            }
            return DeclaredOutput(name: name, position: position)
        }
    }
}
