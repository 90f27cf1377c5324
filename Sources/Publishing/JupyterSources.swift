import Digest
import Foundation
import Notebook
import Wire

/// The cells of a Jupyter notebook, each with the piece of the notebook that it was written for, so that `kdbook import` can give that
/// back as long as nobody has changed the cell.
struct JupyterSources {
    private var entries: [(cell: JSONValue, source: String)] = []
    /// What no cell was written for.
    private var waiting = ""

    /// - Parameters:
    ///   - cell: `nil` where nothing of the source is seen in Jupyter.
    ///   - source: a piece of the notebook; empty for a cell that a render derives.
    mutating func add(_ cell: JSONValue?, for source: String) {
        let source = source.trimmingCharacters(in: .newlines)
        let whole = [waiting, source].filter { !$0.isEmpty }.joined(separator: "\n\n")
        if let cell { entries.append((cell, whole)) }
        waiting = cell == nil ? whole : ""
    }

    /// The cells in order.
    var cells: [JSONValue] {
        var entries = entries
        if !waiting.isEmpty, let last = entries.popLast() {
            entries.append((last.cell, [last.source, waiting].filter { !$0.isEmpty }.joined(separator: "\n\n")))
        }
        return entries.map { Self.naming($1, in: $0) }
    }

    /// The cell with its source in its metadata, where an import could not tell it from the cell.
    private static func naming(_ source: String, in cell: JSONValue) -> JSONValue {
        guard case .object(var members) = cell, case .array(let lines)? = members["source"],
            case .object(var metadata)? = members["metadata"]
        else { return cell }
        let text = lines.map { if case .string(let line) = $0 { line } else { "" } }.joined()
        let isCode = members["cell_type"] == .string("code")
        guard source != (isCode ? "```swift\n\(text)\n```" : text) else { return cell }
        let digest = SHA256Digest(of: text.utf8).description
        // As base64, so that no markup of the author's stands in the file but what has passed the page's rules.
        let encoded = Data(source.utf8).base64EncodedString()
        metadata["kdbook"] = .object(["source": .string(encoded), "sha256": .string(digest)])
        members["metadata"] = .object(metadata)
        return .object(members)
    }
}
