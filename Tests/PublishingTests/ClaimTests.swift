import Notebook
import Publishing
import Testing
import Wire

/// The claims that a book is about: each is said to be `about ID`.
func bookClaims(_ ids: String...) throws -> BookClaims {
    try BookClaims(
        parsing: "claims:\n"
            + ids.map { "  \($0): { says: 'about <\($0)>', known: little, experiments: [E1] }\n" }.joined(),
        path: "Notebooks/claims.yml")
}

private let rule = DecisionRule.difference(expected: .greater, margin: 0.5, unit: "points")

private func finding(_ setting: String = "", _ verdict: Verdict = .supported, p: Double = 0.03125) -> Finding {
    Finding(
        setting: setting, rule: rule, observations: .differences(values: [1, 2, 3]), verdict: verdict, effect: 2,
        interval: ConfidenceInterval(lower: 1.25, upper: 2.75, confidence: 0.95), p: p, n: 3)
}

/// A claim that was decided by `findings`.
func decided(_ id: String, _ verdict: Verdict = .supported, _ findings: [Finding]? = nil) -> Display {
    .claim(
        Claim(
            id: id, measured: "gain & loss", verdict: verdict, combination: .settings,
            findings: findings ?? [finding()],
            tolerance: 0, place: Claim.Place(file: "cell-1", line: 1)))
}

@Suite struct ClaimTests {
    @Test func theBoxSaysWhatWasDecidedByWhichRuleFromWhichNumbers() throws {
        let html = try body(cell(), displays: [[decided("C12")]], claims: bookClaims("C12"))
        #expect(html.contains("<div class=\"claim supported\" id=\"claim-C12\">"))
        #expect(html.contains("<strong class=\"verdict\">supported</strong>"))
        #expect(html.contains("about &lt;C12&gt;"))
        #expect(html.contains("Measured: gain &amp; loss"))
        #expect(html.contains("+2\u{A0}points, 95\u{A0}% interval +1.25 … +2.75, p\u{A0}=\u{A0}0.0312, n = 3"))
        #expect(
            html.contains(
                "Rule, set before the run: supported if the 95\u{A0}% interval of the mean difference lies above"
                    + " 0.5\u{A0}points, refuted if it lies below it; else undecided."))
        #expect(HTMLOutline(html).problems == [])
    }

    @Test func severalFindingsStandEachWithItsVerdictAndTheRuleOnce() throws {
        let findings = [finding("10 labels"), finding("1000 labels", .refuted)]
        let html = try body(cell(), displays: [[decided("C13", .conditional, findings)]])
        #expect(html.contains("<span class=\"setting\">10 labels</span> <em>supported</em>"))
        #expect(html.contains("<span class=\"setting\">1000 labels</span> <em>refuted</em>"))
        #expect(html.matches(of: /Rule, set/).count == 1)
        #expect(html.contains("claim conditional"))
    }

    @Test(arguments: ["include: false", "output: false"])
    func aClaimCannotBeHidden(option: String) throws {
        #expect(try body(cell(option), displays: [[decided("C12")]]).contains("id=\"claim-C12\""))
    }

    @Test(arguments: [
        (DecisionRule.equal(to: 0.5493, within: 5e-5), "supported if it is 0.5493, give or take 5×10⁻⁵; else refuted"),
        (.zero(within: 1e-6, unit: "nats"), "supported if it is 0\u{A0}nats, give or take 10⁻⁶; else refuted"),
        (.equal(to: -2), "supported if it is −2 exactly; else refuted"),
        (.atMost(85, unit: "errors"), "supported if it is at most 85\u{A0}errors; else refuted"),
        (.between(lower: 120, upper: 190), "supported if it is at least 120 and at most 190; else refuted"),
        (.holds("it sums to 1"), "supported if it sums to 1; else refuted"),
        (
            .equivalence(margin: 0.3),
            "supported if the 90\u{A0}% interval of the mean difference lies inside ±0.3, refuted if it lies outside; else"
                + " undecided"
        ),
        (
            .proportion(expected: .less, than: 0.3, margin: 0.1),
            "supported if the 95\u{A0}% interval of the share lies below 0.2, refuted if it lies above it; else undecided"
        ),
        (
            .rankCorrelation(expected: .less),
            "supported if the rank correlation is negative, with a permutation p of at most 0.05, refuted if it is"
                + " positive likewise; else undecided"
        ),
    ])
    func aRuleReadsAsASentence(rule: DecisionRule, sentence: String) { #expect(rule.description == sentence) }

    // MARK: The ledger

    private func place(_ display: Display, in notebook: String = "a") -> DecidedClaim? {
        guard case .claim(let claim) = display else { return nil }
        return DecidedClaim(claim: claim, notebook: notebook, path: "Notebooks/\(notebook).md", line: 7)
    }

    @Test func theLedgerListsEveryClaimWithItsVerdict() throws {
        let claims = try BookClaims(
            parsing: """
                claims:
                  C01: { says: a, experiments: [E2, E9] }
                  C02: { says: b, known: little }
                  C03: { says: c, references: [{ cites: d, finds: e, right: false }] }
                """, path: "claims.yml")
        let ledger = Ledger(claims, decided: [place(decided("C02", .undecided))].compactMap { $0 })
        #expect(ledger.entries.map(\.verdict) == [nil, .undecided, .refuted])
        #expect(ledger.summary == "3 claims: 1 refuted, 1 undecided, 1 open")
        let html = weaveFrontPage(title: "B", introduction: nil, outline: [], ledger: ledger)
        #expect(html.contains("3 claims: 1 refuted, 1 undecided, 1 open."))
        #expect(html.contains("<tr class=\"open\"><th scope=\"row\">C01</th>"))
        #expect(html.contains("It is planned as experiment E2, E9."))
        #expect(html.contains("<a href=\"a/index.html#claim-C02\">gain &amp; loss</a>"))
        #expect(html.contains("<em>wrong</em> d: e"))
        #expect(HTMLOutline(html).problems == [])
    }

    private func contrast(_ setting: String, p: Double, _ verdict: Verdict = .supported) -> Finding {
        var finding = finding(setting, verdict, p: p)
        finding.rule = .contrast(Contrast("a − b", expected: .greater, unit: "points"))
        return finding
    }

    private func primary(_ id: String, _ findings: [Finding], ruleDigest: String? = nil) -> DecidedClaim {
        DecidedClaim(
            claim: Claim(
                id: id, measured: "m", verdict: findings[0].verdict, combination: .primary, findings: findings,
                tolerance: 0, place: Claim.Place(file: "cell-1", line: 1)),
            notebook: "a", path: "Notebooks/a.md", line: 7, ruleDigest: ruleDigest)
    }

    @Test func onlyWhatDecidesIsCorrectedAndMustSurviveIt() throws {
        let ledger = Ledger(
            try bookClaims("C01", "C02"),
            decided: [
                primary("C01", [contrast("x", p: 0.01), contrast("y", p: 0.001, .refuted)]),
                primary("C02", [contrast("x", p: 0.03)]),
            ])
        #expect(ledger.entries.map(\.corrected) == [[0.02, nil], [0.03]])
        #expect(ledger.entries.map(\.verdict) == [.supported, .supported])
        let strict = Ledger(
            try bookClaims("C01", "C02"),
            decided: [primary("C01", [contrast("x", p: 0.03)]), primary("C02", [contrast("x", p: 0.04)])])
        #expect(strict.entries.map(\.corrected) == [[0.06], [0.06]])
        #expect(strict.entries.map(\.verdict) == [.undecided, .undecided])
        let html = weaveFrontPage(title: "B", introduction: nil, outline: [], ledger: ledger)
        #expect(html.contains("<em>decides: supported</em>") && html.contains("<em>beside it: refuted</em>"))
        // What decides is said before the first entry.
        let (note, list) = (html.firstRange(of: "Each verdict follows"), html.firstRange(of: "<tbody"))
        #expect(try #require(note).lowerBound < (try #require(list)).lowerBound)
    }

    @Test func aVerdictUnderAnotherRuleIsStale() throws {
        let text = """
            {"claim": "C01", "contrast": {"between": "a − b", "expected": "greater", "margin": 0, "unit": "points",
            "design": {"starts": {}}, "level": 0.05, "leastStarts": 6}, "starts": {"default": {"first": 1, "count": 20}},
            "tuning": {"seeds": {"first": 101, "count": 2}, "settingsPerArm": 3}, "stopping": "after all starts"}
            """
        let rules = try BookRules(parsing: ["Notebooks/rules/C01.json": Array(text.utf8)])
        let digest = try #require(rules.rules["C01"]).digest
        func standing(_ claim: DecidedClaim) throws -> String {
            Ledger(try bookClaims("C01"), decided: [claim], rules: rules).entries[0].standing
        }
        #expect(try standing(primary("C01", [contrast("x", p: 0.01)], ruleDigest: digest)) == "supported")
        #expect(try standing(primary("C01", [contrast("x", p: 0.01)], ruleDigest: "0")) == "stale")
        #expect(try standing(primary("C01", [contrast("x", p: 0.01)])) == "stale")
        // The file was an input, but something else decided.
        #expect(try standing(primary("C01", [finding("x", p: 0.01)], ruleDigest: digest)) == "stale")
        let ledger = Ledger(try bookClaims("C01"), decided: [primary("C01", [contrast("x", p: 0.01)])], rules: rules)
        #expect(ledger.summary == "1 claim: 1 stale")
        #expect(ledger.entries[0].verdict == nil && ledger.entries[0].corrected == [nil])
        let html = weaveFrontPage(title: "B", introduction: nil, outline: [], ledger: ledger)
        #expect(html.contains("decides nothing until all starts are run again"))
        #expect(!html.contains("<tr class=\"supported\"") && html.contains("<tr class=\"stale\""))
        #expect(HTMLOutline(html).problems == [])
    }

    @Test func pValuesAreCorrectedTogetherOverTheBook() throws {
        let first = decided("C01", .supported, [finding("x", p: 0.01), finding("y", p: 0.04)])
        let second = decided("C02", .supported, [finding(p: 0.03)])
        let ledger = Ledger(
            try bookClaims("C01", "C02"), decided: [place(second, in: "b"), place(first)].compactMap { $0 })
        #expect(ledger.entries[0].corrected == [0.03, 0.06])
        #expect(ledger.entries[1].corrected == [0.06])
        let html = weaveFrontPage(title: "B", introduction: nil, outline: [], ledger: ledger)
        #expect(html.contains("p\u{A0}=\u{A0}0.01 (Holm\u{A0}0.03), n = 3"))
    }

    private let inEditions = """
        claims:
          C01: { says: a, edition: mnist }
          C02: { says: b, edition: uci }
          C03: { says: c }
        """

    @Test func anEntryIsThatOfTheEditionThatItsClaimNames() throws {
        let claims = try BookClaims(parsing: inEditions, path: "claims.yml")
        func primaries(_ verdicts: [String: Verdict]) -> [DecidedClaim] {
            verdicts.sorted { $0.key < $1.key }.map { primary($0.key, [contrast("x", p: 0.001, $0.value)]) }
        }
        let ledger = Ledger(
            claims,
            decided: [
                "default": primaries(["C01": .supported, "C02": .supported, "C03": .supported]),
                "mnist": primaries(["C01": .refuted, "C03": .refuted]),
            ], edition: "default")
        #expect(ledger.entries.map(\.standing) == ["refuted", "supported", "supported"])
        #expect(ledger.entries.map(\.edition) == ["mnist", "default", "default"])
        #expect(ledger.summary == "3 claims: 2 supported, 1 refuted")
        let html = weaveFrontPage(title: "B", introduction: nil, outline: [], ledger: ledger)
        let cells = html.matches(of: /<strong class="verdict">(.*?)<\/td>/).map { $0.1.replacing(/<[^>]+>/, with: "") }
        #expect(
            cells == [
                "refutedin edition mnistdefault: supported", "supporteddecides: uci, open",
                "supportedmnist: refuted",
            ])
        #expect(HTMLOutline(html).problems == [])
    }

    @Test func theLedgerHasOtherEditionsBesideAndLinksToTheErrorsOfItsRules() throws {
        let claims = try bookClaims("C01", "C02")
        var ledger = Ledger(
            claims,
            decided: [
                "default": [primary("C01", [contrast("x", p: 0.01)])],
                "mnist": [primary("C01", [contrast("x", p: 0.5, .undecided), contrast("y", p: 0.001)])],
            ], edition: "default")
        ledger.errorsOfRules = OutlineEntry(name: "07-r", title: "Errors & rules", abstract: nil)
        let html = weaveFrontPage(title: "B", introduction: nil, outline: [], ledger: ledger)
        #expect(html.contains("<span class=\"setting\">Edition mnist</span> undecided, "))
        #expect(html.matches(of: /Edition mnist/).count == 1)
        #expect(html.contains("<a href=\"07-r/index.html\">Errors &amp; rules</a>"))
        #expect(HTMLOutline(html).problems == [])
    }

    @Test func aBookWithoutClaimsHasNoLedger() {
        #expect(!weaveFrontPage(title: "B", introduction: nil, outline: []).contains("id=\"claims\""))
    }
}
