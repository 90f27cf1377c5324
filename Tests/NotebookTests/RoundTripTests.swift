import Foundation
import Notebook
import TestSupport
import Testing

@Suite struct RoundTripTests {
    @Test func theTextOfAGeneratedNotebookIsWhatWasParsed() {
        for seed in 0..<10_000 as Range<UInt64> {
            let document = generatedDocument(seed: seed)
            let (notebook, _) = Notebook.parsed(document, name: "n", path: "Notebooks/n.md")
            #expect(Array(text(of: notebook).utf8) == Array(document.utf8), "seed \(seed)")
        }
    }

    @Test func blocksCoverAllLinesOnceAndInOrder() {
        for seed in 0..<3_000 as Range<UInt64> {
            let document = generatedDocument(seed: seed)
            let (notebook, _) = Notebook.parsed(document, name: "n", path: "Notebooks/n.md")
            var next = 1
            for block in notebook.blocks {
                #expect(block.lines.lowerBound == next && !block.lines.isEmpty, "seed \(seed)")
                next = block.lines.upperBound
            }
            #expect(next == SourceLines(document).lines.count + 1, "seed \(seed)")
            #expect(notebook.cells.map(\.number) == Array(1..<notebook.cells.count + 1), "seed \(seed)")
        }
    }

    @Test func aCellsCodeIsWhatStandsOnItsLines() {
        for seed in 0..<3_000 as Range<UInt64> {
            let document = generatedDocument(seed: seed)
            let source = SourceLines(document)
            for cell in Notebook.parsed(document, name: "n", path: "n.md").notebook.cells {
                let code = cell.code.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
                #expect(cell.lines.contains(cell.codeLine) || code.isEmpty, "seed \(seed)")
                for (index, line) in code.enumerated() {
                    let whole = source.content(cell.codeLine + index)
                    #expect(whole.hasSuffix(line), "seed \(seed), line \(cell.codeLine + index)")
                    #expect(whole.dropLast(line.count).allSatisfy { " >".contains($0) }, "seed \(seed)")
                }
            }
        }
    }

    @Test func everyDiagnosticLiesInTheDocument() {
        for seed in 0..<3_000 as Range<UInt64> {
            let document = generatedDocument(seed: seed)
            let lines = SourceLines(document).lines.count
            for diagnostic in Notebook.parsed(document, name: "n", path: "n.md").diagnostics {
                #expect(
                    (1...max(1, lines + 1)).contains(diagnostic.position.line) && diagnostic.position.column >= 1,
                    "seed \(seed): \(diagnostic)")
            }
        }
    }

    @Test func whatTheFuzzerFoundStillRoundTrips() throws {
        let corpus = testFile("corpus.base64")
        let lines = try String(contentsOf: corpus, encoding: .utf8).split(separator: "\n")
        #expect(lines.count > 100)
        for (index, line) in lines.enumerated() {
            let document = String(decoding: try #require(Data(base64Encoded: String(line))), as: UTF8.self)
            let (notebook, diagnostics) = Notebook.parsed(document, name: "n", path: "Notebooks/n.md")
            #expect(text(of: notebook).utf8.elementsEqual(document.utf8), "line \(index + 1)")
            #expect(diagnostics.allSatisfy { $0.position >= SourcePosition(line: 1) }, "line \(index + 1)")
        }
    }

    @Test func theBooksNotebooksParseAndRoundTrip() throws {
        let root = Repository.root
        let folder = root.appendingPathComponent("Notebooks")
        // A translation, `01-x.zh.md`, has no cells of its own.
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".md") && !$0.dropLast(3).contains(".") }
        #expect(!names.isEmpty)
        for name in names {
            let document = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
            let notebook = try Notebook(parsing: document, name: name, path: "Notebooks/" + name)
            #expect(Array(text(of: notebook).utf8) == Array(document.utf8))
            #expect(!notebook.cells.isEmpty)
        }
    }
}

@Suite struct SourceLinesTests {
    @Test func everyKindOfLineEndingEndsALine() {
        let source = SourceLines("a\nb\r\nc\rd")
        #expect(source.lines == ["a\n", "b\r\n", "c\r", "d"])
        #expect((1...4).map(source.content) == ["a", "b", "c", "d"])
        #expect(source.text(2..<4) == "b\r\nc\r")
    }

    @Test func anEndingAtTheEndOpensNoLine() {
        #expect(SourceLines("").lines.isEmpty)
        #expect(SourceLines("\n").lines == ["\n"])
        #expect(SourceLines("a\n\n").lines == ["a\n", "\n"])
        #expect(SourceLines("a").lines == ["a"])
    }

    @Test func whatMarkdownDoesNotCountAsALineEndingIsText() {
        #expect(SourceLines("a\u{2028}b\u{85}c\u{C}d\u{B}e\n").lines.count == 1)
    }
}
