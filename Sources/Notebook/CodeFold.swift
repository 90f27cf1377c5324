/// Which code is folded away behind a line that opens it. A cell says so, else its notebook, else the book.
public enum CodeFold: String, Sendable, Hashable, CaseIterable, Encodable {
    case always = "true"
    case never = "false"
    /// That of cells that prepare for others: they show nothing, and their code is of some length.
    case setup
}

extension YAMLValue {
    var codeFold: CodeFold {
        get throws(Mismatch) {
            guard let word = node.scalar?.string, let fold = CodeFold(rawValue: word) else {
                throw mismatch("true, false or setup")
            }
            return fold
        }
    }
}
