import Evidence
import Foundation
import Notebook
import Publishing
import Testing
import Wire

/// The claims that the book's committed records hold.
@Suite struct ClaimRecordTests {
    private static let records: [Record] = {
        let output = BookRecords.root.appendingPathComponent("Output")
        let paths = FileManager.default.enumerator(atPath: output.path)?.compactMap { $0 as? String } ?? []
        return paths.filter { $0.hasSuffix("/record.json") }.sorted().compactMap { path in
            try? StableJSON.decode(Record.self, from: Data(contentsOf: output.appendingPathComponent(path)))
        }
    }()

    private static let claims = records.flatMap(\.cells).flatMap(\.claims)

    /// The claims that were decided under the rules that stand now, and not by references.
    private static func current() throws -> [Claim] {
        let notebooks = Dictionary(uniqueKeysWithValues: try BookRecords.notebooks().map { ($0.name, $0) })
        let claims = try bookClaims()
        return records.flatMap { record in
            notebooks[record.notebook].map { DecidedClaim.all(in: record, of: $0) } ?? []
        }.filter { BookRecords.rules.isCurrent($0) && (claims[$0.claim.id]?.references.isEmpty ?? true) }.map(\.claim)
    }

    @Test func whatWasDecidedUnderAnotherRuleIsStaleInTheLedger() throws {
        let claims = try Self.bookClaims()
        for notebook in try BookRecords.notebooks() {
            for edition in ["default"] + notebook.frontMatter.editions.keys {
                let decided = DecidedClaim.all(
                    in: try BookRecords.record(notebook.name, edition: edition), of: notebook)
                let ledger = Ledger(claims, decided: decided, rules: BookRecords.rules)
                for claim in decided {
                    let entry = try #require(ledger.entries.first { $0.claim.id == claim.claim.id })
                    let isHistory = !entry.claim.references.isEmpty
                    #expect((entry.standing == "stale") == !(isHistory || BookRecords.rules.isCurrent(claim)))
                    if isHistory { #expect(entry.decided == nil, "\(claim.claim.id) is decided by references") }
                }
            }
        }
    }

    /// A rule may stand before the notebook that decides by it.
    @Test func everyRuleThatANotebookReadsDecidesItsClaimInTheDefaultEdition() throws {
        let decided = try Self.current().map(\.id)
        let read = try BookRecords.rulesRead()
        #expect(Set(read).isSuperset(of: ["C01", "C05", "C06", "C12", "C13"]))
        #expect(read.allSatisfy { decided.contains($0) }, "\(read), \(decided)")
    }

    private static func bookClaims() throws -> BookClaims {
        let path = "Notebooks/claims.yml"
        let text = try String(contentsOf: BookRecords.root.appendingPathComponent(path), encoding: .utf8)
        return try BookClaims(parsing: text, path: path)
    }

    @Test func everyEditionOfEveryNotebookIsOnRecordWithItsParameters() throws {
        for notebook in try BookRecords.notebooks() {
            for edition in ["default"] + notebook.frontMatter.editions.keys {
                var expected = notebook.frontMatter.parameters
                expected += notebook.frontMatter.editions[edition]?.parameters ?? []
                let values = Dictionary(expected.map { ($0.name, $0.value.literal) }, uniquingKeysWith: { $1 })
                let record = try BookRecords.record(notebook.name, edition: edition)
                #expect(record.edition == edition)
                // What was made under another rule decides nothing, and need not be of the notebook as it stands now.
                guard BookRecords.isCurrent(record, of: notebook) else {
                    #expect(edition != "default", "\(notebook.name) must be run under its rule")
                    continue
                }
                #expect(record.parameters == values, "\(notebook.name), edition \(edition)")
                #expect(record.cells.map(\.label) == notebook.cells.map(\.options.label), "\(notebook.name)")
            }
        }
    }

    @Test func everyVerdictFollowsFromItsRuleAndTheRecordedNumbers() throws {
        let current = try Self.current()
        #expect(!current.isEmpty)
        for claim in current {
            for finding in claim.findings {
                let again = finding.rule.finding(from: finding.observations, setting: finding.setting)
                #expect(again == finding, "claim \(claim.id), \(finding.setting)")
            }
            #expect(claim.combination.verdict(of: claim.findings.map(\.verdict)) == claim.verdict, "claim \(claim.id)")
        }
    }

    @Test func everyClaimIsOfTheBookAndDecidedOnce() throws {
        let known = try Self.bookClaims()
        #expect(known.entries.map(\.id) == (1...29).map { $0 < 10 ? "C0\($0)" : "C\($0)" })
        for (edition, records) in Dictionary(grouping: Self.records, by: \.edition) {
            let ids = records.flatMap(\.cells).flatMap(\.claims).map(\.id)
            #expect(ids.allSatisfy { known[$0] != nil })
            #expect(Set(ids).count == ids.count, "edition \(edition)")
        }
    }

    @Test func theArticlesReferencesAreWrong() throws {
        let entry = try #require(try Self.bookClaims()["C24"])
        #expect(entry.verdictOfReferences == .refuted)
        #expect(entry.references.count { !$0.isRight } == 3)
    }
}
