import Digest
import Foundation
import Testing
import Wire

extension EndToEnd {
    @Suite(.serialized) struct PictureTests {
        private let chart = cell("Chart { Line(y: [1.0, 4.0, 2.0]) }")

        @Test func noNotebookPutsAPictureInThePlaceOfAnothers() throws {
            let clean = try TemporaryBook(["a": chart])
            #expect(try clean.run("render").status == 0)
            guard case .figure(let figure) = try clean.record("a").cells[0].displays[0] else {
                Issue.record("the cell shows no figure")
                return
            }
            // While the other's chart is drawn and its page not written yet.
            let forging = """
                import Foundation
                sleep(2)
                let pipes = (Int32(3)..<4096).filter { fcntl($0, F_GETFL) & O_ACCMODE == O_WRONLY }
                for digest in ["\(figure.light)", "\(figure.dark)"] {
                    let line = "{\\"picture\\":{\\"digest\\":\\"" + digest + "\\",\\"png\\":\\"AAAA\\"}}\\n"
                    for pipe in pipes { _ = line.withCString { write(pipe, $0, strlen($0)) } }
                }
                """
            let book = try TemporaryBook(["a": chart + cell("import Foundation\nsleep(5)"), "b": cell(forging)])
            // What the forger sends is no picture: it ends the forger, and nobody else.
            let outcome = try book.run("render", "--jobs", "2")
            #expect(outcome.status == 1 && outcome.complaints.allSatisfy { $0.contains("Notebooks/b.md") })
            for picture in [figure.light, figure.dark] {
                let path = "Output/default/a/figures/\(picture.prefix(16)).png"
                let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: book.root + "/" + path)))
                #expect(bytes.starts(with: [0x89] + "PNG".utf8))
            }
            try book.write(chart + cell("import Foundation\nsleep(5)") + "More.\n", to: "Notebooks/a.md")
            #expect(try book.run("render", "a").output.contains("page only"))
            #expect(try book.run("check", "a").status == 0)
        }

        @Test func theStoreNamesPicturesByTheirBytes() throws {
            let book = try TemporaryBook(["a": chart])
            #expect(try book.run("render").status == 0)
            let pictures = book.files(in: ".kdbook/figures")
            #expect(pictures.count == 2)
            for (name, content) in pictures { #expect(name == "\(SHA256Digest(of: content)).png") }
        }
    }
}
