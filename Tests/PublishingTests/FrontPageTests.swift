import Notebook
import Publishing
import Testing
import Wire

@Suite struct FrontPageTests {
    private let outline = [
        OutlineEntry(name: "a", title: "A", abstract: "About $x^2$."),
        OutlineEntry(name: "b", title: "B", abstract: nil),
    ]

    private func card(of text: String = cell("label: fig-v", "fig-cap: Loss & $t$")) throws -> FrontFigure? {
        let notebook = try Notebook(parsing: text, name: "a", path: "Notebooks/a.md")
        let cells = notebook.cells.map {
            CellRecord(label: $0.options.label, status: .asExpected, displays: [figure()])
        }
        let record = Record(notebook: "a", edition: "default", parameters: [:], inputs: [], cells: cells)
        return FrontFigure(standingFor: notebook, record: record)
    }

    private func decided(_ id: String) -> DecidedClaim? {
        guard case .claim(let claim) = PublishingTests.decided(id, .refuted) else { return nil }
        return DecidedClaim(claim: claim, notebook: "a", path: "Notebooks/a.md", line: 7)
    }

    @Test func itNamesTheTextThatTheBookChecksAndWhatBecameOfIt() throws {
        let ledger = Ledger(try bookClaims("C01", "C02"), decided: [decided("C02")].compactMap(\.self))
        let html = weaveFrontPage(
            title: "B", introduction: nil, outline: outline,
            source: .init(title: "On *nets*", authors: "A & B", published: "Journal, 2020.", says: "That $x = 1$."),
            ledger: ledger)
        #expect(
            html.contains("<cite>On <em>nets</em></cite>, <span class=\"authors\">A &amp; B</span>. Journal, 2020.</p>")
        )
        #expect(html.contains("This book tests <a href=\"#claims\">2 claims: 1 refuted, 1 open</a>."))
        #expect(HTMLOutline(html).problems == [])
    }

    @Test func aHighlightStandsWithTheVerdictAndNumbersOfItsClaimOrLeadsToItsPlace() throws {
        let ledger = Ledger(try bookClaims("C01", "C02"), decided: [decided("C02")].compactMap(\.self))
        let html = weaveFrontPage(
            title: "B", introduction: nil, outline: outline,
            highlights: [
                .init(says: "One.", evidence: .claim("C02")), .init(says: "Two.", evidence: .claim("C01")),
                .init(says: "Three.", evidence: .place(.init(notebook: "b", label: "fig-x"))),
            ], ledger: ledger)
        #expect(
            html.contains("<a href=\"a/index.html#claim-C02\">Claim C02</a> <strong class=\"verdict\">refuted</strong>")
        )
        #expect(html.contains("+2\u{A0}points (+1.25 … +2.75)"))
        #expect(html.contains("<a href=\"#claim-C01\">Claim C01</a> <strong class=\"verdict\">open</strong>"))
        #expect(html.contains("<a href=\"b/index.html#fig-x\">B</a>"))
        #expect(HTMLOutline(html).problems == [])
    }

    @Test func aChapterWithAFigureIsACardThatShowsItWithItsCaptionAsText() throws {
        let figure = try #require(try card())
        let html = weaveFrontPage(title: "B", introduction: nil, outline: outline, cards: ["a": figure])
        #expect(html.contains("<ol class=\"notebooks cards\">"))
        #expect(html.contains("src=\"a/figures/aaaa.png\" alt=\"Loss &amp; t\""))
        #expect(HTMLOutline(html).all("a").map { $0.attributes["href"] } == ["a/index.html", "b/index.html"])
        #expect(HTMLOutline(html).problems == [])
    }

    @Test func theFirstFigureWithACaptionThatIsShownStandsForANotebook() throws {
        #expect(try card(of: cell("label: fig-v")) == nil)
        #expect(try card(of: cell("label: fig-a", "fig-cap: A", "output: false")) == nil)
        let first = try card(
            of: cell("label: fig-a") + "\n" + cell("label: fig-b", "fig-cap: B") + "\n"
                + cell("label: fig-c", "fig-cap: C"))
        let html = weaveFrontPage(
            title: "B", introduction: nil, outline: outline, cards: ["a": try #require(first)])
        #expect(html.contains("alt=\"B\""))
    }

    @Test func aBookWithoutFiguresClaimsAndSourceHasItsChaptersAlone() {
        let page = HTMLOutline(weaveFrontPage(title: "B", introduction: nil, outline: outline))
        #expect(page.all("h2").count == 1 && page.all("h3").count == 2)
        #expect(page.all("img").isEmpty && page.all("table").isEmpty && page.all("section").isEmpty)
    }

    @Test func theLedgerCanBeShownByVerdictWithoutAScript() throws {
        let ledger = Ledger(try bookClaims("C01", "C02"), decided: [decided("C02")].compactMap(\.self))
        let page = HTMLOutline(weaveFrontPage(title: "B", introduction: nil, outline: [], ledger: ledger))
        let choices = page.all("input").filter { $0.attributes["type"] == "radio" }.compactMap { $0.attributes["id"] }
        #expect(choices == ["show-all", "show-refuted", "show-open"])
        #expect(page.all("label").compactMap { $0.attributes["for"] } == choices)
        let one = Ledger(try bookClaims("C01"), decided: [])
        #expect(!weaveFrontPage(title: "B", introduction: nil, outline: [], ledger: one).contains("type=\"radio\""))
    }
}
