import Foundation
import Testing

/// A page can be switched between the values of its controls; each is run once.
@Suite struct ControlTests {
    private static func text(_ values: String = "[1, 2, 4]") -> String {
        """
        ---
        title: Controls
        parameters:
          temperature: 2
        controls:
          temperature: \(values)
        ---

        Twice is `{swift} temperature * 2`.

        ```swift
        print("the same")
        ```

        ```swift
        print("at \\(temperature)")
        ```

        """
    }

    @Test func eachValueIsRunOnceAndOnThePage() throws {
        let book = try TemporaryBook(["n": ControlTests.text()])
        let first = try book.run("render")
        #expect(first.status == 0, "\(first.errors)")
        #expect((first.output + first.errors).contains("2 further runs for its controls"))
        let page = try book.page("n")
        #expect(inOrder(["id=\"control-0\">", "id=\"control-1\" checked>", "id=\"control-2\">"], in: page))
        #expect(inOrder(["class=\"v0\">2<", "class=\"v1\">4<", "class=\"v2\">8<"], in: page))
        #expect(inOrder(["at 1", "at 2", "at 4"], in: page))
        #expect(page.components(separatedBy: "the same").count == 2 + 1, "once in the code, once in its output")
        #expect(book.exists("Output/default/n/controls/temperature=1.json"))
        #expect(!book.exists("Output/default/n/controls/temperature=2.json"), "that is record.json")

        let again = try book.run("render", "--force")
        #expect(again.status == 0)
        #expect(try book.page("n") == page)

        // A value less: its record goes.
        try book.write(ControlTests.text("[1, 2]"), to: "Notebooks/n.md")
        #expect(try book.run("render").status == 0)
        #expect(!book.exists("Output/default/n/controls/temperature=4.json"))
        #expect(book.exists("Output/default/n/controls/temperature=1.json"))
    }

    @Test func checkComparesEachValue() throws {
        let book = try TemporaryBook(["n": ControlTests.text()])
        try book.run("render")
        #expect(try book.run("check").status == 0)
        let path = "Output/default/n/controls/temperature=4.json"
        try book.write(try book.read(path).replacing("at 4", with: "at 5"), to: path)
        let outcome = try book.run("check")
        #expect(outcome.status != 0)
        #expect((outcome.output + outcome.errors).contains("temperature=4"))
        #expect(try book.run("check", "--accept").status == 0)
        #expect(try book.read(path).contains("at 4"))
    }

    @Test func valuesAreChosenByTheirWordsRightAboveWhatTheyChange() throws {
        let book = try TemporaryBook([
            "n": ControlTests.text("{1: hard, 2: soft}").replacing("Twice is", with: "A.\n\nTwice is")
        ])
        let outcome = try book.run("render")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let page = try book.page("n")
        #expect(
            inOrder(
                [
                    "<p>A.</p>", "<div class=\"switched\">", "<legend>temperature</legend>", ">hard</label>",
                    ">soft</label>",
                    "Twice is", "the same", "at 1", "</section>\n</div>",
                ], in: page))
        #expect(book.exists("Output/default/n/controls/temperature=1.json"), "files are named by the values")
    }

    @Test(arguments: [
        ("[1, 4]", "lack `2`"), ("[2]", "two values or more"), ("[2, 2]", "stands twice"),
        ("[2, warm]", "not of the parameter's type"),
    ])
    func whatCannotBeIsToldAtItsLine(values: String, words: String) throws {
        let book = try TemporaryBook(["n": ControlTests.text(values)])
        let outcome = try book.run("render")
        #expect(outcome.status == 1)
        #expect(
            outcome.complaints.contains { $0.contains("Notebooks/n.md:6:") && $0.contains(words) }, "\(outcome.errors)")
    }
}
