import CellSyntax
import Notebook
import Wire

/// The names of a notebook's types as their author wrote them.
///
/// Where Swift names a type with its module, it is `main` for every cell, as in one file. A page is easier to read without,
/// and without the addresses that stand before the names of local types, which differ from run to run.
struct TypeNames {
    /// The cells that declare the types.
    let cells: [Cell]

    /// `text` with the plain names of types that it names with their module.
    func plain(_ text: String) -> String {
        guard text.contains(RuntimeNames.module + ".") else { return text }
        // Few texts name a type, and only for those the cells need be read.
        let declared = cells.reduce(into: Set<String>()) { $0.formUnion(CellSource($1.code).typeNames) }
        let text = text.replacing(/\(unknown context at \$[0-9a-f]+\)\./, with: "\u{0}")
        var result = ""
        var rest = Substring(text)
        // A type's name behind its module's, maybe in an extension, or local.
        let qualified = #/(\(extension in main\):)?main\.(\x{0}+)?([\p{L}_][\p{L}\p{N}_]*)/#
        while let found = rest.firstMatch(of: qualified) {
            let isInside = (rest[..<found.range.lowerBound].last ?? result.last).map(Self.continues) ?? false
            let isOurs = found.output.2 != nil || declared.contains(String(found.output.3))
            result += rest[..<found.range.lowerBound]
            result += isOurs && !isInside ? found.output.3 : found.output.0
            rest = rest[found.range.upperBound...]
        }
        return (result + rest).replacing("\u{0}", with: "")
    }

    /// Whether a name that stands behind `character` belongs to something else.
    private static func continues(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || "_./".contains(character)
    }

    func plain(_ display: Display) -> Display {
        switch display {
        case .text(let text): .text(plain(text))
        case .value(let text): .value(plain(text))
        default: display
        }
    }

    func plain(_ diagnostic: Diagnostic) -> Diagnostic {
        Diagnostic(diagnostic.severity, at: diagnostic.position, plain(diagnostic.message), cell: diagnostic.cell)
    }
}
