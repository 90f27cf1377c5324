import Notebook
import Publishing
import Testing

@Suite struct ProseTests {
    @Test func headingsHaveAnchorsOfTheirOwn() throws {
        let outline = HTMLOutline(
            try body("## Results\n\n## Results\n\n## Results 2\n\n## ***\n\n## Änderung, die 2.\n"))
        #expect(
            outline.all("h2").compactMap { $0.attributes["id"] } == [
                "results", "results-2", "results-2-2", "section", "änderung-die-2",
            ])
        #expect(outline.problems == [])
    }

    @Test func aHeadingDoesNotTakeTheAnchorOfACellOrANote() throws {
        let text =
            "## Cell 1\n\n## Fig a\n\n## Fn 1\n\nA note[^1].\n\n" + cell("label: fig-a", code: "let a = 1")
            + "\n[^1]: Words.\n"
        #expect(HTMLOutline(try body(text, displays: [[figure()]])).problems == [])
    }

    @Test func theTitleIsTheOnlyFirstLevelHeading() throws {
        let outline = HTMLOutline(try page("---\ntitle: T\n---\n# A\n\nB\n===\n"))
        #expect(outline.all("h1").count == 1 && outline.all("h2").count == 2)
    }

    @Test func noLevelOfHeadingsIsLeftOut() throws {
        let tags = HTMLOutline(try body("#### A\n\n## B\n\n#### C\n\n#### D\n\n### E\n\n##### F\n\n## G\n")).tags
        #expect(tags.map(\.name).filter { $0.hasPrefix("h") } == ["h2", "h2", "h3", "h3", "h3", "h4", "h2"])
    }

    @Test func aFirstHeadingThatIsTheTitleStandsOnce() throws {
        let html = try page("# A < *title*\n\nprose\n")
        let outline = HTMLOutline(html)
        #expect(outline.all("h1").count == 1 && outline.all("h2").isEmpty && outline.problems == [])
        #expect(html.contains("<title>A &lt; title</title>"))
    }

    @Test func aPageWithSeveralHeadingsHasContents() throws {
        let html = try body(
            "## A [link](x.html)\n\n### B @fig-a\n\n## C[^1]\n\n### D\n\n#### E\n\n[^1]: n\n\n"
                + cell("label: fig-a", code: "let a = 1"), displays: [[figure()]])
        let outline = HTMLOutline(html)
        #expect(outline.problems == [])
        let contents = try #require(html.firstMatch(of: /<nav class="contents".*?<\/nav>/.dotMatchesNewlines()))
        #expect(HTMLOutline(String(contents.0)).all("li").count == 4)
        #expect(try !body("## A\n\n## B\n").contains("contents"))
    }

    @Test func aTablesColumnsAreAlignedAsItsRuleSays() throws {
        let html = try body("| a | b | c | d |\n|---|--:|:-:|:--|\n| 1 | 2 | 3 | 4 |\n")
        #expect(html.contains("<tr><th>a</th><th class=\"right\">b</th><th class=\"center\">c</th><th>d</th></tr>"))
        #expect(html.contains("<tr><td>1</td><td class=\"right\">2</td><td class=\"center\">3</td><td>4</td></tr>"))
    }

    @Test func aFootnoteAndItsReferenceLeadToEachOther() throws {
        let html = try body("One[^note], two[^2], one again[^note].\n\n[^2]: Second.\n\n[^note]: First *words*.\n")
        #expect(html.contains("First <em>words</em>.") && html.contains("Second."))
        let outline = HTMLOutline(html)
        #expect(outline.problems == [])
        #expect(outline.all("sup").count >= 3)
        #expect(outline.all("a").count(where: { $0.attributes["href"]?.hasPrefix("#") == true }) >= 5)
    }

    @Test(arguments: [
        ("Of $x$. Next", "</math>.</span> Next"), ("($x$), then", "</math>),</span> then"), ("$x$ is", "</math> is"),
        ("$x$-axis", "</math>-axis"),
    ])
    func aFormulaKeepsTheStopBehindItInItsLine(text: String, expected: String) throws {
        let html = try body(text)
        #expect(html.contains(expected), "\(html)")
        #expect(HTMLOutline(html).problems == [])
    }

    /// The style sheet moves a note beside the text, to the height of its first mark and below the note before it.
    @Test func aNoteNamesItsFirstMarkAndTheNoteAboveForTheStyleSheet() throws {
        let html = try body("One[^a], two^[Second.], one again[^a].\n\n[^a]: First.\n")
        let outline = HTMLOutline(html)
        let named = outline.all("sup").compactMap { $0.attributes["style"] }
        #expect(named == ["anchor-name: --mark-1", "anchor-name: --mark-2"])
        let notes = outline.all("div").filter { $0.attributes["class"] == "footnote" }
        #expect(
            notes.map { $0.attributes["style"] } == [
                "--own: --note-1; --mark: --mark-1; --above: --note-0",
                "--own: --note-2; --mark: --mark-2; --above: --note-1",
            ])
        #expect(notes.allSatisfy { $0.attributes["role"] == "doc-footnote" })
    }

    @Test func gitHubsExtensionsAreRead() throws {
        let html = try body("~~gone~~ https://example.org\n\n- [x] done\n- [ ] open\n")
        #expect(html.contains("<del>gone</del>") && html.contains("<a href=\"https://example.org\">"))
        #expect(
            html.contains("<input type=\"checkbox\" disabled checked>")
                && html.contains("<input type=\"checkbox\" disabled>"))
    }

    @Test func tightAndLooseListsKeepTheirParagraphs() throws {
        #expect(try body("- a\n- b\n").contains("<li>a</li>"))
        #expect(try body("- a\n\n- b\n").contains("<li><p>a</p>\n</li>"))
        #expect(try body("3. a\n4. b\n").contains("<ol start=\"3\">"))
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func cellsStandBetweenTheProseAroundThem(ending: String) throws {
        let lines = ["---", "title: T", "---", "before", "", "```swift", "let a = 1", "```", "", "after $x$", ""]
        let html = try body(lines.joined(separator: ending))
        #expect(HTMLOutline(html).all("section").count == 1)
        let order = ["before", "let", "after"].compactMap { html.firstRange(of: $0)?.lowerBound }
        #expect(order.count == 3 && order == order.sorted())
    }
}

@Suite struct FormulaTests {
    private func formulas(_ markdown: String) throws -> Int { HTMLOutline(try body(markdown)).all("math").count }

    @Test(arguments: [
        "$x$", "a $x_1 * y_2 * z$ b", "**$x$**", "| $x$ |\n|---|\n", "$x$, $$y$$", "($x$)", "é $x$", "## $x$",
    ])
    func whatStandsBetweenDollarsIsMath(markdown: String) throws {
        let html = try body(markdown + "\n")
        #expect(html.contains("<math") && !html.contains("$") && !html.contains("<em>"), "\(html)")
        #expect(!html.unicodeScalars.contains { (0xE000...0xF8FF).contains($0.value) })
    }

    @Test func aDisplayedFormulaMaySpanLines() throws {
        let html = try body("$$\n\\frac{a}\n{b}\n$$\n\nafter\n\n" + cell(code: "let a = 1"))
        #expect(html.contains("class=\"display\"") && html.contains("<p>after</p>") && html.contains("class=\"cell\""))
        #expect(try formulas("text $$a$$ text\n") == 1)
    }

    @Test(arguments: [
        "It costs $5 and $6.", "\\$x\\$", "`$x$`", "``a ` $x$``", "$ x$", "$x $", "$x", "5$", "$$", "a $\n\nb$ c",
        "    $x$", "$x$5",
        "$x\ny$",
    ])
    func otherDollarsAreDollars(markdown: String) throws {
        #expect(try formulas(markdown + "\n") == 0)
        #expect(try body(markdown + "\n").contains("$"))
    }

    @Test func pricesAndEscapedDollarsStandAsTheyAreWritten() throws {
        #expect(try body("It costs $5 and $6, \\$x\\$.\n").contains("<p>It costs $5 and $6, $x$.</p>"))
        #expect(try body("`$x$` and ``$y$``\n").contains("<code>$x$</code> and <code>$y$</code>"))
    }

    @Test func codeIsLeftAlone() throws {
        let html = try body("```text\n$x$\n```\n\n- a\n\n  ~~~\n  $y$\n  ~~~\n\n" + cell(code: "let a = \"$z$\""))
        #expect(!html.contains("<math"))
        for words in ["$x$", "$y$", "$z$"] { #expect(html.contains(words)) }
    }

    @Test(arguments: ["\u{2028}", "\u{85}", "\u{C}", "\u{B}"])
    func onlyMarkdownsOwnLineEndingsAreCounted(character: String) throws {
        let html = try body("a\(character)b\n\n" + cell(code: "let a = \"$z$\"") + "\n$x$\n")
        #expect(html.contains("$z$") && HTMLOutline(html).all("math").count == 1)
    }

    @Test func aFormulaDoesNotReachIntoACell() throws {
        let html = try body(
            "a $$ b\n" + cell(code: "print(\"$$ x\")") + "\na ` b\n" + cell(code: "let tick = \"`\"") + "\n$x$\n")
        #expect(HTMLOutline(html).all("section").count == 2)
        #expect(HTMLOutline(html).all("math").count == 1)
    }

    @Test func aLoneBacktickDoesNotHideFormulasOfLaterParagraphs() throws {
        #expect(try formulas("a ` b\n\n$x$\n\nc ` d\n") == 1)
    }

    @Test func aDollarInALinkIsPartOfIt() throws {
        let html = try body("[a](https://example.org/?a=$x&b=$y)\n")
        #expect(html.contains("href=\"https://example.org/?a=$x&amp;b=$y\""), "\(html)")
    }

    @Test func aBrokenFormulaIsPlacedInTheNotebook() throws {
        let text = "---\ntitle: T\n---\né $\\nonsense{x}$\n\n$$\na +\n  \\wrong\n$$\n"
        let found = proseProblems(in: try notebook(text), outline: [], bibliography: Bibliography())
        #expect(found.map(\.position) == [SourcePosition(line: 4, column: 5), SourcePosition(line: 8, column: 3)])
        #expect(found.allSatisfy { $0.severity == .error && $0.message.hasPrefix("in this formula: ") })
        #expect(try problems("`$\\nonsense$` $x$\n").isEmpty)
    }

    @Test(arguments: [
        ("| a |\n|---|\n| $\\no$ |\n", "3:4"), ("A[^n].\n\n[^n]: Note $\\no$\n", "3:13"), ("## A $\\no$\n", "1:7"),
        ("- a\n\n  $$\n  \\no\n  $$\n", "4:3"), ("> $$\n> x +\n> \\no\n> $$\n", "3:3"), ("**a $\\no$**\n", "1:6"),
        ("```math\nx +\n \\no\n```\n", "3:2"), ("- a\n\n  ```math\n  x\n  \\no\n  ```\n", "5:3"),
        ("> ```math\n> \\no\n> ```\n", "2:3"), ("![$\\no$](data:image/png;base64,)\n", "1:4"),
    ])
    func aBrokenFormulaIsFoundWhereverItStands(markdown: String, place: String) throws {
        let found = try problems(markdown)
        #expect(
            found.count == 1 && found.first?.hasPrefix("n.md:\(place): error: in this formula: ") == true, "\(found)")
    }

    @Test func aFormulaMayStandInAQuotationAndInAFence() throws {
        let html = try body("> $$\n> a\n> $$\n\n```math\n\\frac{a}{b}\n```\n\n- b\n\n  ```math\n  c\n  ```\n")
        #expect(HTMLOutline(html).all("math").count == 3 && !html.contains("<mo>&gt;</mo>"), "\(html)")
        #expect(HTMLOutline(html).problems == [])
    }

    @Test func aBrokenFormulaShowsItsSource() throws {
        let html = try page("$\\nonsense<b>$\n")
        #expect(html.contains("\\nonsense&lt;b&gt;") && HTMLOutline(html).problems == [])
    }

    @Test func aFormulaInAHeadingNamesItsAnchorByItsSource() throws {
        #expect(HTMLOutline(try body("## The loss $L_2$\n")).all("h2").first?.attributes["id"] == "the-loss-l-2")
    }

    @Test func charactersOfThePrivateAreaInTheTextAreNoFormulas() throws {
        let html = try body("\u{E000}0\u{E001} and $x$\n")
        #expect(HTMLOutline(html).all("math").count == 1)
    }
}
