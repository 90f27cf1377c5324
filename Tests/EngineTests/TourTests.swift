import Foundation
import Notebook
import TestSupport
import Testing
import Wire

extension EndToEnd {
    /// Ordinary Swift, some chapters of it: each notebook in the folder `Tour` has below each cell what it is to give.
    ///
    /// With `KDBOOK_RECORD=1` what the cells give is written there, and the test fails.
    @Suite struct TourTests {
        private static let folder = testFile("Tour")

        @Test(arguments: ["types", "functions", "features", "concurrency", "library", "frames", "failures"])
        func everyCellGivesWhatStandsBelowIt(name: String) throws {
            let file = TourTests.folder.appendingPathComponent(name + ".md")
            let text = try String(contentsOf: file, encoding: .utf8)
            let book = try TemporaryBook([name: text])
            let outcome = try book.run("render")
            #expect(outcome.status == 0, "\(outcome.errors)")
            let given = try book.record(name).cells.map(whatIsSeen)
            let tour = Tour(text)
            if ProcessInfo.processInfo.environment["KDBOOK_RECORD"] != nil {
                try tour.text(giving: given).write(to: file, atomically: true, encoding: .utf8)
                Issue.record("recorded \(file.path)")
                return
            }
            #expect(tour.steps.count == given.count && given.count > 8)
            for (step, given) in zip(tour.steps, given) {
                #expect(step.expected == given, "the cell on line \(step.line)")
            }
        }

        /// Each cell in the documentation of frames that has its output below it is one of the tour's.
        @Test func documentedFramesAreThoseOfTheTour() throws {
            let file = TourTests.folder.appending(path: "../../../Documentation/frames.md").standardized
            let text = try String(contentsOf: file, encoding: .utf8)
            let tour = try String(contentsOf: TourTests.folder.appendingPathComponent("frames.md"), encoding: .utf8)
            let examples = text.matches(of: /```swift\n(?:(?!```)[\s\S])*```\n\n```text\n(?:(?!```)[\s\S])*```/)
            #expect(examples.count == 6)
            for example in examples { #expect(tour.contains(example.output), "\(example.output)") }
        }

        /// What a reader sees of a cell's results; lines count from the cell's first.
        private func whatIsSeen(_ record: CellRecord) -> String {
            let diagnostics = record.diagnostics.map { diagnostic in
                let cell = diagnostic.cell.map { "cell \($0), " } ?? ""
                return cell
                    + "\(diagnostic.position.line):\(diagnostic.position.column): "
                    + "\(diagnostic.severity.rawValue): \(diagnostic.message)\n"
            }
            return record.displays.map(\.plainText).joined() + diagnostics.joined()
        }
    }
}

/// A notebook in which the fence of text behind a cell is what the cell is to give.
private struct Tour {
    private let lines: [String]
    private(set) var steps: [Step] = []

    struct Step {
        /// The line of the cell's fence.
        let line: Int
        let expected: String
        /// The lines behind the cell that say so.
        let range: Range<Int>
    }

    init(_ text: String) {
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var index = 0
        while index < lines.count {
            guard lines[index] == "```swift" else {
                index += 1
                continue
            }
            let start = index
            while lines[index] != "```" { index += 1 }
            index += 1
            var expected = ""
            let behind = index
            if index + 1 < lines.count, lines[index + 1] == "```text" {
                index += 2
                while lines[index] != "```" {
                    expected += lines[index] + "\n"
                    index += 1
                }
                index += 1
            }
            steps.append(Step(line: start + 1, expected: expected, range: behind..<index))
        }
    }

    /// The notebook with what the cells gave in place of what they were to give.
    func text(giving given: [String]) -> String {
        var lines = lines
        for (step, given) in zip(steps, given).reversed() {
            let said = given.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
            let fence = given.isEmpty ? [] : ["", "```text"] + said + ["```"]
            lines.replaceSubrange(step.range, with: fence)
        }
        return lines.joined(separator: "\n")
    }
}
