import Foundation
import Testing

/// Typed quotation marks, dashes and dots are those of print wherever a book's pages say something.
@Suite struct SignsOfPrintTests {
    private static let words = "It's \"so\" -- `\"x\" -- y` ..."

    private func book(_ settings: String = "") throws -> TemporaryBook {
        let book = try TemporaryBook([
            "n":
                "---\ntitle: The \"first\"\nabstract: Of \"two\".\n---\n\n## A \"part\" {#sec-a}\n\n\(Self.words)\n\n## B\n\n## C\n",
            "m": "---\ntitle: Other\n---\n\nSee @sec-a.\n",
        ])
        try book.write(
            "title: A \"book\"\nlanguages: {en: English, de: Deutsch}\n\(settings)", to: "Notebooks/book.yml")
        try book.write("---\ntitle: Der \"erste\"\n---\n\nEs \"ist's\" -- 'so'.\n", to: "Notebooks/n.de.md")
        try book.write("title: Ein \"Buch\"\n", to: "Notebooks/book.de.yml")
        return book
    }

    @Test func onThePageInItsTitleInTheContentsInTheSearchAndInAnotherLanguage() throws {
        let book = try book()
        let outcome = try book.run("render")
        #expect(outcome.status == 0, "\(outcome)")
        let page = try book.read("Output/default/n/index.html")
        for words in [
            "<title>The “first”</title>", "<h1>The “first”</h1>",
            "<p>It’s “so” – <code>&quot;x&quot; -- y</code> …</p>",
            "<a href=\"#sec-a\">A “part”</a>", "Of “two”.", "A “book”",
        ] { #expect(page.contains(words), "\(words)") }
        #expect(try book.read("Output/default/m/index.html").contains("“A “part”” in “The “first””"))
        #expect(
            inOrder(
                ["<title>A “book”</title>", "The “first”", "Of “two”."], in: try book.read("Output/default/index.html"))
        )
        #expect(try book.read("Output/default/search.html").contains("It’s “so” –"))
        let german = try book.read("Output/default/de/n/index.html")
        #expect(
            german.contains("Der „erste“") && german.contains("Es „ist’s“ – ‚so‘.") && german.contains("Ein „Buch“"))
        #expect(try book.run("export", "n", "--ipynb").status == 0)
        #expect(try book.read("n.ipynb").contains("It's \\\"so\\\" -- "))
    }

    @Test func notWhereTheBookOrANotebookSaysSo() throws {
        let book = try book("smart: false\n")
        #expect(try book.run("render").status == 0)
        #expect(try book.read("Output/default/n/index.html").contains("It's &quot;so&quot; -- "))
        // What the book says holds at once for all that was made before.
        try book.write("title: A \"book\"\nlanguages: {en: English, de: Deutsch}\n", to: "Notebooks/book.yml")
        #expect(try book.run("render").status == 0)
        #expect(try book.read("Output/default/m/index.html").contains("in “The “first””"))
        #expect(try book.read("Output/default/de/n/index.html").contains("„erste“"))
        try book.write("---\ntitle: \"\\\"T\\\"\"\nsmart: false\n---\n\nIt's \"so\".\n", to: "Notebooks/k.md")
        #expect(try book.run("render").status == 0)
        let page = try book.read("Output/default/k/index.html")
        #expect(page.contains("It's &quot;so&quot;.") && page.contains("<h1>&quot;T&quot;</h1>"))
    }
}
