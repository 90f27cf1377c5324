import Foundation
import Testing

private let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"></svg>\n"

extension EndToEnd {
    @Suite(.serialized) struct AttachedFileTests {
        private func copies(in book: TemporaryBook) -> [String] {
            book.files(in: "Output/default/a/files").keys.sorted()
        }

        @Test func filesStandBesideThePageAndFollowTheBooks() throws {
            let book = try TemporaryBook([
                "a": "![A drawing](img/a.svg)\n\n[Data](../Data/t.csv)\n\n" + cell("print(1)")
            ])
            try book.write(drawing, to: "Notebooks/img/a.svg")
            try book.write("1\n", to: "Data/t.csv")
            let first = try book.run("render")
            #expect(first.status == 0 && first.errors == "", "\(first)")
            let before = copies(in: book)
            #expect(before.count == 2)
            for name in before { #expect(try book.page("a").contains("files/\(name)\"")) }
            let record = try book.read("Output/default/a/record.json")
            #expect(try book.run("render").output.contains("1 unchanged"))

            try book.write("2\n", to: "Data/t.csv")
            #expect(try book.run("render").output.contains("Notebooks/a.md: page only"))
            #expect(copies(in: book).count == 2 && copies(in: book) != before)
            #expect(try book.read("Output/default/a/record.json") == record)

            try book.remove("Notebooks/img/a.svg")
            let gone = try book.run("render")
            #expect(gone.status == 1)
            #expect(
                gone.errors.hasPrefix("Notebooks/a.md:1:1: error: `img/a.svg`: Notebooks/img/a.svg cannot be read: "),
                "\(gone)")
        }

        @Test func aLinkOutOfTheBookIsNotPublished() throws {
            let book = try TemporaryBook(["a": "[Data](../Data/t.csv)\n"])
            try book.write("1\n", to: "Data/other.csv")
            try FileManager.default.createSymbolicLink(
                atPath: book.root + "/Data/t.csv", withDestinationPath: "/etc/passwd")
            let outcome = try book.run("render")
            #expect(outcome.status == 1 && outcome.errors.contains("a link leads out of the book"), "\(outcome)")
            #expect(copies(in: book) == [])
        }
    }
}
