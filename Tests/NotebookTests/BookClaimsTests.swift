import Notebook
import Testing
import Wire

@Suite struct BookClaimsTests {
    private func problems(_ text: String) -> [String] {
        do {
            _ = try BookClaims(parsing: text, path: "Notebooks/claims.yml")
            return []
        } catch {
            return error.diagnostics.map { $0.rendered(file: "claims.yml") }
        }
    }

    @Test func claimsAreReadInTheirOrder() throws {
        let claims = try BookClaims(
            parsing: """
                claims:
                  C02:
                    says: It is fast.
                    known: It is not.
                    experiments: [E1, E9]
                  C01:
                    says: The works exist.
                    references:
                      - cites: One
                        finds: It does.
                        right: true
                      - cites: Two
                        finds: It does not.
                        right: false
                """, path: "Notebooks/claims.yml")
        #expect(claims.entries.map(\.id) == ["C02", "C01"])
        #expect(claims["C02"]?.experiments == ["E1", "E9"])
        #expect(claims["C02"]?.known == "It is not.")
        #expect(claims["C02"]?.verdictOfReferences == nil)
        #expect(claims["C01"]?.verdictOfReferences == .refuted)
        #expect(claims["C03"] == nil)
    }

    @Test func allThatIsWrongIsToldAtItsPlace() {
        let found = problems(
            """
            claims:
              C1 a:
                says: x
              C2:
                sais: x
              C3:
                known: x
              C4:
                says: x
                references:
                  - cites: y
            """)
        #expect(found.count == 4)
        #expect(found[0].hasPrefix("claims.yml:3:") && found[0].contains("`C1 a` is no id of a claim"))
        #expect(found[1].hasPrefix("claims.yml:5:") && found[1].contains("claim C2: expected says, known"))
        #expect(found[1].contains("found `sais`"))
        #expect(found[2].contains("claim C3: expected what it `says`"))
        #expect(
            found[3].hasPrefix("claims.yml:11:") && found[3].contains("claim C4: expected what a reference `cites`"))
    }

    @Test func aFileOfAnotherShapeIsRefused() {
        #expect(problems("C01: x")[0].contains("unknown entry `C01`"))
        #expect(problems("claims: x")[0].contains("expected names with values"))
        #expect(problems("claims:\n  C1:\n    says: a\n  C1:\n    says: b")[0].contains("stands here twice"))
        #expect(problems("").isEmpty)
    }

    // MARK: Claims in records

    private let notebook = Notebook.parsed(
        "# A\n\n```swift\nfirst\n```\n\nwords\n\n```swift\n//| label: second\nsecond\nthird\n```\n",
        name: "a", path: "Notebooks/a.md"
    ).notebook

    private func claim(_ id: String, cell: Int, line: Int) -> Display {
        let rule = DecisionRule.holds("it does")
        let finding = Finding(rule: rule, observations: .condition(holds: true), verdict: .supported, n: 1)
        return .claim(
            Claim(
                id: id, measured: "x", verdict: .supported, combination: .settings, findings: [finding], tolerance: 0,
                place: Claim.Place(file: "cell-\(cell)", line: line)))
    }

    private func record(_ first: [Display], _ second: [Display]) -> Record {
        Record(
            notebook: "a", edition: "default", parameters: [:], inputs: [],
            cells: [
                CellRecord(label: nil, status: .asExpected, displays: first),
                CellRecord(label: "second", status: .asExpected, displays: second),
            ])
    }

    private let known: BookClaims?

    init() throws {
        known = try BookClaims(
            parsing: """
                claims:
                  C12: { says: a }
                  C13: { says: b }
                  C24: { says: c, references: [{ cites: d, finds: e, right: true }] }
                """, path: "Notebooks/claims.yml")
    }

    @Test func knownClaimsDecidedOnceAreFine() {
        let record = record([claim("C12", cell: 1, line: 1)], [claim("C13", cell: 2, line: 2)])
        #expect(record.checkingClaims(of: notebook, known: known) == record)
        let decided = DecidedClaim.all(in: record, of: notebook)
        #expect(decided.map(\.line) == [4, 12])
        #expect(decided.map(\.path) == ["Notebooks/a.md", "Notebooks/a.md"])
    }

    @Test(arguments: [
        ("C14", "claim C14 is unknown; did you mean `C12`?"),
        ("elephant", "claim elephant is unknown; Notebooks/claims.yml has C12, C13, C24"),
        ("C24", "claim C24 is decided by its references in Notebooks/claims.yml"),
    ])
    func anIDThatCannotBeDecidedFailsItsCell(_ id: String, _ message: String) {
        let checked = record([], [claim(id, cell: 2, line: 2)]).checkingClaims(of: notebook, known: known)
        #expect(checked.cells.map(\.status) == [.asExpected, .failed])
        #expect(checked.cells[1].diagnostics == [Diagnostic(.error, at: SourcePosition(line: 2), message)])
    }

    @Test func withoutAFileOfClaimsNoneIsKnown() {
        let checked = record([claim("C12", cell: 1, line: 1)], []).checkingClaims(of: notebook, known: nil)
        #expect(checked.cells[0].diagnostics[0].message.contains("the book has no file of claims"))
    }

    @Test func aClaimDecidedTwiceFailsAndNamesBothPlaces() {
        let checked = record([claim("C12", cell: 1, line: 1)], [claim("C12", cell: 2, line: 2)])
            .checkingClaims(of: notebook, known: known)
        #expect(checked.cells.map(\.status) == [.asExpected, .failed])
        #expect(checked.cells[1].diagnostics[0].message.contains("decided twice, here and at Notebooks/a.md:4;"))
        let other = DecidedClaim.all(in: record([claim("C12", cell: 1, line: 1)], []), of: notebook)
        let contradictions = DecidedClaim.contradictions(in: other + other)
        #expect(contradictions.count == 1)
        #expect(contradictions[0].description.hasPrefix("Notebooks/a.md:4:1: error: claim C12 is decided twice"))
    }

    @Test func aCellThatIsToFailDecidesNothing() {
        let failing = Notebook.parsed("```swift\n//| error: true\nx\n```\n", name: "a", path: "Notebooks/a.md").notebook
        let checked = record([claim("C12", cell: 1, line: 1)], []).checkingClaims(of: failing, known: known)
        #expect(checked.failed)
        #expect(checked.cells[0].diagnostics[0].message.contains("stands in a cell that is to fail"))
    }
}
