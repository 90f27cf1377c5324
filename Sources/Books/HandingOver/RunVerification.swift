import Console
import Comparison
package import Engine
import Foundation
package import Notebook
import Wire

/// Runs a bundle's notebooks again and compares what they give with the bundle's records.
package struct RunVerification {
    let bundle: ReceivedBundle
    let installation: Installation
    /// Whether cells may do what the bundle's own `permissions` grant.
    let grantsPermissions: Bool

    package init(bundle: ReceivedBundle, installation: Installation, grantsPermissions: Bool) {
        self.bundle = bundle
        self.installation = installation
        self.grantsPermissions = grantsPermissions
    }

    private var book: Book { bundle.book }

    /// What a run of the record's notebook shows of its cells and claims.
    func items(of received: ReceivedRecord, showing board: ProgressBoard) async -> (cells: [VerifiedItem], run: Record?)
    {
        guard let record = received.record else { return ([], nil) }
        let path = "\(Book.notebookFolder)/\(record.notebook).md"
        func all(_ why: String) -> [VerifiedItem] {
            let cells = record.cells.enumerated().map { index, cell in cell.label ?? "cell \(index + 1)" }
            return cells.map { VerifiedItem(.cell, "\(received.path): \($0)", .notVerified(why)) }
        }
        guard bundle.has(path) else { return (all("its notebook is not in the bundle"), nil) }
        let line = board.begin(record.notebook)
        defer { line.end() }
        do {
            let notebook = try Notebook(parsing: book.notebookText(path), name: record.notebook, path: path)
            if let why = try obstacle(to: notebook, record) { return (all(why), nil) }
            let sandbox = Sandbox.on(grantsPermissions ? book.permissions.granted(to: notebook.name) : Permissions())
            let plan = try Plan(
                notebook, edition: record.edition, settings: [:], book: book, installation: installation,
                sandbox: sandbox,
                others: OtherOutputs(of: book.output / record.edition, store: Store(book)))
            if plan.importsPackages { return (all("its cells import packages, and nothing is fetched"), nil) }
            let run = NotebookRun(plan, book: book, installation: installation, store: Store(book))
            let found = try await run.record(of: notebook, showing: line).judged(by: notebook)
            return (compare(received, record, found, notebook), found)
        } catch {
            let words = (error as? EngineError)?.cause ?? "\(error)".split(separator: "\n").first.map(String.init) ?? ""
            return (all("it cannot be run: \(words)"), nil)
        }
    }

    /// Why a run would say nothing; `nil` where it would.
    private func obstacle(to notebook: Notebook, _ record: Record) throws -> String? {
        guard record.edition == "default" || notebook.frontMatter.editions[record.edition] != nil else {
            return "its notebook has no edition \(record.edition)"
        }
        let asked = book.permissions.granted(to: notebook.name).words
        if !asked.isEmpty && !grantsPermissions {
            return "its book asks for \(asked.joined(separator: ", ")); `--grant` runs it so"
        }
        let missing = try record.inputs.filter { input in
            try book.contentDigest(ofInput: record.place(of: input.path, in: book)) == nil
        }
        return missing.first.map { "its input \($0.path) is not in the bundle" }
    }

    private func compare(
        _ received: ReceivedRecord, _ record: Record, _ found: Record, _ notebook: Notebook
    ) -> [VerifiedItem] {
        let words = { (difference: Difference) in
            "\(difference.what): recorded \(difference.recorded), now \(difference.found)"
                + (difference.distance.map { " (\($0))" } ?? "")
        }
        let cells = cellAgreements(between: record, and: found, in: notebook).map { cell in
            let outcome: VerifiedItem.Outcome =
                switch cell.agreement {
                case .exact: .exact
                case .withinTolerance(let differences): .withinTolerance(differences.map(words))
                case .different(let differences): .different(differences.map(words))
                case .notVerified(let why): .notVerified(why)
                }
            let (path, line) = notebook.place(ofLine: cell.line)
            return VerifiedItem(.cell, "\(path):\(line): \(cell.cell)", outcome)
        }
        let rest = differencesBesidesCells(between: record, and: found, in: notebook)
        return cells + (rest.isEmpty ? [] : [VerifiedItem(.record, received.path, .different(rest.map(words)))])
    }
}
