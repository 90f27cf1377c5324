import Digest
import Notebook

/// What the folder of a book's pages is called.
package enum PagesFolder {
    /// The edition's name, and behind it what `--set` gave: such pages and records have a folder of their own, so that they
    /// replace none that stand for the notebooks as they are written.
    ///
    /// No edition's name has a comma in it, so that no two folders are the same.
    package static func name(edition: String, settings: [String: String]) -> String {
        guard !settings.isEmpty else { return edition }
        let written = settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
        let isPlain = written.utf8.count <= mostBytes && written.wholeMatch(of: /[A-Za-z0-9_.,=+-]+/) != nil
        // A value may hold what no file's name can.
        return edition + "," + (isPlain ? written : SHA256Digest(of: written.utf8).short)
    }

    private static let mostBytes = 100
}
