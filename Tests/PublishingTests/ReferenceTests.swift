import Notebook
import Publishing
import Testing
import Wire

@Suite struct ReferenceTests {
    private let loss = cell("label: fig-loss")

    /// Each link to something in the book: where it leads, and how it reads.
    private func links(_ html: String) -> [String] {
        html.matches(of: /class="reference" href="([^"]+)">([^<]+)</).map { "\($0.1) \($0.2)" }
    }

    @Test func aReferenceResolvesBeforeAndBehindWhatItRefersTo() throws {
        #expect(try problems("See @fig-loss.\n\n\(loss)\nSee @fig-loss, (@fig-loss) and **@fig-loss**.\n").isEmpty)
    }

    @Test func aReferenceToNothingNamesTheNearestLabel() throws {
        #expect(
            try problems("\(loss)\nprose,\nsee é @fig-los.\n")
                == ["n.md:7:8: error: nothing has the label `fig-los`; did you mean `@fig-loss`?"])
        #expect(try problems("See @tbl-scores.\n") == ["n.md:1:5: error: nothing has the label `tbl-scores`"])
    }

    @Test func everyReferenceIsToldOnItsOwnLine() throws {
        let found = try problems(
            "@fig-a and\n@fig-b\n\n| @fig-c |\n|---|\n| x |\n\n- @eq-d\n\n> [@sec-e; @claim-C01]\n")
        #expect(
            found.map { $0.prefix { $0 != " " } } == [
                "n.md:1:1:", "n.md:2:1:", "n.md:4:3:", "n.md:8:3:", "n.md:10:4:", "n.md:10:12:",
            ])
    }

    @Test(arguments: [
        "`@fig-a`", "``a ` @fig-a``", "    @fig-b", "```text\n@fig-c\n```", "a bare @ sign", "mail@example.org",
        "\\@fig-a", "[a](https://example.org/@name)", "https://example.org/@name", "<!-- \n@fig-a\n-->",
    ])
    func theseAreNoReferences(markdown: String) throws { #expect(try problems(markdown + "\n").isEmpty) }

    @Test func scriptsWithoutSpacesReferToo() throws {
        #expect(try links(body("如@fig-loss所示\n\n" + loss)) == ["#fig-loss Figure\u{A0}1"])
    }

    @Test func labelledEquationsAreNumberedInTheirOrder() throws {
        let html = try body(
            "@eq-b, @eq-a\n\n$$a$$ {#eq-a}\n\n$$z$$\n\n$$\nb\n$$ {#eq-b}\n\n```math {#eq-c}\nc\n```\n\n@eq-c\n")
        #expect(
            links(html) == [
                "#eq-b Equation\u{A0}(2)", "#eq-a Equation\u{A0}(1)", "#eq-c Equation\u{A0}(3)",
            ])
        #expect(html.matches(of: /<span class="number">\((\d)\)</).map { $0.1 } == ["1", "2", "3"])
        #expect(!html.contains("{#") && HTMLOutline(html).problems == [])
        #expect(HTMLOutline(html).all("math").count == 4)
    }

    @Test func aSectionIsReferredToByItsHeading() throws {
        let html = try body("## Reading *A* $x$ {#sec-literal}\n\n@sec-literal and [here](#sec-literal)\n")
        #expect(html.contains("<h2 id=\"sec-literal\">Reading <em>A</em> <math"))
        let reference = try #require(html.firstMatch(of: /<a class="reference" href="#sec-literal">(.*?)<\/a>/)?.1)
        #expect(reference.hasPrefix("“Reading <em>A</em> <math") && reference.hasSuffix("</math>”"))
        #expect(!html.contains("{#") && HTMLOutline(html).problems == [])
    }

    @Test func aClaimIsReferredToOnThePageThatDecidesItElseInTheLedger() throws {
        let claims = try bookClaims("C07", "C08")
        #expect(
            try links(body("@claim-C07, @claim-C08\n\n" + cell(), displays: [[decided("C07")]], claims: claims)) == [
                "#claim-C07 Claim\u{A0}C07", "../index.html#claim-C08 Claim\u{A0}C08",
            ])
        #expect(try problems("@claim-C07 @claim-C08\n", claims: claims).isEmpty)
        #expect(
            try problems("@claim-C09\n", claims: claims) == [
                "n.md:1:1: error: nothing has the label `claim-C09`; did you mean `@claim-C07`?"
            ])
    }

    private let book = [
        OutlineEntry(
            name: "m", title: "A & B", abstract: nil,
            labels: [
                Label(name: "fig-loss", kind: .figure, number: 3), Label(name: "fig-far", kind: .figure, number: 4),
                Label(name: "sec-far", kind: .section, title: "The <end>"),
            ]),
        OutlineEntry(
            name: "o", title: "O", abstract: nil, labels: [Label(name: "fig-far", kind: .figure, number: 1)]),
    ]

    @Test func whatStandsOnAnotherPageIsNamedWithThatPage() throws {
        #expect(
            try links(body("@fig-loss, @sec-far\n", outline: book)) == [
                "../m/index.html#fig-loss Figure\u{A0}3 in “A &amp; B”",
                "../m/index.html#sec-far “The &lt;end&gt;” in “A &amp; B”",
            ])
    }

    @Test func thePagesOwnLabelComesBeforeAnothers() throws {
        #expect(try links(body("@fig-loss\n\n" + loss, outline: book)) == ["#fig-loss Figure\u{A0}1"])
    }

    @Test func aLabelOnSeveralOtherPagesIsAnError() throws {
        #expect(
            try problems("@fig-far\n", outline: book) == [
                "n.md:1:1: error: the label `fig-far` stands on several pages: “A & B”, “O”"
            ])
    }

    @Test func aLabelThatIsTakenOrMalformedIsAnError() throws {
        let text =
            "## A {#sec-a}\n\n$$x$$ {#eq-a}\n\nSee: $$y$$ {#eq-a}\n\n## B {#sec-a}\n\n## C {#c}\n\n$$z$$ {#fig-z}\n"
        #expect(
            try problems(text) == [
                "n.md:5:14: error: the label `eq-a` is taken on line 3",
                "n.md:7:8: error: the label `sec-a` is taken on line 1",
                "n.md:9:8: error: the label of this section must be `sec-` and then letters, digits, - and _, "
                    + "such as `{#sec-name}`, not `c`",
                "n.md:11:9: error: the label of this equation must be `eq-` and then letters, digits, - and _, "
                    + "such as `{#eq-name}`, not `fig-z`",
            ])
    }

    @Test func whatAPageCanBeReferredToByIsInTheOutline() throws {
        let text = "## S *t* {#sec-s}\n\n$$x$$ {#eq-x}\n\n" + loss + "\n" + cell("label: tbl-t")
        let labels = OutlineEntry(try notebook(text)).labels
        #expect(labels.map(\.name) == ["fig-loss", "tbl-t", "eq-x", "sec-s"])
        #expect(labels.map(\.number) == [1, 1, 1, nil])
        #expect(labels.last?.title == "S t")
    }

    @Test func aRenumberingChangesTheOutline() throws {
        let one = OutlineEntry(try notebook(loss)).text
        let other = OutlineEntry(try notebook(cell("label: fig-new") + "\n" + loss)).text
        #expect(one != other)
        #expect(OutlineEntry(try notebook("\n\n" + loss)).text == one)
    }

    @Test func aReferenceInALinkOrAHeadingIsNoLinkInALink() throws {
        let html = try body("[see @fig-loss](x.html)\n\n## A @fig-loss\n\n## B\n\n## C\n\n" + loss)
        #expect(HTMLOutline(html).problems == [])
    }

    @Test func aLabelWhoseCellShowsNothingStillLeadsToTheCell() throws {
        #expect(HTMLOutline(try body("@fig-loss, @tbl-t\n\n" + loss + "\n" + cell("label: tbl-t"))).problems == [])
    }

    @Test func aLinkToAnotherNotebooksFileLeadsToItsPage() throws {
        let html = try body("[a](m.md) [b](./m.md#sec-far) [c](https://example.org/x.md)\n", outline: book)
        #expect(
            HTMLOutline(html).all("a").map { $0.attributes["href"] } == [
                "../m/index.html", "../m/index.html#sec-far", "https://example.org/x.md",
            ])
    }

    @Test func aLinkOrPictureThatLeadsNowhereIsAnError() throws {
        let text =
            "## Results\n\n[a](#results)\n[b](#result) [c](o.md) [d](mm.md)\n\n![e](far.png)\n![f](https://x.org/f.png)\n"
        #expect(
            try problems(text, outline: book) == [
                "n.md:4:1: error: no section of this page has the anchor `result`; did you mean `#results`?",
                "n.md:4:24: error: the book has no notebook `mm`; did you mean `m.md`?",
                "n.md:6:1: error: there is no picture `far.png`",
                "n.md:7:1: error: pages load nothing from a network: `https://x.org/f.png` can be linked to, not shown; a copy in the book's folder can be shown",
            ])
    }
}
