public import Wire

/// A claim with the place in a book where it is decided.
public struct DecidedClaim: Codable, Hashable, Sendable {
    /// The claim with its rule, observations and verdict, as the record keeps them.
    public var claim: Claim
    /// The notebook's name.
    public var notebook: String
    /// The notebook's path as messages name it.
    public var path: String
    /// The line of the notebook that decides it.
    public var line: Int
    /// The digest that the record carries of the file with the claim's rule; `nil` where that was no input.
    public var ruleDigest: String?

    /// A claim at its place; `path` is the notebook's from the book's folder, and `line` counts from 1.
    public init(claim: Claim, notebook: String, path: String, line: Int, ruleDigest: String? = nil) {
        self.claim = claim
        self.notebook = notebook
        self.path = path
        self.line = line
        self.ruleDigest = ruleDigest
    }

    /// The claims that a run of `notebook` decided, in order.
    public static func all(in record: Record, of notebook: Notebook) -> [DecidedClaim] {
        zip(notebook.cells, record.cells).flatMap { cell, result in
            result.claims.map { claim in
                // A function of another cell may have made it.
                let place = notebook.cells.first { claim.place.file == "cell-\($0.number)" }
                let (path, line) = notebook.place(
                    ofLine: place.map { $0.codeLine + claim.place.line - 1 } ?? cell.codeLine)
                let rule = record.inputs.first { $0.path == Preregistration.path(of: claim.id) }
                return DecidedClaim(
                    claim: claim, notebook: notebook.name, path: path, line: line, ruleDigest: rule?.sha256)
            }
        }
    }

    /// What is wrong where claims of several notebooks are one: an error for each but the first.
    public static func contradictions(in claims: [DecidedClaim]) -> [NotebookError] {
        claims.indices.compactMap { index in
            let claim = claims[index]
            guard let first = claims[..<index].first(where: { $0.claim.id == claim.claim.id }) else { return nil }
            let message = decidedTwice(claim.claim.id, first: "\(first.path):\(first.line)")
            return NotebookError(
                path: claim.path, diagnostics: [Diagnostic(.error, at: SourcePosition(line: claim.line), message)])
        }
    }

    fileprivate static func decidedTwice(_ id: String, first: String) -> String {
        "claim \(id) is decided twice, here and at \(first); decide it in one place, by several findings where there are"
            + " several settings"
    }
}

extension CellRecord {
    /// The claims that the cell decided.
    public var claims: [Claim] {
        displays.compactMap { if case .claim(let claim) = $0 { claim } else { nil } }
    }
}

extension Record {
    /// The record with what is wrong with its claims: an id that the book does not know, one decided twice, or one in a
    /// cell that is to fail. A cell that makes such a claim has failed.
    ///
    /// - Parameter known: the book's claims; `nil` where it has no file of claims.
    public func checkingClaims(of notebook: Notebook, known: BookClaims?) -> Record {
        var record = self
        var decided: [String: String] = [:]
        for (index, cell) in notebook.cells.enumerated() where index < cells.count {
            for claim in cells[index].claims {
                let isHere = claim.place.file == "cell-\(cell.number)"
                let line = isHere ? claim.place.line : 1
                let problem =
                    if cell.options.error {
                        "claim \(claim.id) stands in a cell that is to fail; decide it in a cell of its own"
                    } else if let first = decided[claim.id] {
                        DecidedClaim.decidedTwice(claim.id, first: first)
                    } else {
                        BookClaims.problem(withID: claim.id, known: known)
                    }
                let (path, ownLine) = notebook.place(ofLine: cell.codeLine + line - 1)
                decided[claim.id] = decided[claim.id] ?? "\(path):\(ownLine)"
                guard let problem else { continue }
                record.cells[index].status = .failed
                record.cells[index].diagnostics.append(Diagnostic(.error, at: SourcePosition(line: line), problem))
            }
        }
        return record
    }
}

extension BookClaims {
    fileprivate static func problem(withID id: String, known: BookClaims?) -> String? {
        guard let known else {
            return "claim \(id) is unknown: the book has no file of claims, Notebooks/\(fileName)"
        }
        guard let entry = known[id] else {
            let names = known.entries.map(\.id)
            let near = nearestName(to: id, in: names).map { "did you mean `\($0)`?" }
            return "claim \(id) is unknown; " + (near ?? "Notebooks/\(fileName) has \(names.joined(separator: ", "))")
        }
        return entry.references.isEmpty ? nil : "claim \(id) is decided by its references in Notebooks/\(fileName)"
    }
}
