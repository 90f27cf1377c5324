import Digest
import Notebook

/// A module of a book's own.
struct SharedModule: Sendable, Hashable {
    struct File: Sendable, Hashable {
        /// From the book's folder.
        let path: String
        let text: String
    }

    let name: String
    /// In the order of their paths.
    var files: [File]

    /// Stands for its name and all that is in its files.
    var digest: String {
        var hasher = KeyHasher("module")
        hasher.add(name)
        for file in files { hasher.add(file.path, file.text) }
        return hasher.finalize().description
    }

    /// Its files as the compiler is given them, by the names that they have there. Messages and crashes name the author's
    /// files and lines. The kernel begins with each library it loads at its function `main`.
    var sources: [(name: String, text: String)] {
        let own = files.enumerated().map { index, file in
            let path = ParameterValue.text(file.path).literal
            return ("File\(index).swift", "#sourceLocation(file: \(path), line: 1)\n\(file.text)")
        }
        return own + [("Entry.swift", "@_cdecl(\"main\") public func _entryOf\(name)() -> Int32 { 0 }\n")]
    }

    /// Whether code may import a module. A word in a comment is taken for an import, which does no harm.
    static func mayImport(_ name: String, in code: String) -> Bool {
        guard code.contains("import") else { return false }
        return code.split(separator: "\n").contains { line in
            let words = line.split { !($0.isLetter || $0.isNumber || $0 == "_") }
            return words.contains("import") && words.contains(Substring(name))
        }
    }
}
