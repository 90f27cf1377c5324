/// The fences above one in its document that compile, with what each of them goes on from.
struct EarlierFences {
    private var programs: [[FenceProgram.Piece]] = []

    mutating func add(_ program: [FenceProgram.Piece]) { programs.append(program) }

    /// The program that the last of them became; nothing where there is none.
    var last: [FenceProgram.Piece] { programs.last ?? [] }

    /// The pieces that declare `names`, each by the nearest fence above that does, in the document's order.
    ///
    /// - Parameter known: pieces that are needed anyway.
    func declaring(
        _ names: [String], besides known: some Collection<FenceProgram.Piece>
    ) -> [FenceProgram.Piece] {
        let needed = names.compactMap { name in programs.last { $0.last?.declares(name) == true } }
        return Set(needed.joined()).union(known).sorted { $0.line < $1.line }
    }
}

extension FenceProgram.Piece {
    /// Whether it has a declaration of that name, be it in a type.
    fileprivate func declares(_ name: String) -> Bool {
        code.matches(of: /\b(?:func|var|let|struct|class|enum|actor|protocol|typealias)\s+(\w+)/).contains {
            $0.1 == name
        }
    }
}
