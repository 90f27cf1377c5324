import Notebook
import Testing

/// Parses a notebook that is in order.
func notebook(_ text: String) throws -> Notebook {
    try Notebook(parsing: text, name: "n", path: "Notebooks/n.md")
}

@Suite struct ParsingTests {
    @Test func aNotebookIsFrontMatterProseAndCells() throws {
        let parsed = try notebook("---\ntitle: T\n---\nprose\n\n```swift\nlet a = 1\n```\nend\n")
        #expect(parsed.frontMatter.title == "T")
        #expect(parsed.blocks.map(\.lines) == [1..<4, 4..<6, 6..<9, 9..<10])
        let cell = try #require(parsed.cells.first)
        #expect(cell.number == 1 && cell.codeLine == 7 && cell.code == "let a = 1\n" && cell.title == "cell 1")
    }

    @Test func anEmptyFileIsANotebookWithoutBlocks() throws {
        let parsed = try notebook("")
        #expect(parsed.blocks.isEmpty && parsed.cells.isEmpty && parsed.frontMatter == FrontMatter())
    }

    @Test(arguments: [
        "```swift\n1\n```\n", "~~~swift\n1\n~~~\n", "````swift\n1\n````\n", "```swift title=x\n1\n```\n",
        "``` swift\n1\n```\n", "```swift\n1\n``````\n", "```swift\n1\n   ```  \n", "```swift\n1\n```",
        "# H\n```swift\n1\n```\n", "prose\n```swift\n1\n```\nprose\n",
    ])
    func everyFenceOfSwiftIsACell(text: String) throws {
        #expect(try notebook(text).cells.map(\.code) == ["1\n"])
    }

    @Test(arguments: [
        "```python\n1\n```\n", "```\n1\n```\n", "```swiftui\n1\n```\n",
        "    ```swift\n    1\n    ```\n",
        "- item\n\n  ```text\n  1\n  ```\n", "~~~\n```swift\n1\n```\n~~~\n",
        "````markdown\n```swift\n1\n```\n````\n", "<!--\n```swift\n1\n```\n-->\n",
    ])
    func anythingElseIsProse(text: String) throws {
        #expect(try notebook(text).cells.isEmpty)
    }

    @Test func anIndentedFenceGivesItsIndentUpInEveryLine() throws {
        let cell = try #require(try notebook("  ```swift\n  let a = 1\n    a\n b\n  ```\n").cells.first)
        #expect(cell.code == "let a = 1\n  a\nb\n")
    }

    @Test func aShorterFenceInsideALongerOneIsCode() throws {
        #expect(
            try notebook("````swift\nlet a = \"\"\"\n```\n\"\"\"\n````\n").cells.map(\.code) == [
                "let a = \"\"\"\n```\n\"\"\"\n"
            ])
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func optionsAndFrontMatterAreReadWithAnyLineEnding(ending: String) throws {
        let lines = [
            "---", "title: T", "timeout: 5", "---", "```swift", "//| label: one", "//| echo: false", "let a = 1", "```",
            "",
        ]
        let parsed = try notebook(lines.joined(separator: ending))
        #expect(parsed.frontMatter.title == "T" && parsed.frontMatter.timeout == 5)
        let cell = try #require(parsed.cells.first)
        #expect(cell.options.label == "one" && !cell.options.echo)
        #expect(cell.codeLine == 8 && cell.code == "let a = 1\n")
    }

    @Test func aByteOrderMarkAtTheTopIsNoPartOfTheFirstLine() throws {
        #expect(try notebook("\u{FEFF}---\ntitle: T\n---\n").frontMatter.title == "T")
        #expect(try notebook("\u{FEFF}```swift\n1\n```\n").cells.map(\.code) == ["1\n"])
    }

    @Test func theTitleIsTheFrontMattersElseTheFirstHeadingElseTheName() throws {
        #expect(try notebook("---\ntitle: T\n---\n# Heading\n").title == "T")
        #expect(try notebook("# A *heading* with `code`\n\nprose\n").title == "A heading with code")
        #expect(try notebook("---\ntimeout: 5\n---\n\nHeading\n===\n").title == "Heading")
        for text in ["", "prose\n\n# Later\n", "## Second level\n", "```swift\n1\n```\n\n# Later\n"] {
            #expect(try notebook(text).title == "n")
        }
    }

    @Test func aCellWithOptionsAloneHasNoCode() throws {
        let cell = try #require(try notebook("```swift\n//| label: one\n```\n").cells.first)
        #expect(cell.code.isEmpty && cell.options.label == "one" && cell.title == "one")
    }

    @Test func anOptionLineBelowCodeIsAnErrorAndAnIndentedOneAComment() throws {
        let (_, problems) = Notebook.parsed("```swift\nlet a = 1\n//| label: one\n```\n", name: "n", path: "n.md")
        #expect(
            problems.map { $0.rendered(file: "n.md") } == [
                "n.md:3:1: error: options stand at a cell's top, above its code; indent this line if it is a comment"
            ])
        let cell = try #require(try notebook("```swift\nlet a = 1\n //| label: one\n```\n").cells.first)
        #expect(cell.options == CellOptions() && cell.code == "let a = 1\n //| label: one\n")
    }
}

@Suite struct OptionTests {
    private func options(_ lines: String...) throws -> CellOptions {
        let text = "```swift\n" + lines.map { "//| \($0)\n" }.joined() + "```\n"
        return try #require(try notebook(text).cells.first).options
    }

    @Test func defaultsAreThoseOfAPlainCell() throws {
        let defaults = try options()
        #expect(defaults == CellOptions())
        #expect(defaults.echo && defaults.eval && defaults.output && defaults.include && defaults.warning)
        #expect(!defaults.error && defaults.codeFold == nil)
        #expect(defaults.label == nil && defaults.figureCaption == nil && defaults.figureAlternativeText == nil)
        #expect(
            defaults.tableCaption == nil && defaults.expect == nil && defaults.timeout == nil && defaults.inputs.isEmpty
        )
    }

    @Test func everyOptionTakesItsValue() throws {
        let given = try options(
            "label: fig-a", "echo: false", "eval: false", "output: false", "include: false", "error: true",
            "warning: false",
            "fig-cap: \"A: b\"", "fig-alt: alt", "expect: '42'", "timeout: 30s", "inputs: [Data/a.csv, Data]",
            "code-fold: true")
        #expect(given.label == "fig-a" && given.figureCaption == "A: b" && given.figureAlternativeText == "alt")
        #expect(!given.echo && !given.eval && !given.output && !given.include && !given.warning)
        #expect(given.error && given.codeFold == .always && given.expect?.text == "42" && given.timeout == 30)
        #expect(given.inputs == ["Data/a.csv", "Data"])
        #expect(try options("label: tbl-a", "tbl-cap: Words").tableCaption == "Words")
        #expect(try options("inputs: Data/a.csv").inputs == ["Data/a.csv"])
    }

    @Test func severalFiguresHaveACaptionEach() throws {
        let given = try options("label: fig-a", "fig-cap: [One, \"Two: b\"]", "fig-alt: [first, second]")
        #expect(given.figureCaptionTexts.map(\.text) == ["One", "Two: b"])
        #expect((0..<3).map { given.figureAlternativeText(at: $0) } == ["first", "second", nil])
        #expect(throws: NotebookError.self) { try options("label: fig-a", "fig-cap: []") }
    }

    @Test(arguments: [("1", 1.0), ("30s", 30), ("2m", 120), ("0.5", 0.5), ("1.5m", 90)])
    func aTimeIsSecondsOrMinutes(text: String, seconds: Double) throws {
        #expect(try options("timeout: \(text)").timeout == seconds)
    }

    @Test func anExpectedErrorMayBeNamedByItsWords() throws {
        #expect(try options("error: out of range").errorText == "out of range")
        #expect(try options("error: out of range").error && options("error: \"true\"").errorText == "true")
        #expect(try options("error: true").errorText == nil && !options("error: false").error)
    }

    @Test func anOptionMayBeWrittenWithoutASpace() throws {
        let text = "```swift\n//|label: one\n```\n"
        #expect(try notebook(text).cells.map(\.options.label) == ["one"])
    }
}

@Suite struct FrontMatterTests {
    @Test func everythingItCanSayIsRead() throws {
        let matter = try notebook(
            """
            ---
            title: A title
            abstract: >
              Two
              lines.
            inputs: Data/a.csv
            timeout: 2m
            parameters:
              epochs: 3
              rate: 0.5
              wide: true
              name: words
              quoted: "3"
            editions:
              quick:
                parameters: {epochs: 1}
                inputs: [Data/b.csv]
                timeout: 5
            ---
            """
        ).frontMatter
        #expect(matter.title == "A title" && matter.abstract == "Two lines.\n")
        #expect(matter.inputs == ["Data/a.csv"] && matter.timeout == 120)
        #expect(matter.parameters.map(\.name) == ["epochs", "rate", "wide", "name", "quoted"])
        #expect(matter.parameters.map(\.value) == [.whole(3), .real(0.5), .truth(true), .text("words"), .text("3")])
        #expect(matter.parameters.first?.position == SourcePosition(line: 9, column: 11))
        let quick = try #require(matter.editions["quick"])
        #expect(quick.parameters.map(\.value) == [.whole(1)] && quick.inputs == ["Data/b.csv"] && quick.timeout == 5)
    }

    @Test func aRuleBelowTheTopIsNoFrontMatter() throws {
        let parsed = try notebook("prose\n\n---\ntitle: T\n---\n")
        #expect(parsed.frontMatter.title == nil)
    }

    @Test func emptyFrontMatterSaysNothing() throws {
        #expect(try notebook("---\n---\nprose\n").frontMatter == FrontMatter())
        #expect(try notebook("---\n# only a comment\n---\n").frontMatter == FrontMatter())
    }
}

@Suite struct BookConfigurationTests {
    @Test func aBookSaysItsTitleAndItsAbstract() throws {
        let read = try BookConfiguration(parsing: "title: A book\nabstract: Words.\n", path: "Notebooks/book.yml")
        #expect(read.title == "A book" && read.abstract == "Words.")
        #expect(try BookConfiguration(parsing: "", path: "Notebooks/book.yml") == BookConfiguration())
    }

    @Test func itNamesTheFrontPagesFigureAndThePageAboutItsRules() throws {
        let configuration = try BookConfiguration(
            parsing: "figure: \"08-v#fig-v\"\nerrors-of-rules: 07-r\n", path: "b.yml")
        #expect(configuration.figure == .init(notebook: "08-v", label: "fig-v"))
        #expect(configuration.errorsOfRules == "07-r")
        for figure in ["08-v", "#fig-v", "08-v#", "a#b#c"] {
            #expect(throws: NotebookError.self) {
                try BookConfiguration(parsing: "figure: \"\(figure)\"\n", path: "b.yml")
            }
        }
    }

    @Test(arguments: [
        (
            "url: git@example.org:a/b\n    from: 1.0.0",
            "2:10: error: entry `packages`: expected a repository's address, such as"
        ),
        (
            "url: https://example.org/a/b/\n    from: 1.0.0",
            "2:10: error: entry `packages`: expected a repository's address"
        ),
        (
            "url: https://example.org/a/b\n    from: 1.2",
            "3:11: error: entry `packages`: expected a version of three numbers"
        ),
        ("url: https://example.org/a/b", "2:5: error: entry `packages`: expected `url` with `exact` or `from`"),
        ("url: https://example.org/a/b\n    branch: main", "expected url, path, exact, from, products, found `branch`"),
        ("path: ../Mine", "2:11: error: entry `packages`: expected a folder of the book, such as Packages/Mine"),
        ("path: Mine\n    exact: 1.0.0", "2:5: error: entry `packages`: expected `url` with `exact` or `from`"),
        (
            "path: A/Mine\n    products: [Mine]\n  - path: B/mine",
            "4:5: error: entry `packages`: expected each package once"
        ),
    ])
    func aPackageThatCannotBeMeantIsAnErrorAtItsPlace(entry: String, words: String) {
        let error = #expect(throws: NotebookError.self) {
            try BookConfiguration(parsing: "packages:\n  - \(entry)\n    products: [Mine]\n", path: "b.yml")
        }
        #expect(error?.description.contains(words) == true, "\(String(describing: error))")
    }

    @Test(arguments: [
        (
            "{swift-algorithms: 1.2.0}",
            "b.yml:1:11: error: entry `packages`: expected a list of packages, each with `url`"
        ),
        ("[https://example.org/a/b]", "b.yml:1:12: error: entry `packages`: expected `url` with `exact` or `from`"),
    ])
    func packagesAreAListOfEntries(packages: String, words: String) {
        let error = #expect(throws: NotebookError.self) {
            try BookConfiguration(parsing: "packages: \(packages)\n", path: "b.yml")
        }
        #expect(error?.description.hasPrefix(words) == true, "\(String(describing: error))")
    }

    @Test(arguments: ["", "\n    products: []", "\n    products: Mine"])
    func aPackageNamesTheProductsThatCellsImport(products: String) {
        let error = #expect(throws: NotebookError.self) {
            try BookConfiguration(parsing: "packages:\n  - path: Mine\(products)\n", path: "b.yml")
        }
        #expect(
            error?.description.contains("expected `products`, the list of what cells import") == true,
            "\(String(describing: error))")
    }

    @Test func whatItCannotSayIsAnErrorAtItsPlace() {
        #expect(throws: NotebookError.self) { try BookConfiguration(parsing: "titel: x\n", path: "b.yml") }
        do {
            _ = try BookConfiguration(parsing: "title: [a]\nauthor: x\n", path: "b.yml")
        } catch {
            #expect(
                error.description == """
                    b.yml:1:8: error: entry `title`: expected text, found `a list`
                    b.yml:2:1: error: unknown entry `author`; known are abstract, address, cache-limit, citations, \
                    code-fold, errors-of-rules, figure, highlights, languages, packages, permissions, smart, source, theme, title
                    """)
        }
    }

    @Test(arguments: [
        "swift", "Swift", "SWIFT", "{swift}", "{Swift}", "{swift, echo=false}", "{.swift}", "{ .swift .numberLines}",
        "swift {x}",
        "{code-cell} swift", "{code-cell}swift", "swift title=\"a\"", "{swift #fig}", "swift:main.swift",
        "swift,ignore",
    ])
    func aFenceOfSwiftIsACellHoweverItsLanguageIsWritten(info: String) {
        let parsed = Notebook.parsed("# T\n\n```\(info)\nprint(1)\n```\n", name: "n", path: "n.md")
        #expect(parsed.notebook.cells.map(\.code) == ["print(1)\n"] && parsed.diagnostics.isEmpty)
    }

    @Test(arguments: [
        "swiftui", "python", "", "text", "sh", "math", "mermaid", "shift-x", "{python}", "json", "c", "objective-c",
        "diff",
    ])
    func otherFencesAreProse(info: String) {
        let parsed = Notebook.parsed("# T\n\n```\(info)\nprint(1)\n```\n", name: "n", path: "n.md")
        #expect(parsed.notebook.cells.isEmpty && parsed.diagnostics.isEmpty)
    }

    @Test(arguments: ["swfit", "siwft", "swit", "swif", "swiftt", "sswift", "Swfit", "{swfit}", "wift", "swifr"])
    func aLanguageThatIsALetterOffIsNamed(info: String) {
        let parsed = Notebook.parsed("# T\n\n```\(info)\nprint(1)\n```\n", name: "n", path: "n.md")
        #expect(parsed.diagnostics.map(\.position.line) == [3])
        #expect(parsed.diagnostics.first?.message.contains("write `swift`") == true)
    }

    @Test func anOptionNeedsNoSpaceBehindItsMark() {
        let parsed = Notebook.parsed(
            "# T\n\n```swift\n//|label: fig-a\n//|fig-cap: x\nf()\n```\n", name: "n", path: "n.md")
        #expect(parsed.diagnostics.isEmpty)
        #expect(parsed.notebook.cells.first?.options.label == "fig-a")
        #expect(parsed.notebook.cells.first?.options.figureCaption == "x")
    }
}

@Suite struct BookIntroductionTests {
    private let text = """
        source: { title: T, authors: A, published: P, says: S }
        highlights:
          - { says: One., claim: C01 }
          - { says: Two., at: "02-x#fig-y" }
        """

    @Test func aBookNamesWhatItChecksAndWhatItTellsFirst() throws {
        let read = try BookConfiguration(parsing: text, path: "b.yml")
        #expect(read.source == .init(title: "T", authors: "A", published: "P", says: "S"))
        #expect(read.highlights.map(\.says) == ["One.", "Two."])
        #expect(read.highlights.map(\.evidence) == [.claim("C01"), .place(.init(notebook: "02-x", label: "fig-y"))])
        #expect(read.problems(claims: ["C01"], labels: ["02-x": ["fig-y"]]).isEmpty)
    }

    @Test func aHighlightThatLeadsNowhereIsAnErrorAtItsLine() throws {
        let read = try BookConfiguration(parsing: text, path: "b.yml")
        let problems = read.problems(claims: ["C02"], labels: ["02-x": ["fig-z"]]).map { $0.rendered(file: "b.yml") }
        #expect(problems.count == 2)
        #expect(problems[0].hasPrefix("b.yml:3:") && problems[0].contains("no claim `C01`; did you mean `C02`?"))
        #expect(problems[1].hasPrefix("b.yml:4:") && problems[1].contains("no label `fig-y`; did you mean `fig-z`?"))
        #expect(read.problems(claims: ["C01"], labels: [:])[0].message.contains("there is no notebook `02-x`"))
    }

    @Test(arguments: [
        ("source: { authors: A }", "the source's `title`"), ("highlights: [{ claim: C01 }]", "`says`"),
        ("highlights: [{ says: a }]", "either `claim`"),
        ("highlights: [{ says: a, claim: C1, at: 'x#y' }]", "either `claim`"),
        ("source: { titel: T, title: U }", "did you mean `title`?"),
    ])
    func anIntroductionThatSaysTooLittleIsAnError(text: String, words: String) {
        #expect {
            try BookConfiguration(parsing: text, path: "b.yml")
        } throws: {
            "\($0)".contains(words)
        }
    }
}

@Suite struct CodeFoldTests {
    @Test(arguments: [("true", CodeFold.always), ("false", .never), ("setup", .setup)])
    func bookNotebookAndCellSayAlikeWhichCodeIsFolded(word: String, fold: CodeFold) throws {
        #expect(try BookConfiguration(parsing: "code-fold: \(word)\n", path: "b.yml").codeFold == fold)
        let read = try notebook("---\ncode-fold: \(word)\n---\n```swift\n//| code-fold: \(word)\n```\n")
        #expect(read.frontMatter.codeFold == fold && read.cells[0].options.codeFold == fold)
    }

    @Test func anotherWordIsAnErrorAtItsPlace() {
        let words = "expected true, false or setup, found `sometimes`"
        let (_, cell) = Notebook.parsed("```swift\n//| code-fold: sometimes\n```\n", name: "n", path: "n.md")
        #expect(cell.map { $0.rendered(file: "n.md") } == ["n.md:2:16: error: option `code-fold`: \(words)"])
        let (_, matter) = Notebook.parsed("---\ncode-fold: sometimes\n---\n", name: "n", path: "n.md")
        #expect(
            matter.map { $0.rendered(file: "n.md") } == ["n.md:2:12: error: front-matter entry `code-fold`: \(words)"])
        #expect {
            try BookConfiguration(parsing: "code-fold: sometimes\n", path: "b.yml")
        } throws: {
            "\($0)".contains("b.yml:1:12: error: entry `code-fold`: \(words)")
        }
    }
}
