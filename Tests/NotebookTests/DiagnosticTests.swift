import Notebook
import Testing

@Suite struct DiagnosticTests {
    /// What is wrong with `text`, as a terminal shows it, in order.
    private func problems(_ text: String) -> [String] {
        do {
            _ = try notebook(text)
            return []
        } catch {
            return error.description.split(separator: "\n").map(String.init)
        }
    }

    private func notebook(_ text: String) throws(NotebookError) -> Notebook {
        try Notebook(parsing: text, name: "n", path: "Notebooks/n.md")
    }

    private func cell(_ options: String...) -> String {
        "```swift\n" + options.map { "//| \($0)\n" }.joined() + "```\n"
    }

    @Test func anUnknownOptionNamesTheNearest() {
        #expect(
            problems(cell("label: one", "ecoh: false"))
                == ["Notebooks/n.md:3:5: error: unknown option `ecoh`; did you mean `echo`?"])
        #expect(
            problems(cell("fig-captoin: x"))
                == ["Notebooks/n.md:2:5: error: unknown option `fig-captoin`; did you mean `fig-cap`?"])
    }

    @Test func anOptionLikeNoOtherListsThemAll() {
        #expect(
            problems(cell("zzzzzz: 1")) == [
                "Notebooks/n.md:2:5: error: unknown option `zzzzzz`; known are code-fold, echo, error, eval, expect, fig-alt,"
                    + " fig-cap, include, inputs, label, output, outputs, tbl-cap, timeout, warning"
            ])
    }

    @Test(arguments: [
        ("echo: yes", "2:11: error: option `echo`: expected true or false, found `yes`"),
        ("echo: [true]", "2:11: error: option `echo`: expected true or false, found `a list`"),
        ("eval:   1", "2:13: error: option `eval`: expected true or false, found `1`"),
        ("fig-alt: {a: b}", "2:14: error: option `fig-alt`: expected text, or a list of texts, found `a mapping`"),
        ("timeout: soon", "2:14: error: option `timeout`: expected a time above zero such as 30s or 2m, found `soon`"),
        ("timeout: 0", "2:14: error: option `timeout`: expected a time above zero such as 30s or 2m, found `0`"),
        ("timeout: -1s", "2:14: error: option `timeout`: expected a time above zero such as 30s or 2m, found `-1s`"),
        ("timeout: inf", "2:14: error: option `timeout`: expected a time above zero such as 30s or 2m, found `inf`"),
        (
            "inputs: ../secret",
            "2:13: error: option `inputs`: expected a path inside the book's folder, such as Data/table.csv, found `../secret`"
        ),
        (
            "inputs: [a, /etc/passwd]",
            "2:17: error: option `inputs`: expected a path inside the book's folder, such as Data/table.csv,"
                + " found `/etc/passwd`"
        ),
        (
            "outputs: ../table.csv",
            "2:14: error: option `outputs`: expected a file's name of letters, digits, -, _, + and points, such as table.csv,"
                + " found `../table.csv`"
        ),
        (
            "outputs: [a.csv, Data/b.csv]",
            "2:22: error: option `outputs`: expected a file's name of letters, digits, -, _, + and points, such as table.csv,"
                + " found `Data/b.csv`"
        ),
        (
            "label: my figure",
            "2:12: error: option `label`: expected a name of letters, digits, - and _, such as fig-loss, found `my figure`"
        ),
        (
            "label: 1st",
            "2:12: error: option `label`: expected a name of letters, digits, - and _, such as fig-loss, found `1st`"
        ),
    ])
    func aValueOfTheWrongKindSaysWhatIsExpected(option: String, expected: String) {
        #expect(problems(cell(option)) == ["Notebooks/n.md:" + expected])
    }

    @Test func anOptionThatStandsTwiceIsAnError() {
        #expect(
            problems(cell("label: one", "echo: true", "echo: false"))
                == ["Notebooks/n.md:3:5: error: option `echo` stands here twice"])
    }

    @Test func malformedYAMLIsPlacedWhereItBreaks() {
        #expect(
            problems(cell("label: one", "fig-alt: [a, b"))
                .allSatisfy { $0.hasPrefix("Notebooks/n.md:3:") || $0.hasPrefix("Notebooks/n.md:4:") })
        #expect(problems(cell("label: one", "fig-alt: [a, b")).first?.contains(": error: malformed YAML: ") == true)
        let matter = problems("---\ntitle: T\nabstract: \"never closed\n---\n")
        #expect(matter.count == 1)
        #expect(
            matter.first?.wholeMatch(of: /Notebooks\/n\.md:[34]:\d+: error: malformed YAML: .+/) != nil, "\(matter)")
    }

    @Test func tabsInYAMLAreExplained() {
        let found = problems("---\nparameters:\n\tepochs: 3\n---\n")
        #expect(found.count == 1 && found.first?.hasPrefix("Notebooks/n.md:3:1: error: malformed YAML: ") == true)
        #expect(found.first?.hasSuffix("; YAML is indented by spaces, not by tabs") == true, "\(found)")
    }

    @Test func optionsThatAreNoMappingAreExplained() {
        #expect(
            problems(cell("just words")) == ["Notebooks/n.md:2:5: error: expected lines of the form `option: value`"])
        #expect(
            problems("---\n- a\n- b\n---\n")
                == ["Notebooks/n.md:2:1: error: expected lines of the form `front-matter entry: value`"])
    }

    @Test func aFenceWithoutAnEndIsAnErrorAtItsStart() {
        #expect(problems("prose\n\n```swift\nlet a = 1\n") == ["Notebooks/n.md:3:1: error: this fence is never closed"])
        #expect(problems("  ~~~swift\n1\n```\n") == ["Notebooks/n.md:1:3: error: this fence is never closed"])
        #expect(problems("```swift") == ["Notebooks/n.md:1:1: error: this fence is never closed"])
    }

    @Test func aFenceIndentedByFourClosesNothing() {
        #expect(problems("```swift\n1\n    ```") == ["Notebooks/n.md:1:1: error: this fence is never closed"])
    }

    @Test func frontMatterWithoutAnEndIsAnError() {
        #expect(
            problems("---\ntitle: T\n")
                == ["Notebooks/n.md:1:1: error: the front matter has no end: close it with a line `---`"])
    }

    @Test func anUnknownFrontMatterEntryNamesTheNearest() {
        #expect(
            problems("---\ntitel: T\n---\n")
                == ["Notebooks/n.md:2:1: error: unknown front-matter entry `titel`; did you mean `title`?"])
        #expect(
            problems("---\neditions:\n  quick:\n    paramters: {}\n---\n")
                == ["Notebooks/n.md:4:16: error: unknown entry of an edition `paramters`; did you mean `parameters`?"])
    }

    @Test func aParameterNeedsASwiftName() {
        #expect(
            problems("---\nparameters:\n  my-rate: 3\n---\n") == [
                "Notebooks/n.md:3:12: error: `my-rate` cannot name a parameter: use a Swift name such as `epochs`"
            ])
    }

    @Test(arguments: ["class", "let", "self", "Int", "edition", "_", "true", "func"])
    func aParameterCannotTakeANameThatIsTaken(name: String) {
        let found = problems("---\nparameters:\n  \"\(name)\": 3\n---\n")
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("Notebooks/n.md:3:") == true)
        #expect(found.first?.contains("error: `\(name)` cannot name a parameter") == true, "\(found)")
    }

    @Test func aParameterIsANumberATruthValueOrText() {
        #expect(
            problems("---\nparameters:\n  rates: [1, 2]\n---\n") == [
                "Notebooks/n.md:3:10: error: front-matter entry `parameters`: expected a number, true, false or text,"
                    + " found `a list`"
            ])
    }

    @Test func anEditionSetsOnlyTheNotebooksParameters() {
        #expect(
            problems("---\nparameters: {epochs: 3}\neditions:\n  quick:\n    parameters:\n      epoch: 1\n---\n")
                == ["Notebooks/n.md:6:14: error: an edition sets `epoch`, which is no parameter of the notebook"])
    }

    @Test func aLabelStandsForOneCell() {
        #expect(
            problems(cell("label: fig-a") + "\n" + cell("label: fig-a"))
                == ["Notebooks/n.md:6:1: error: the label `fig-a` is taken by the cell on line 1"])
    }

    @Test func aCaptionNeedsALabelOfItsKind() {
        let figure =
            "error: a cell with `fig-cap` needs a label that starts with `fig-`, such as `label: fig-loss`"
        let table = "error: a cell with `tbl-cap` needs a label that starts with `tbl-`, such as `label: tbl-loss`"
        #expect(problems(cell("fig-cap: Words")) == ["Notebooks/n.md:2:1: \(figure)"])
        #expect(problems(cell("label: loss", "fig-cap: Words")) == ["Notebooks/n.md:2:1: \(figure)"])
        #expect(problems(cell("label: fig-a", "tbl-cap: Words")) == ["Notebooks/n.md:2:1: \(table)"])
    }

    @Test func severalErrorsAreToldAtOnceInTheirOrder() {
        let text =
            "---\ntitel: T\n---\nWords.\n\n" + cell("ecoh: true", "timeout: 0") + "\n" + cell("fig-cap: W")
            + "\n```swift\n"
        #expect(
            problems(text).map { $0.prefix { $0 != " " } } == [
                "Notebooks/n.md:2:1:", "Notebooks/n.md:7:5:", "Notebooks/n.md:8:14:", "Notebooks/n.md:12:1:",
                "Notebooks/n.md:15:1:",
            ])
    }
}

@Suite struct NearestNameTests {
    @Test(arguments: [
        ("ecoh", "echo"), ("ECHO", "echo"), ("lable", "label"), ("time-out", "timeout"), ("imputs", "inputs"),
    ])
    func aSlipOfTheFingersFindsItsName(word: String, name: String) {
        #expect(nearestName(to: word, in: ["label", "echo", "timeout", "inputs"]) == name)
    }

    @Test func nothingIsNearWhereNothingIsLikeIt() {
        #expect(nearestName(to: "zzzzzz", in: ["label", "echo"]) == nil)
        #expect(nearestName(to: "a", in: []) == nil)
    }

    @Test func ofTwoAsNearTheFirstByNameIsTaken() {
        #expect(nearestName(to: "cat", in: ["hat", "bat"]) == "bat")
    }
}
