import Foundation
import Testing

private let first =
    "# First\n\nSee @eq-b, @sec-end, [@hinton2015] and [the other](second.md).\n\n" + cell("import Foundation\nUUID()")

private let second = "# Second\n\n$$x$$ {#eq-b}\n\n## The end {#sec-end}\n\nA rare word: Wärmebad.\n"

private let works =
    "@misc{hinton2015, author = {Hinton, Geoffrey}, title = {Distilling}, year = 2015}\n"

extension EndToEnd {
    /// What pages take from each other: each test renders a book of its own, and changes one thing.
    @Suite struct CrossPageTests {
        private let book: TemporaryBook

        init() throws {
            book = try TemporaryBook(["first": first, "second": second])
            try book.write(works, to: "Notebooks/references.bib")
            let outcome = try book.run("render")
            #expect(outcome.status == 0, "\(outcome.errors)")
        }

        /// What the cell gave: another at each run.
        private func value() throws -> String {
            let page = try book.page("first")
            return try String(#require(page.firstMatch(of: /[0-9A-F]{8}-[0-9A-F-]{27}/)).0)
        }

        @Test func aRenumberingElsewhereWeavesThePageAgainAndRunsNothing() throws {
            let before = try value()
            #expect(try book.page("first").contains("href=\"../second/index.html#eq-b\">Equation\u{A0}(1) in “Second”"))
            try book.write(second.replacing("$$x$$", with: "$$y$$ {#eq-a}\n\n$$x$$"), to: "Notebooks/second.md")
            let outcome = try book.run("render")
            #expect(outcome.status == 0 && outcome.output.contains("2 rendered"))
            #expect(try book.page("first").contains("Equation\u{A0}(2) in “Second”"))
            #expect(try value() == before)
        }

        @Test func otherProseElsewhereLeavesThePageAlone() throws {
            try book.write(second + "\nMore words.\n", to: "Notebooks/second.md")
            #expect(try book.run("render").output.contains("1 rendered, 1 unchanged"))
            #expect(try book.read("Output/default/search.html").contains("More words."))
        }

        @Test func aLabelThatGoesIsAnErrorWhereItIsReferredTo() throws {
            try book.write(second.replacing("{#sec-end}", with: "{#sec-ends}"), to: "Notebooks/second.md")
            let outcome = try book.run("render")
            #expect(outcome.status == 1)
            #expect(
                outcome.complaints == [
                    "Notebooks/first.md:3:12: error: nothing has the label `sec-end`; did you mean `@sec-ends`?"
                ])
        }

        @Test func aChangeOfTheBibliographyWeavesPagesAgainAndRunsNothing() throws {
            let before = try value()
            #expect(try book.page("first").contains("Hinton 2015"))
            try book.write(works.replacing("year = 2015", with: "year = 2014"), to: "Notebooks/references.bib")
            #expect(try book.run("render").status == 0)
            #expect(try book.page("first").contains("Hinton 2014") && value() == before)
        }

        @Test func aMalformedEntryIsAWarningAtItsLineAndAnErrorWhereItIsCited() throws {
            try book.write(works + "\n@misc{b1, title = {T\n", to: "Notebooks/references.bib")
            let outcome = try book.run("render")
            #expect(outcome.status == 0 && outcome.errors.contains("Notebooks/references.bib:3:"), "\(outcome)")
            try book.write("Cited [@b1].\n", to: "Notebooks/third.md")
            let cited = try book.run("render").complaints
            #expect(cited.count == 1 && cited[0].hasPrefix("Notebooks/third.md:1:"), "\(cited)")
            try book.remove("Notebooks/third.md")
        }

        @Test func theSearchPageHasWhatPagesShowAndNoPageThatIsGone() throws {
            let search = try book.read("Output/default/search.html")
            #expect(try search.contains("Wärmebad") && search.contains(value()) && search.contains("import Foundation"))
            try book.remove("Notebooks/second.md")
            try book.write("# First\n", to: "Notebooks/first.md")
            #expect(try book.run("render").status == 0)
            #expect(try !book.read("Output/default/search.html").contains("Wärmebad"))
        }
    }
}
