import ArgumentParser
import Books
import Console
import Engine
import Foundation
import Notebook
import Publishing
import Wire

struct Claims: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "claims",
        abstract: "List what became of the book's claims.",
        discussion: helpText(
            """
            The claims are those of Notebooks/claims.yml; the verdicts are those on record (Output/EDITION/*/record.json),
            with effect, interval, p, p corrected over all that its edition decides (Holm), n, and the line that decides. A claim
            that names the edition that decides it has that one's verdict; `--edition` asks for one edition alone.

            Exit status: 0, or 1 where a claim is decided twice.

            Examples:
              kdbook claims
              kdbook claims --edition mnist
              kdbook claims --json
            """))

    @Flag(help: "Write JSON, for programs.")
    var json = false

    @Option(help: ArgumentHelp("One edition of the book, whatever decides a claim.", valueName: "name"))
    var edition: String?

    func run() throws {
        let book = try Environment.findBook()
        if let edition, !PageName.isValid(edition) {
            throw UsageError(description: "--edition \(edition): no edition has such a name; \(PageName.rule)")
        }
        guard let claims = try book.claims() else {
            let path = Book.notebookFolder + "/" + BookClaims.fileName
            throw EngineError(.find, file: path, cause: "the book has no file of claims")
        }
        let editions = edition.map { [$0] } ?? book.recordedEditions
        let decided = Dictionary(
            uniqueKeysWithValues: try editions.map { ($0, try recordedClaims(of: book, edition: $0)) })
        let ledger =
            if let edition { Ledger(claims, decided: decided[edition] ?? [], rules: try book.rules()) } else {
                Ledger(claims, decided: decided, edition: BookRenderer.defaultEdition, rules: try book.rules())
            }
        if json {
            Terminal.give(String(decoding: try StableJSON.encode(ledger.entries.map(ClaimReport.init)), as: UTF8.self))
        } else {
            Terminal.say(ledger.summary)
            ClaimTable(ledger).lines.forEach(Terminal.say)
        }
        let contradictions = editions.flatMap { DecidedClaim.contradictions(in: decided[$0] ?? []) }
        contradictions.forEach { Terminal.complain($0.description) }
        if !contradictions.isEmpty { throw ExitCode(ExitStatus.notebookFailed) }
    }

    private func recordedClaims(of book: Book, edition: String) throws -> [DecidedClaim] {
        try book.notebookPaths.flatMap { path -> [DecidedClaim] in
            let name = Book.name(of: path)
            let record = book.output / "\(edition)/\(name)/record.json"
            guard record.exists || record.isBehindLink else { return [] }
            let (notebook, _) = Notebook.parsed(try book.notebookText(path), name: name, path: path)
            return DecidedClaim.all(in: try Record(contentsOf: record), of: notebook)
        }
    }
}

/// The ledger as lines of text, in columns.
struct ClaimTable {
    private typealias Row = [String]
    private let rows: [Row]
    /// Which of the columns holds the verdict.
    private static let verdictColumn = 1

    init(_ ledger: Ledger) {
        let rows =
            [["claim", "verdict", "edition", "setting", "effect", "interval", "p", "Holm", "n", "decided at"]]
            + ledger.entries.flatMap(ClaimTable.rows)
        // A column is as wide as what is shown of it.
        self.rows = rows.map { $0.map { VisibleText($0, keepingLines: false).description } }
    }

    private static func rows(of entry: Ledger.Entry) -> [Row] {
        let verdict = entry.standing
        guard let decided = entry.decided else {
            let by = entry.claim.references.isEmpty ? entry.claim.experiments.joined(separator: ", ") : "its references"
            return [[entry.claim.id, verdict] + Row(repeating: "", count: 7) + [by]]
        }
        let findings = decided.claim.findings
        let details = findings.indices.map { index in
            let words = FindingWords(findings[index], corrected: entry.corrected[index])
            return [words.effect, words.interval, words.p, words.corrected, words.n].map { $0 ?? "" }
        }
        let place = "\(decided.path):\(decided.line)"
        let blank = Row(repeating: "", count: 6)
        let edition = entry.edition ?? ""
        let heading: Row = [entry.claim.id, verdict, edition] + blank + [place]
        if entry.isStale { return [heading] }
        if findings.count == 1 {
            return [[entry.claim.id, verdict, edition, findings[0].setting] + details[0] + [place]]
        }
        let verdicts = entry.verdicts
        let rows = findings.indices.map { index -> Row in
            ["", verdicts[index].rawValue, "", findings[index].setting] + details[index] + [""]
        }
        return [heading] + rows
    }

    var lines: [TerminalText] {
        let kept = rows[0].indices.filter { column in rows.dropFirst().contains { !$0[column].isEmpty } }
        let widths = kept.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let last = kept.last { !row[$0].isEmpty } ?? 0
            return zip(kept, widths).prefix { $0.0 <= last }.reduce(TerminalText("")) { line, place in
                let (column, width) = place
                let padding = String(repeating: " ", count: width - row[column].count)
                let colour = column == Self.verdictColumn ? Self.colours[row[column]] : nil
                let end = column == last ? "" : padding + "  "
                return line + TerminalText(row[column], colour) + TerminalText(end)
            }
        }
    }

    private static let colours: [String: TerminalText.Colour] = [
        "supported": .green, "refuted": .red, "conditional": .yellow, "stale": .yellow, "open": .faint,
    ]
}

/// What became of one claim, for programs.
private struct ClaimReport: Encodable {
    let id: String
    let says: String
    let known: String?
    /// `open` where nothing decides it, `stale` where that was under another rule.
    let verdict: String
    let edition: String?
    let measured: String?
    let notebook: String?
    let line: Int?
    let findings: [FindingReport]

    struct FindingReport: Encodable {
        let setting: String
        let verdict: String
        let rule: String
        let unit: String
        let effect: Double?
        let interval: ConfidenceInterval?
        let p: Double?
        let correctedP: Double?
        let n: Int
    }

    init(_ entry: Ledger.Entry) {
        id = entry.claim.id
        says = entry.claim.says
        known = entry.claim.known
        verdict = entry.standing
        edition = entry.decided == nil ? nil : entry.edition
        measured = entry.decided?.claim.measured
        notebook = entry.decided?.path
        line = entry.decided?.line
        findings = zip(entry.decided?.claim.findings ?? [], entry.corrected).map { finding, corrected in
            FindingReport(
                setting: finding.setting, verdict: finding.verdict.rawValue, rule: finding.rule.description,
                unit: finding.rule.unit, effect: finding.effect, interval: finding.interval, p: finding.p,
                correctedP: corrected, n: finding.n)
        }
    }
}
