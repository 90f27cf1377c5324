import Notebook
import Testing

/// Words that cells show have terms in other languages; numbers stay.
@Suite struct TermsTests {
    private let terms = Terms([
        "teacher": "教师", "# units": "# 个单元", "run # of #": "{2} 次中的第 {1} 次", ", ": "，",
        "T = #: below # is true": "T = #：小于 #：是",
    ])

    @Test(arguments: [
        ("teacher", "教师"), ("300 units", "300 个单元"), ("run 3 of 1,000", "1,000 次中的第 3 次"),
        ("teacher, 300 units", "教师，300 个单元"), ("teacher, a·log b", "教师，a·log b"),
        ("T = 20: below 1e-15 is true", "T = 20：小于 1e-15：是"),
    ])
    func aTermStandsForATextOrItsParts(text: String, translation: String) {
        #expect(terms.translation(of: text) == translation)
    }

    @Test(arguments: ["teachers", "0.5493", "", "a, b", "units"])
    func otherTextHasNone(text: String) { #expect(terms.translation(of: text) == nil) }

    @Test func numbersThatATermHasNotAreAnErrorAtTheirLine() throws {
        let error = try #require(throws: NotebookError.self) {
            try Terms(parsing: "terms:\n  \"# units\": \"{2} 个\"\n", path: "terms.zh.yml")
        }
        #expect(error.description.hasPrefix("terms.zh.yml:2:"))
    }

    @Test func aBooksWordsAreTranslatedAsFarAsTheyAre() throws {
        let book = try BookConfiguration(
            parsing: "title: T\nabstract: A\nlanguages: {en: English, zh: 中文}\nhighlights: [{says: S, claim: C1}]\n",
            path: "book.yml")
        let words = try BookTranslation(parsing: "title: 题\nhighlights: [说]\n", of: book, path: "book.zh.yml")
        let translated = book.translated(by: words)
        #expect((translated.title, translated.abstract, translated.highlights[0].says) == ("题", "A", "说"))
        #expect(book.translations == [Language(tag: "zh", name: "中文")])
    }

    @Test func aHighlightTooManyIsAnErrorAtItsLine() throws {
        let error = try #require(throws: NotebookError.self) {
            try BookTranslation(parsing: "title: 题\nhighlights: [一, 二]\n", of: BookConfiguration(), path: "book.zh.yml")
        }
        #expect(
            error.description == "book.zh.yml:2:13: error: 2 highlights, but `book.yml` has 0: one sentence for each")
    }

    @Test func aClaimThatTheBookHasNotIsAnErrorAtItsLine() throws {
        let claims = try BookClaims(parsing: "claims:\n  C1: {says: S}\n", path: "claims.yml")
        #expect(
            claims.translated(
                by: try ClaimTranslations(parsing: "claims:\n  C1: {says: 说}\n", of: claims, path: "claims.zh.yml"))[
                    "C1"]?.says == "说")
        let error = try #require(throws: NotebookError.self) {
            try ClaimTranslations(parsing: "claims:\n  C2: {says: 说}\n", of: claims, path: "claims.zh.yml")
        }
        #expect(error.description.contains("`claims.yml` has no claim `C2`; did you mean `C1`?"))
    }
}
