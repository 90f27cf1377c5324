import Foundation
import Testing

@testable import Books
@testable import Engine

/// One change of a book whose pages were just written.
private struct Change: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let make: @Sendable (BookOnDisk) throws -> Void

    init(_ description: String, _ make: @escaping @Sendable (BookOnDisk) throws -> Void) {
        testDescription = description
        self.make = make
    }
}

@Suite struct UpToDateTests {
    private static let reading = """
        ---
        title: Reading
        inputs: [Data]
        parameters: {rate: 0.5}
        ---

        # Measured {#sec-measured}

        The values are in [a table](notes.csv).

        """
    private static let configuration = "title: A book\ntheme: {accent: {light: \"#123456\"}}\n"
    private static let other = "---\ntitle: Other\n---\n\n# Elsewhere\n\nSee @sec-measured.\n"

    private func book() throws -> BookOnDisk {
        let book = try BookOnDisk([
            "Notebooks/reading.md": Self.reading, "Notebooks/other.md": Self.other,
            "Notebooks/book.yml": Self.configuration, "Notebooks/notes.csv": "1\n", "Data/a.csv": "1\n",
        ])
        try book.writePages()
        return book
    }

    @Test func aPageIsUpToDateAsSoonAsItIsWritten() throws {
        #expect(try book().upToDate() == ["reading", "other"])
    }

    @Test func aNotebookWithoutAPageIsNot() throws {
        #expect(try BookOnDisk(["Notebooks/reading.md": Self.reading]).upToDate() == [])
    }

    private static let changesOfOnePage = [
        Change("its text") { try $0.write(reading + "\nMore.\n", to: "Notebooks/reading.md") },
        Change("a file that cells may read") { try $0.write("2\n", to: "Data/a.csv") },
        Change("a new file in a folder that cells may read") { try $0.write("2\n", to: "Data/b.csv") },
        Change("a file that its prose leads to") { try $0.write("2\n", to: "Notebooks/notes.csv") },
        Change("that file is gone") { $0.remove("Notebooks/notes.csv") },
        Change("its page was edited") { try $0.write("mine", to: "Output/default/reading/index.html") },
        Change("its page is gone") { $0.remove("Output/default/reading/index.html") },
        Change("its record is gone") { $0.remove("Output/default/reading/record.json") },
        Change("what is kept about it is damaged") { book in
            try (book.renderer.stateFolder / "reading.json").write(Array("{}".utf8))
        },
    ]

    @Test(arguments: changesOfOnePage)
    private func aPageIsOutdatedByWhatItAloneIsMadeFrom(change: Change) throws {
        let book = try book()
        try change.make(book)
        #expect(book.upToDate() == ["other"])
    }

    private static let changesOfAllPages = [
        Change("the tool") { $0.replaceTool() },
        Change("the sandbox") { $0.leaveSandbox() },
        Change("a parameter, whose pages have another folder") { $0.set("rate", to: "0.75") },
        Change("the book's title") { book in
            try book.write(configuration.replacing("A book", with: "Another"), to: "Notebooks/book.yml")
        },
        Change("a colour of the book's theme") { book in
            try book.write(configuration.replacing("#123456", with: "#654321"), to: "Notebooks/book.yml")
        },
        Change("the works that can be cited") { try $0.write("", to: "Notebooks/references.bib") },
        Change("a notebook's title, which stands on its neighbours") { book in
            try book.write(other.replacing("title: Other", with: "title: Else"), to: "Notebooks/other.md")
        },
        Change("a notebook cannot be read") { book in
            book.remove("Notebooks/reading.md")
            try (book.book.folder / "Notebooks/reading.md").createFolder()
        },
        Change("a new notebook") { try $0.write("---\ntitle: New\n---\n\nNew.\n", to: "Notebooks/new.md") },
        Change("a notebook is gone") { $0.remove("Notebooks/other.md") },
    ]

    @Test(arguments: changesOfAllPages)
    private func everyPageIsOutdatedByWhatAllAreMadeFrom(change: Change) throws {
        let book = try book()
        try change.make(book)
        #expect(book.upToDate() == [])
    }

    private static let changesOfNone = [
        Change("the line that the book's theme stands on") { book in
            try book.write("# A book about books\n\n" + configuration, to: "Notebooks/book.yml")
        },
        Change("the same text, written again") { try $0.write(reading, to: "Notebooks/reading.md") },
        Change("another date") { book in
            let path = book.book.absolute("Notebooks/reading.md")
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 1)], ofItemAtPath: path)
        },
        Change("a file that nobody reads") { try $0.write("2\n", to: "Notebooks/other.csv") },
        Change("what the book says on its front page only") { book in
            try book.write(configuration + "abstract: New words.\n", to: "Notebooks/book.yml")
        },
    ]

    @Test(arguments: changesOfNone)
    private func noPageIsOutdatedByWhatIsOnNone(change: Change) throws {
        let book = try book()
        try change.make(book)
        #expect(book.upToDate() == ["reading", "other"])
    }

    @Test func whatANotebookReadsIsTheSameByItsPageAndByItsText() throws {
        func inputs(_ book: BookOnDisk) -> [[String]] {
            book.sources().map { $0.declaredInputs(in: book.renderer) }.sorted { $0.count < $1.count }
        }
        let book = try book()
        #expect(inputs(book) == [[], ["Data"]])
        try book.write(Self.reading.replacing("[Data]", with: "[Data, LICENSE]"), to: "Notebooks/reading.md")
        #expect(inputs(book) == [[], ["Data", "LICENSE"]])
    }

    @Test func aChangeThatIsTakenBackLeavesThePageUpToDate() throws {
        let book = try book()
        try book.write("2\n", to: "Data/a.csv")
        #expect(book.upToDate() == ["other"])
        try book.write("1\n", to: "Data/a.csv")
        #expect(book.upToDate() == ["reading", "other"])
    }
}
