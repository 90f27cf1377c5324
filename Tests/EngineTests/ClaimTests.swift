import Foundation
import Notebook
import Testing
import Wire

/// Claims from a cell to the front page and the terminal.
@Suite struct ClaimTests {
    private static let claims = """
        claims:
          C01: { says: It helps., known: Sometimes., experiments: [E1] }
          C02: { says: It is exact., experiments: [E2] }
          C03: { says: It is free., experiments: [E3] }
        """

    private func book(_ notebooks: [String: String]) throws -> TemporaryBook {
        let book = try TemporaryBook(notebooks)
        try book.write(Self.claims, to: "Notebooks/claims.yml")
        return book
    }

    private let gain = """
        claim(
            "C01", "gain over six seeds", .difference(expected: .greater, margin: 0.1, unit: "points"),
            .differences([0.4, 0.6, 0.5, 0.9, 0.7, 0.5]))
        """

    @Test func aVerdictReachesThePageTheRecordTheLedgerAndTheTerminal() throws {
        let book = try book([
            "a": "words\n\n" + cell(gain),
            "b": cell("let x = 1\nclaim(\"C02\", \"x\", .equal(to: 2), .number(Double(x)))"),
        ])
        #expect(try book.run("render").status == 0)
        let claims = try book.record("a").cells[0].claims
        #expect(claims.map(\.id) == ["C01"] && claims[0].verdict == .supported)
        #expect(claims[0].place == Claim.Place(file: "cell-1", line: 1))
        #expect(try inOrder(["id=\"claim-C01\"", "supported", "It helps.", "+0.6\u{A0}points"], in: book.page("a")))
        let front = try book.read("Output/default/index.html")
        #expect(front.contains("3 claims: 1 supported, 1 refuted, 1 open."))
        #expect(front.contains("a/index.html#claim-C01") && front.contains("b/index.html#claim-C02"))
        let table = try book.run("claims")
        #expect(table.status == 0 && !table.output.contains("\u{1B}"))
        let lines = table.output.split(separator: "\n").map {
            $0.replacing(/\s{2,}/, with: "|").replacing("\u{A0}", with: " ")
        }
        #expect(
            lines == [
                "3 claims: 1 supported, 1 refuted, 1 open", "claim|verdict|effect|interval|p|Holm|n|decided at",
                "C01|supported|+0.6 points|+0.5 … +0.7667|= 0.0312|= 0.0312|6|Notebooks/a.md:4",
                "C02|refuted|1|Notebooks/b.md:3", "C03|open|E3",
            ])
        let json = try book.run("claims", "--json")
        let list = try #require(JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]])
        #expect(list.map { $0["verdict"] as? String } == ["supported", "refuted", "open"])
        #expect(list[1]["line"] as? Int == 3)
        // The front page alone is written anew where a claim of another page changes.
        try book.write(cell("claim(\"C02\", \"x\", .equal(to: 2), .number(2))"), to: "Notebooks/b.md")
        #expect(try book.run("render").output.contains("1 rendered, 1 unchanged"))
        #expect(try book.read("Output/default/index.html").contains("3 claims: 2 supported, 1 open."))
    }

    @Test func anUnknownClaimFailsAtItsLine() throws {
        let book = try book([
            "a": "words\n\n" + cell("let x = 1\n" + gain.replacing("C01", with: "C011"), "label: here")
        ])
        let outcome = try book.run("render")
        #expect(outcome.status == 1)
        #expect(
            outcome.complaints == [
                "Notebooks/a.md:6:1: error: claim C011 is unknown; did you mean `C01`?"
            ])
        #expect(try book.page("a").contains("claim C011 is unknown"))
        #expect(!book.exists("Output/default/a/record.json"))
    }

    @Test func aClaimThatTwoNotebooksDecideIsAnErrorThatNamesBoth() throws {
        let book = try book(["a": cell(gain), "b": "\n\n" + cell(gain)])
        for _ in 0..<2 {
            let outcome = try book.run("render")
            #expect(outcome.status == 1)
            #expect(outcome.complaints.count == 1)
            #expect(
                outcome.errors.contains(
                    "Notebooks/b.md:4:1: error: claim C01 is decided twice, here and at Notebooks/a.md:2;"))
        }
        #expect(try book.run("claims").status == 1)
    }

    @Test func aClaimInALoopIsDecidedTwice() throws {
        let book = try book(["a": cell("for _ in 0..<2 {\n\(gain)\n}")])
        let outcome = try book.run("render")
        #expect(outcome.status == 1)
        #expect(outcome.complaints.map { $0.contains("a.md:3:1: error: claim C01 is decided twice") } == [true])
    }

    @Test func dataOfAnotherKindThanTheRuleIsAboutAreRefused() throws {
        let book = try book(["a": cell("claim(\"C02\", \"x\", .equal(to: 2), .differences([1, 2, 3]))")])
        let outcome = try book.run("render")
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("a rule that decides by a number cannot decide by differences"))
        #expect(outcome.errors.contains("Notebooks/a.md:2:"))
    }

    @Test func aBrokenFileOfClaimsIsToldAtItsPlace() throws {
        let book = try book(["a": cell("1")])
        try book.write("claims:\n  C01:\n    sais: x\n", to: "Notebooks/claims.yml")
        let outcome = try book.run("render")
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("Notebooks/claims.yml:3:"))
        #expect(try book.run("claims").status == 1)
    }

    @Test func aBookWithoutClaimsSaysSo() throws {
        let book = try TemporaryBook(["a": cell("1")])
        let outcome = try book.run("claims")
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("Notebooks/claims.yml: error: cannot be found: the book has no file of claims"))
    }
}
