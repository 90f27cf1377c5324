import Notebook
import Wire

/// Takes out of `text` what the Swift runtime puts before the names of a notebook's types: the module, which is the
/// cell's, and for a local type an address, which differs from run to run.
func withPlainTypeNames(_ text: String) -> String {
    guard text.contains("Cell") || text.contains("(unknown context at $") else { return text }
    return text.replacing(/\(unknown context at \$[0-9a-f]+\)\./, with: "")
        .replacing(/\bCell\d+\.(?=[\p{L}_])/, with: "")
}

extension Display {
    /// The same with the names of types as their author wrote them.
    var withPlainTypeNames: Display {
        switch self {
        case .text(let text): .text(Engine.withPlainTypeNames(text))
        case .value(let text): .value(Engine.withPlainTypeNames(text))
        default: self
        }
    }
}

extension Diagnostic {
    /// The same with the names of types as their author wrote them.
    var withPlainTypeNames: Diagnostic {
        Diagnostic(severity, at: position, Engine.withPlainTypeNames(message), cell: cell)
    }
}
