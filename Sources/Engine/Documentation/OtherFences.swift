/// The fences of a document that another of it may go on from.
struct OtherFences {
    /// What fences above became that compile, each with all that it goes on from.
    private var programs: [[FenceProgram.Piece]] = []
    /// Fences of declarations alone, wherever they stand: types may be shown after their use.
    private let declarations: [FenceProgram.Piece]

    init(declarations: [FenceProgram.Piece]) { self.declarations = declarations }

    mutating func add(_ program: [FenceProgram.Piece]) { programs.append(program) }

    /// The program that the last of those above became; nothing where there is none.
    var last: [FenceProgram.Piece] { programs.last ?? [] }

    /// What `program` is with the pieces that declare `names`, each from the nearest fence above that does, else from one that
    /// only declares, in the document's order.
    func adding(_ names: [String], to program: [FenceProgram.Piece]) -> [FenceProgram.Piece] {
        let needed = names.flatMap { name in
            let declaring =
                programs.last { $0.last?.declares(name) == true }
                ?? declarations.first { $0.declares(name) }.map { [$0] } ?? []
            return declaring + declarations.filter { $0.extends(name) }
        }
        guard let own = program.last else { return program }
        return Set(needed).union(program).subtracting([own]).sorted { $0.line < $1.line } + [own]
    }
}

extension FenceProgram.Piece {
    /// Whether it has a declaration of that name, be it in a type.
    fileprivate func declares(_ name: String) -> Bool {
        code.matches(of: /\b(?:func|var|let|struct|class|enum|actor|protocol|typealias)\s+(\w+)/).contains {
            $0.1 == name
        }
    }

    fileprivate func extends(_ name: String) -> Bool {
        code.matches(of: /\bextension\s+(\w+)/).contains { $0.1 == name }
    }
}
