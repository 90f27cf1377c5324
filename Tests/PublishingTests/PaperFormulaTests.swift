import Foundation
import Publishing
import Testing

/// Formulas as papers have them, in a notebook.
@Suite struct PaperFormulaTests {
    private func outline(_ text: String) throws -> HTMLOutline { HTMLOutline(try body(text)) }

    @Test(arguments: [
        #"$f(n) = n/2 \text{ if $n$ is even}$ here."#, #"$x \mbox{for $i=1$}$"#, #"a $\text{$k$-th class}$ b"#,
        #"$\begin{cases} a & \text{if $x$} \\ b & \text{else} \end{cases}$"#, #"$\text{$a$ and $b$}$"#,
    ])
    func dollarsInWordsBelongToTheFormula(text: String) throws {
        #expect(try problems(text + "\n") == [])
        #expect(try outline(text + "\n").all("math").count == 1)
    }

    @Test(arguments: [
        "It costs $5 and `$HOME` is set.", "`a$b` and $5", "$5 or `$x$`", "a `$` sign and $6",
        "Costs $5, `code` and $6.",
        "US$5 and ``a`$`b``", "$5 {and} `$HOME`",
    ])
    func codeAndPricesAreNoFormulas(text: String) throws {
        #expect(try problems(text + "\n") == [])
        #expect(try outline(text + "\n").all("math").isEmpty)
    }

    @Test(arguments: [
        "The result is $n = `{swift} n`$.", "$x^{`{swift} n`}$", "$$y = `{swift} n` + `{swift} m`$$",
        "| $`{swift} n`$ |\n|---|\n| a |",
        "- $n = `{swift} n`$", "> $n = `{swift} n`$", "*$n = `{swift} n`$*",
    ])
    func aFormulaHoldsValues(text: String) throws {
        #expect(try problems(text + "\n") == [])
        #expect(try outline(text + "\n").all("math").count == 1)
    }

    @Test func commandsOfTheFrontMatterHoldInAllFormulas() throws {
        let text = "---\ntitle: T\nmacros: |\n  \\newcommand{\\R}{\\mathbb{R}}\n---\n\n$x \\in \\R$ and $$\\R^n$$\n"
        #expect(try problems(text) == [])
        #expect(try body(text).components(separatedBy: "<mi>ℝ</mi>").count == 3)
        let wrong = try problems("---\ntitle: T\nmacros: \\newcommand{R}{x}\n---\n\nWords.\n")
        #expect(wrong.count == 1 && wrong[0].hasPrefix("n.md:3:"), "\(wrong)")
    }

    @Test func aCommandHoldsFromItsDefinitionOn() throws {
        let text = "$$\\newcommand{\\R}{\\mathbb{R}}$$\n\n$\\R$\n"
        #expect(try problems(text) == [])
        #expect(try outline(text).all("math").count == 1)
        #expect(try problems("$\\R$\n\n$$\\newcommand{\\R}{x}$$\n").count == 1)
    }

    @Test(arguments: [
        ("eq:loss", "\\eqref{eq:loss}"), ("eq-loss", "@eq-loss"), ("loss", "\\eqref{loss}"),
        ("eq:loss", "\\ref{eq:loss}"),
        ("eq:loss", "@eq-loss"), ("eq:a.b", "\\eqref{eq:a.b}"),
    ])
    func labelsOfLaTeXAreLabels(name: String, reference: String) throws {
        let text = "$$a = b \\label{\(name)}$$\n\nSee \(reference) here.\n"
        #expect(try problems(text) == [])
        let html = try body(text)
        #expect(html.contains("<span class=\"number\">(1)</span>"))
        #expect(html.contains("Equation\u{A0}(1)</a>"))
    }

    @Test func tagsStandInPlaceOfNumbers() throws {
        let text =
            "$$a = b \\tag{A} \\label{eq:x}$$\n\n$$c = d \\label{eq:y}$$\n\n$$e \\tag*{B}$$\n\n@eq-x and @eq-y, $\\eqref{eq:x}$\n"
        #expect(try problems(text) == [])
        let html = try body(text)
        for words in [
            "\"number\">(A)<", "\"number\">(1)<", "\"number\">B<", "Equation\u{A0}(A)</a>", "<mtext>(A)</mtext>",
        ] {
            #expect(html.contains(words), "\(words)")
        }
    }

    @Test func aSecondNameInAFormulaIsAnError() throws {
        let found = try problems("$$\\begin{align} a \\label{eq:a} \\\\ b \\label{eq:b} \\end{align}$$\n")
        #expect(found.count == 1 && found[0].contains("a second \\label"), "\(found)")
    }
}
