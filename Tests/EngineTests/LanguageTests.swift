import Foundation
import Testing

/// A book in several languages runs its cells once.
@Suite struct LanguageTests {
    private static let original = """
        ---
        title: Numbers
        ---

        ```swift
        //| label: tbl-n
        //| tbl-cap: A number.
        let n = 21
        Table(columns: ["name", "value"], rows: [["answer", "\\(n)"]])
        ```

        It is `{swift} n * 2`.
        """
    private static let translated = """
        ---
        title: 数
        ---

        ```{cell} tbl-n
        //| tbl-cap: 一个数。
        ```

        它是 `{swift} n * 2`。
        """

    private func book() throws -> TemporaryBook {
        let book = try TemporaryBook(["n": LanguageTests.original])
        try book.write("title: Book\nlanguages: {en: English, zh: 中文}\n", to: "Notebooks/book.yml")
        try book.write("title: 书\n", to: "Notebooks/book.zh.yml")
        try book.write("terms:\n  name: 名称\n  answer: 答案\n", to: "Notebooks/terms.zh.yml")
        try book.write(LanguageTests.translated, to: "Notebooks/n.zh.md")
        return book
    }

    @Test func oneRunGivesAllLanguages() throws {
        let book = try book()
        let first = try book.run("render")
        #expect(first.status == 0, "\(first.errors)")
        let page = try book.read("Output/default/zh/n/index.html")
        #expect(inOrder(["<html lang=\"zh\">", "一个数。", "名称", "答案", "21", "它是", "42"], in: page))
        #expect(try book.read("Output/default/zh/index.html").contains("<h1>书</h1>"))
        #expect(try book.read("Output/default/zh/search.html").contains("一个数"))
        #expect(try book.read("Output/default/n/index.html").contains("href=\"../zh/n/index.html\""))
        #expect(!book.exists("Output/default/zh/n/record.json"))

        // Another translation is woven, and nothing is run.
        let files = book.files()
        try book.write(LanguageTests.translated.replacing("它是", with: "答案是"), to: "Notebooks/n.zh.md")
        let second = try book.run("render")
        #expect(second.output.contains("1 unchanged") || second.errors.contains("1 unchanged"), "\(second)")
        #expect(try book.read("Output/default/zh/n/index.html").contains("答案是"))
        #expect(book.files()["default/n/index.html"] == files["default/n/index.html"])

        // What is as it was is written again to the byte.
        try book.write(LanguageTests.translated, to: "Notebooks/n.zh.md")
        try book.run("render")
        #expect(book.files() == files)
    }

    @Test func aNotebookWithoutATranslationStandsThereInItsOwnLanguage() throws {
        let book = try book()
        try book.remove("Notebooks/n.zh.md")
        #expect(try book.run("render").status == 0)
        let page = try book.read("Output/default/zh/n/index.html")
        #expect(inOrder(["<main lang=\"en\">", "本页尚未翻译", "It is", "42"], in: page))
    }

    @Test func aTranslationThatIsOutOfStepIsToldAtItsLine() throws {
        let book = try book()
        try book.write(LanguageTests.translated.replacing("tbl-n", with: "tbl-m"), to: "Notebooks/n.zh.md")
        let outcome = try book.run("render")
        #expect(outcome.status == 1)
        #expect(
            outcome.complaints.contains {
                $0.contains("Notebooks/n.zh.md:5:1: error: `Notebooks/n.md` has no cell `tbl-m`")
            })
        // The page in the first language is none the worse for it.
        #expect(try book.page("n").contains("42"))
    }

    @Test(arguments: [("m.zh.md", "it translates no notebook"), ("n.de.md", "the book is not in the language `de`")])
    func aTranslationOfNothingIsToldWithTheCure(name: String, words: String) throws {
        let book = try book()
        try book.write("text\n", to: "Notebooks/\(name)")
        let outcome = try book.run("render")
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains(words), "\(outcome.errors)")
    }
}
