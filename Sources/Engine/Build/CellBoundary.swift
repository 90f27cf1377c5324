import CellSyntax
import Notebook

/// Explains errors whose cause is that each cell is a module of its own, which sees only those before it.
struct CellBoundary {
    /// The cells that the erring one sees.
    let before: [Cell]
    /// The cells that it does not see.
    let behind: ArraySlice<Cell>
    /// The modules of the book's own that it may import.
    var modules: [SharedModule] = []

    /// An error with its notes, and one more where its cause is a boundary between cells.
    func explained(_ group: [Diagnostic]) -> [Diagnostic] {
        guard let error = group.first, error.severity == .error, let note = note(on: error) else { return group }
        return group + [note]
    }

    private func note(on error: Diagnostic) -> Diagnostic? {
        if let words = Self.consequences.first(where: { error.message.contains($0.message) })?.words {
            return Diagnostic(.note, at: error.position, words)
        }
        if let match = error.message.firstMatch(of: /type '(.+?)' does not conform to (?:the )?(?:protocol )?'(\w+)'/) {
            return laterConformance(of: String(match.1), to: String(match.2), at: error.position)
        }
        guard let name = missingName(in: error.message) else { return nil }
        return ownName(name, at: error.position) ?? laterDeclaration(of: name, at: error.position)
            ?? hiddenDeclaration(of: name, at: error.position)
    }

    /// The name that the compiler did not find.
    private func missingName(in message: String) -> String? {
        let match =
            message.firstMatch(of: /cannot find (?:type |operator )?'(.+?)' in scope/)
            ?? message.firstMatch(of: /has no member '(.+?)'/)
        return match.map { String($0.1) }
    }

    /// A note on a name that an earlier cell has, but for itself only.
    private func ownName(_ name: String, at position: SourcePosition) -> Diagnostic? {
        guard let cell = before.last(where: { CellSource($0.code).namesOfItsOwn.contains(name) }) else { return nil }
        return Diagnostic(
            .note, at: position,
            "`\(name)` is known in cell \(cell.number) only, which has it by `guard` or `async let`; "
                + "`let` names a value for all cells")
    }

    private func laterDeclaration(of name: String, at position: SourcePosition) -> Diagnostic? {
        let base = String(name.prefix { $0 != "(" })
        for cell in behind where cell.options.eval {
            guard let found = CellSource(cell.code).declarations.first(where: { $0.isCalled(base) || $0.endsIn(base) })
            else { continue }
            return Diagnostic(
                .note, at: found.position,
                "cell \(cell.number) declares `\(base)`, and a cell sees only what cells above it declare: "
                    + "move the declaration above, or the use below", cell: cell.number)
        }
        return nil
    }

    /// A note on what the book's own code declares for its module alone. A line is taken for a declaration by its words.
    private func hiddenDeclaration(of name: String, at position: SourcePosition) -> Diagnostic? {
        let base = name.prefix { $0 != "(" }
        for file in modules.flatMap(\.files) {
            let lines = file.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            for (index, line) in lines.enumerated() {
                let words = line.split { !($0.isLetter || $0.isNumber || $0 == "_") }
                guard let place = words.firstIndex(of: base), place > 0,
                    CellBoundary.introducers.contains(words[place - 1]),
                    !words[..<place].contains(where: { $0 == "public" || $0 == "package" })
                else { continue }
                return Diagnostic(
                    .note, at: position,
                    "\(file.path):\(index + 1) declares `\(base)` for its own module; cells see what is `public` or `package`"
                )
            }
        }
        return nil
    }

    private static let introducers: Set<Substring> = [
        "actor", "class", "enum", "func", "let", "protocol", "struct", "typealias", "var",
    ]

    private func laterConformance(of type: String, to name: String, at position: SourcePosition) -> Diagnostic? {
        for cell in behind where cell.options.eval {
            let source = CellSource(cell.code)
            if source.conformancesOfExtensions[type]?.contains(name) == true {
                return Diagnostic(
                    .note, at: position,
                    "cell \(cell.number) states that conformance, and a cell sees only what cells above it state: "
                        + "move the extension above, or the use below")
            }
            if source.mentionsInSignatures(type) {
                return Diagnostic(
                    .note, at: position,
                    "a conformance is checked in the cell that states it: if cell \(cell.number) has what `\(name)` asks for, "
                        + "move that beside the type, or state the conformance in an extension there")
            }
        }
        return nil
    }

    private static let consequences: [(message: String, words: String)] = [
        (
            "prevents automatic synthesis of",
            "Swift writes a conformance itself only in the cell that declares the type: move it there, or write it out"
        ),
        (
            "'self.init' isn't called on all paths",
            "in an extension of a structure of another cell, an initializer must call one of the structure's own"
        ),
        (
            "because it is not in module",
            "in an extension of a structure of another cell, an initializer must call one of the structure's own"
        ),
    ]
}
