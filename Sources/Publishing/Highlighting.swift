import CellSyntax
public import Notebook
import Synchronization

/// Swift code as HTML, each token in a `span` that says what it is.
func highlighted(_ code: String) -> String { Listings.html(code) }

/// Listings that were worked out: to read Swift takes longer than all else of weaving.
public enum Listings {
    /// A watched notebook gives a text more with each edit.
    private static let known = Mutex(RecentValues<String, String>(limit: 1024))

    /// Takes over what this version of the tool worked out before: HTML, by the code that it is of.
    public static func know(_ listings: [String: String]) {
        known.withLock { known in
            for (code, html) in listings where known[code] == nil { known[code] = html }
        }
    }

    /// What was worked out so far of the cells of `notebook`.
    public static func known(of notebook: Notebook) -> [String: String] {
        known.withLock { known in
            notebook.cells.map(code).reduce(into: [:]) { listings, code in listings[code] = known[code] }
        }
    }

    /// What is shown of a cell's code: all but empty lines at its ends.
    static func code(of cell: Cell) -> String {
        let lines = cell.code.split(separator: "\n", omittingEmptySubsequences: false)
        let blank = { (line: Substring) in line.allSatisfy(\.isWhitespace) }
        return lines.drop(while: blank).reversed().drop(while: blank).reversed().joined(separator: "\n")
    }

    static func html(_ code: String) -> String {
        if let html = known.withLock({ $0[code] }) { return html }
        var html = ""
        for (text, tokenClass) in classified(code) {
            switch tokenClass {
            case .plain, .identifier, .operator: html += escaped(text)
            default: html += element("span", ["class": tokenClass.rawValue], escaped(text))
            }
        }
        known.withLock { $0[code] = html }
        return html
    }
}
