import Notebook
import Testing
import Wire

private let state =
    cell(
        """
        import Foundation
        struct Point: Equatable { var x = 0.0, y = 0.0 }
        protocol Shape { var area: Double { get } }
        func largest<T: Comparable>(_ values: [T]) -> T? { values.max() }
        struct Stack<Element> {
            private(set) var items: [Element] = []
            mutating func push(_ item: Element) { items.append(item) }
        }
        var count = 0
        let increase = { count += 1 }
        enum Failure: Error { case late }
        """)
    + cell(
        """
        struct Square: Shape {
            let side: Double
            var area: Double { side * side }
        }
        extension Point { var length: Double { (x * x + y * y).squareRoot() } }
        extension Array where Element: Shape { var area: Double { map(\\.area).reduce(0, +) } }
        increase()
        count += 10
        var stack = Stack<Point>()
        stack.push(Point(x: 3, y: 4))
        final class Counter { var n = 0 }
        let counter = Counter()
        """)
    + cell("let skipped = 1", "eval: false")
    + cell(
        """
        increase()
        counter.n += count
        stack.push(Point())
        func late() throws -> Int { throw Failure.late }
        let caught = (try? late()) ?? -1
        let name = switch count { case 12: "twelve"; default: "other" }
        """)
    + cell(
        """
        show(counter.n, stack.items.map(\\.length), largest(["b", "a"])!, [Square(side: 2), Square(side: 3)].area, caught, name)
        String(format: "%.2f", Point(x: 1, y: 1).length)
        """)

private let expectedFailures =
    cell("let xs = [1]\nvar n = 0")
    + cell("n = 1\nlet wrong: Int = \"text\"", "error: true")
    + cell("n += 1\nprint(\"in the copy\", n)\n\nlet many = [xs.count, n]\n_ = many[n + 4]", "error: true")
    + cell("exit(0)", "error: true")
    + cell("print(\"n is\", n)\nlet wrong = 5\nwrong")

private let timedOut =
    cell("let a = 1") + cell("while true {}", "error: true", "timeout: 1") + cell("print(\"after\")")

private let failsBehindACopy =
    cell("let xs = [1]")
    + cell("print(\"some\")\nprint(\"more\")\nprint(\"lines\")\n_ = xs[xs.count]", "error: true")
    + cell("let n = xs.count\n_ = xs[n]")

/// What cells share, and what they do not; rendered once.
private struct StateBook {
    let book: TemporaryBook
    let outcome: Outcome
    static let rendered = Result { try StateBook() }

    private init() throws {
        book = try TemporaryBook([
            "state": state, "expected": expectedFailures,
            "succeeds": cell("let a = 1", "error: true") + cell("print(2)"),
            "times-out": timedOut, "behind": failsBehindACopy,
        ])
        outcome = try book.run("render")
    }
}

extension EndToEnd {
    @Suite(.serialized) struct StateTests {
        private let book: TemporaryBook
        private let outcome: Outcome

        init() throws {
            let rendered = try StateBook.rendered.get()
            book = rendered.book
            outcome = rendered.outcome
        }

        private func complaints(_ name: String) -> [String] {
            outcome.complaints.filter { $0.hasPrefix("Notebooks/\(name).md:") }
        }

        @Test func typesFunctionsClosuresAndVariablesReachLaterCells() throws {
            #expect(complaints("state") == [])
            let record = try book.record("state")
            #expect(record.cells.map(\.status) == [.asExpected, .asExpected, .skipped, .asExpected, .asExpected])
            #expect(record.cells.last?.displays == [.value("12 [5.0, 0.0] b 13.0 -1 twelve"), .value("1.41")])
        }

        @Test func aCellThatFailsAsExpectedShowsItsErrorAndLeavesTheStateAlone() throws {
            #expect(complaints("expected") == [])
            let record = try book.record("expected")
            #expect(record.cells.allSatisfy { $0.status == .asExpected })
            #expect(record.cells[1].diagnostics.first?.message.contains("cannot convert value") == true)
            #expect(record.cells[2].displays == [.text("in the copy 1\n")])
            #expect(record.cells[2].diagnostics.map(\.message) == ["Index out of range"])
            #expect(record.cells[2].diagnostics.map(\.position.line) == [5])
            #expect(record.cells[3].diagnostics.first?.message.contains("exit(0)") == true)
            #expect(record.cells[4].displays == [.text("n is 0\n"), .value("5")])
            #expect(try book.page("expected").contains("cannot convert value"))
        }

        @Test func aCellThatWasToFailAndDoesNotIsAnError() throws {
            #expect(
                complaints("succeeds") == [
                    "Notebooks/succeeds.md:3:1: error: the cell was to fail (`error: true`) but ran to its end"
                ])
            #expect(try book.page("succeeds").contains("Not run"))
        }

        @Test func aCellThatWasToFailAndNeverEndsDoesNotSilenceTheCellsBehindIt() throws {
            let ranOn = try? book.record("times-out").cells.last?.displays == [.text("after\n")]
            #expect(ranOn == true || !complaints("times-out").isEmpty)
        }

        @Test func aTrapBehindACopysTrapIsToldAtItsOwnLine() {
            let told = complaints("behind")
            #expect(told.count == 1 && told.first?.hasPrefix("Notebooks/behind.md:15:") == true, "\(told)")
        }

        @Test func aCellThatWasToFailSaysWhyItCannotWaitBehindOneThatDid() throws {
            let book = try TemporaryBook([
                "waits": cell("print(await Task { 7 }.value)") + cell("print(await Task { 8 }.value)", "error: true")
            ])
            let outcome = try book.run("render")
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("cannot wait for something asynchronous"), "\(outcome)")
        }
    }
}
