import Notebook
import Testing

@Suite struct InlineValueTests {
    private func parsed(_ text: String) -> (values: [InlineValue], problems: [String]) {
        let (notebook, diagnostics) = Notebook.parsed(text, name: "n", path: "n.md")
        return (notebook.inlineValues, diagnostics.map { $0.rendered(file: "n.md") })
    }

    /// The expressions of `text`, each as it stands at the place that is told of it.
    private func expressions(_ text: String) -> [String] {
        let source = SourceLines(text)
        return parsed(text).values.map { value in
            let line = Array(source.content(value.position.line).utf8)
            let span = line[(value.position.column - 1)..<(value.position.column - 1 + value.length)]
            let code = line[(value.expressionPosition.column - 1)...].prefix(value.expression.utf8.count)
            #expect(span.first == UInt8(ascii: "`") && span.last == UInt8(ascii: "`") && span.count == value.length)
            return String(decoding: code, as: UTF8.self)
        }
    }

    @Test(arguments: [
        "A `{swift} a` b", "é `{swift} a`,\nnext **`{swift}  b`**", "# H\n\n## `{swift} a`",
        "- `{swift} a`\n  - x `{swift} b`",
        "> q `{swift} a`\n> r `{swift} b`", "| x |\n|---|\n| `{swift} a` \\| `{swift} b` |", "[`{swift} a`](http://x)",
        "1. p\n\n   `{swift} a`", "t[^1]\n\n[^1]: n `{swift} a`\n    m `{swift} b`", "`{swift} a` `{swift} a`",
        "`` `{swift} no` `` `{swift} a`", "```\n`{swift} no`\n```\n`{swift} a`\r\n`{swift} b`",
        "<b title=\"`\">`{swift} a`</b>",
    ])
    func eachIsFoundAtItsPlace(text: String) {
        let found = expressions(text)
        #expect(found == Array(["a", "b"].prefix(found.count)) || found == ["a", "a"], "\(found)")
        #expect(!found.isEmpty && found.count == text.ranges(of: "{swift}").count - text.ranges(of: "no`").count)
        #expect(parsed(text).problems.isEmpty)
    }

    @Test(arguments: [
        "`{swift}a`", "``{swift} a``` `", "\\`{swift} a\\`", "    `{swift} a`", "```text\n`{swift} a`\n```",
        "{swift} a",
        "`` `{swift} a` ``", "<!--\n`{swift} a`\n-->", "`{Swift} a`",
    ])
    func whatIsCodeOrTextIsNone(text: String) {
        #expect(parsed(text).values.isEmpty && parsed(text).problems.isEmpty)
    }

    @Test func itSeesTheCellsAbove() {
        let cell = "```swift\n1\n```\n"
        let text = "---\ntitle: T\n---\n`{swift} a`\n\n" + cell + "`{swift} b`\n\n" + cell + cell + "`{swift} c`\n"
        #expect(parsed(text).values.map(\.cellsAbove) == [0, 1, 3])
        #expect(parsed(text).values.map(\.number) == [1, 2, 3])
        #expect(parsed(text).values.map(\.position.line) == [4, 9, 17])
    }

    @Test func oneInANoteIsEvaluatedWhereTheNoteStands() {
        let text = "a[^1]\n\n[^1]: `{swift} a`\n\n```swift\n1\n```\n\n`{swift} b`\n"
        #expect(
            parsed(text).values.map(\.expression) == ["a", "b"] && parsed(text).values.map(\.cellsAbove) == [0, 1])
    }

    @Test func whatCannotBeOneIsTold() {
        #expect(parsed("a `{swift} `").problems == ["n.md:1:3: error: this inline value has no expression"])
        #expect(
            parsed("a `{swift}\n1`").problems
                == ["n.md:1:1: error: an inline value must stand on one line, between single backticks"])
        #expect(
            parsed("# T `{swift} 1`\n").problems == [
                "n.md:1:5: error: a title cannot hold an inline value; give the notebook a `title` in its front matter"
            ])
        #expect(
            parsed("# T `{record} C01 / effect`\n").problems == [
                "n.md:1:5: error: a title cannot hold a value on record; give the notebook a `title` in its front matter"
            ])
        #expect(parsed("---\ntitle: T\n---\n# T `{swift} 1`, `{record} C01 / effect`\n").problems.isEmpty)
    }

    @Test func valuesOfGeneratedNotebooksLieInTheirPlaces() {
        for seed in 0..<2_000 as Range<UInt64> {
            let document = generatedDocument(seed: seed)
            let (notebook, _) = Notebook.parsed(document, name: "n", path: "n.md")
            let source = SourceLines(document)
            for value in notebook.inlineValues {
                let line = source.content(value.position.line).utf8.dropFirst(value.position.column - 1)
                #expect(line.starts(with: "`{swift}".utf8), "seed \(seed)")
            }
        }
    }

    @Test func aRecordHoldsWhatTheyGave() throws {
        var record = Record(
            notebook: "n", edition: "default", parameters: [:], inputs: [], cells: [],
            values: [ValueRecord(expression: "a", text: "1")])
        #expect(try StableJSON.decode(Record.self, from: StableJSON.encode(record)) == record && !record.failed)
        record.values?.append(ValueRecord(expression: "b"))
        #expect(record.failed)
    }
}
