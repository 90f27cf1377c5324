public import Notebook

/// What a notebook's cells can reach.
public enum Sandbox: Hashable, Sendable {
    /// Their inputs, their scratch folder, the system's libraries, and what the book's configuration permits.
    case on(Permissions)
    /// All that the user can who renders the book.
    case off

    /// What it adds to the key of a run: under other permissions, a cell may give other results.
    public var key: String {
        switch self {
        case .off: "sandbox off"
        case .on(let permissions): (["sandbox"] + permissions.words).joined(separator: "\n")
        }
    }
}
