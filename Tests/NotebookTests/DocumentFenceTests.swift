import Notebook
import Testing

/// Which fences of Swift a document has, and what is said of them.
@Suite struct DocumentFenceTests {
    private func fences(_ text: String, isSource: Bool = false) -> [DocumentFence] {
        DocumentFence.all(in: text, isSource: isSource)
    }

    @Test func aFenceHasItsLinesAndItsCode() {
        let fences = fences("# A\n\n```swift\nlet a = 1\n\nprint(a)\n```\n\n```c\nint a;\n```\n")
        #expect(fences.map(\.lines) == [3...7])
        #expect(fences.map(\.code) == [["let a = 1", "", "print(a)"]])
    }

    @Test func labelsStandBehindTheLanguageOrInACommentAbove() {
        #expect(fences("```swift skip\n```\n")[0].labels == [.skip])
        #expect(fences("```swift, compile, highlight=[1]\n```\n")[0].labels == [.compile])
        #expect(fences("<!-- kdbook: continues error -->\n```swift\n```\n")[0].labels == [.continues, .error])
        #expect(fences("<!-- kdbook: skip -->\n\nWords.\n```swift\n```\n")[0].labels.isEmpty)
    }

    @Test func aWordThatIsNoLabelIsNamedOnlyWhereKdbookIsSpokenTo() {
        #expect(fences("<!-- kdbook: skipp -->\n```swift\n```\n")[0].unknownLabels == ["skipp"])
        #expect(fences("```swift nocopy\n```\n")[0].unknownLabels.isEmpty)
    }

    @Test func aFenceOfTextBehindIsItsOutput() {
        let text = "```swift\nprint(1)\n```\n\nThis prints:\n\n```text\n1\n```\n"
        let output = fences(text)[0].output
        #expect(output?.line == 7 && output?.text == ["1"])
    }

    @Test func aSessionOfATerminalOrTextBelowAHeadingIsNoOutput() {
        #expect(fences("```swift\n```\n\n```console\n$ mine --help\n```\n")[0].output == nil)
        #expect(fences("```swift\n```\n\n## Else\n\n```text\na\n```\n")[0].output == nil)
    }

    @Test func fencesStandInDirectivesQuotationsAndCommentsOfSwift() {
        let article = fences(
            "@Row {\n    @Column {\n        ```swift\n        f()\n          g()\n        ```\n    }\n}\n")
        #expect(article[0].code == ["f()", "  g()"] && article[0].margin == "        ")
        #expect(fences("> ```swift\n> f()\n> ```\n")[0].code == ["f()"])
        let source =
            "let text = \"\"\"\n```swift\n\"\"\"\n/// Six.\n///\n/// ```swift\n/// f()\n///\n/// g()\n/// ```\nfunc f() {}\n"
        #expect(fences(source, isSource: true).map(\.code) == [["f()", "", "g()"]])
    }

    @Test func aFenceThatNothingClosesEndsWithTheDocument() {
        #expect(fences("```swift\nf()\n")[0].lines == 1...2)
        #expect(fences("")[...].isEmpty)
    }
}
