import Foundation
import Notebook
import Publishing
import Testing
import Wire

/// Prose that Jupyter's readers would take for something else, as it stands in an exported notebook.
@Suite struct ForJupyterTests {
    private func exported(_ text: String, values: [String] = [], displays: [[Display]] = []) throws -> [[String:
        JSONValue]]
    {
        let notebook = try notebook(text)
        let cells = notebook.cells.indices.map { index in
            CellRecord(label: nil, status: .asExpected, displays: index < displays.count ? displays[index] : [])
        }
        let record = Record(
            notebook: "n", edition: "default", parameters: [:], inputs: [], cells: cells,
            values: zip(notebook.inlineValues, values).map { ValueRecord(expression: $0.expression, text: $1) })
        let json = try jupyterNotebook(
            notebook, record: record, constants: "", outline: [], bibliography: Bibliography(), claims: nil,
            picture: { _ in [1] })
        guard case .object(let file) = json, case .array(let all)? = file["cells"] else { return [] }
        return all.compactMap { if case .object(let cell) = $0 { cell } else { nil } }
    }

    private func text(_ value: JSONValue?) -> String {
        guard case .array(let lines)? = value else { return "" }
        return lines.map { if case .string(let line) = $0 { line } else { "" } }.joined()
    }

    private func markdown(_ text: String, values: [String] = []) throws -> String {
        try exported(text, values: values).filter { $0["cell_type"] == .string("markdown") }.map {
            self.text($0["source"])
        }
        .joined(separator: "\n\n")
    }

    private static let dollar = "<span>&#36;</span>"

    @Test(arguments: [
        ("It costs $5, not $6 or US$7.", "It costs ¤5, not ¤6 or US¤7."),
        (#"Costs \$5, then \$6."#, "Costs ¤5, then ¤6."),
        ("Price $5 and $x$.", "Price ¤5 and $x$."), ("`$HOME` and $5", "`$HOME` and ¤5"),
        ("``a ` $5`` $6", "``a ` $5`` ¤6"),
        ("[$5](https://x.org/?a=$1)", "[¤5](https://x.org/?a=$1)"), ("https://x.org/$1 $5", "https://x.org/$1 ¤5"),
        ("<b title=\"$5\">$6</b>", "<b title=\"$5\">¤6</b>"), ("## For $5 and $6", "## For ¤5 and ¤6"),
        ("- $5\n- $6", "- ¤5\n- ¤6"), ("> $5 and $6", "> ¤5 and ¤6"),
        ("| $5 | $6 |\n|---|---|", "| ¤5 | ¤6 |\n|---|---|"),
        ("```text\n$5 and $6\n# a {b}\n```", "```text\n$5 and $6\n# a {b}\n```"), ("    $5 and $6", "    $5 and $6"),
        ("**$5** *$6*", "**¤5** *¤6*"), (#"\\$5"#, #"\\¤5"#), ("$$x$$ for $5", "$$x$$ for ¤5"),
        ("- a\n\n  ```sh\n  echo $5\n  ```", "- a\n\n  ```sh\n  echo $5\n  ```"), ("$ 5 $", "¤ 5 ¤"), ("$5$", "$5$"),
    ])
    func aDollarThatIsNoFormulasBeginsNone(prose: String, wanted: String) throws {
        #expect(try markdown(prose + "\n") == wanted.replacing("¤", with: Self.dollar))
    }

    @Test func neitherDoesOneOfAValueNorOfATable() throws {
        #expect(
            try markdown("So `{swift} p`.\n", values: ["US$5 and $6"]) == "So US\(Self.dollar)5 and \(Self.dollar)6.")
        let table = TableContent(caption: "In $", columns: ["$a$"], alignments: [.leading], rows: [["$b$"]])
        let cells = try exported("```swift\n1\n```\n", displays: [[.table(table)]])
        let json = String(decoding: try JSONEncoder().encode(cells), as: UTF8.self).replacing("\\/", with: "/")
        #expect(json.contains("<td style=\\\"text-align: left\\\">\(Self.dollar)b\(Self.dollar)</td>"), "\(json)")
        #expect(json.contains("In \(Self.dollar)") && !json.contains("\\\\$"))
    }

    @Test(arguments: [
        ("P(A|B)", "P(A\\vert B)"), ("|x|", "\\vert x\\vert "), (#"\|x\|_2"#, #"\Vert x\Vert _2"#),
        (#"\left|x\right|"#, #"\left\vert x\right\vert "#), ("p(y|x, θ)", "p(y\\vert x, θ)"), ("x", "x"),
    ])
    func aBarInAFormulaEndsNoCellOfATable(formula: String, wanted: String) throws {
        let found = try markdown("| event | probability |\n|---|---|\n| A | $\(formula)$ |\n\n$\(formula)$ outside\n")
        #expect(found.contains("| A | $\(wanted)$ |") && found.contains("$\(formula)$ outside"), "\(found)")
    }

    @Test(arguments: [
        ("A claim.[^1]\n\n[^1]: First.", "A claim.<sup>1</sup>", "<sup>1</sup> First."),
        (
            "A.[^note] B.[^2]\n\n[^note]: Several words.\n\n[^2]: More.", "A.<sup>1</sup> B.<sup>2</sup>",
            "<sup>2</sup> More."
        ),
        ("A^[In the *line*].", "A<sup>1</sup>.", "<sup>1</sup> In the *line*"),
    ])
    func footnotesAreNumbersAndAList(prose: String, mark: String, note: String) throws {
        let found = try markdown(prose + "\n")
        #expect(found.contains(mark) && found.contains(note) && !found.contains("[^"), "\(found)")
    }

    @Test(arguments: [
        (#"\bm{W}"#, #"\boldsymbol{W}"#), (#"\argmin_\theta"#, #"\operatorname*{arg\,min}_\theta"#),
        (#"\argmax x"#, #"\operatorname*{arg\,max}x"#), (#"\alpha"#, #"\alpha"#),
    ])
    func commandsThatMathJaxLacksAreWrittenWithThoseItHas(formula: String, wanted: String) throws {
        #expect(try markdown("$\(formula)$ so\n") == "$\(wanted)$ so")
    }

    @Test func titlesAndCaptionsMeanWhatTheyMeanOnThePage() throws {
        let cells = try exported(
            "---\ntitle: Features & <all> of $x$\nabstract: It costs $5 and $6.\n---\n\n```swift\n//| label: fig-a\n"
                + "//| fig-cap: Loss for $T$, <b>n</b>, \"so\" for $5\n1\n```\n", displays: [[figure()]])
        let json = String(decoding: try JSONEncoder().encode(cells), as: UTF8.self).replacing("\\/", with: "/")
        #expect(json.contains("of $x$") && json.contains("It costs \(Self.dollar)5 and \(Self.dollar)6."), "\(json)")
        #expect(json.contains("Loss for $T$, <b>n</b>, \\\"so\\\" for \(Self.dollar)5"))
    }

    @Test func whatIsTypedStaysAsItIsTyped() throws {
        let text = "\"Quoted\" -- it's ...\n\n[see @a, \"p\"; x]\n"
        #expect(try markdown(text) == text.trimmingCharacters(in: .newlines))
    }
}
