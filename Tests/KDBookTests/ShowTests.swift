import Foundation
import KDBook
import Testing

/// Outside a kernel, as in a tangled notebook, what is shown is printed.
@Suite(.serialized) struct ShowTests {
    private struct Interval: Displayable {
        let low: Double
        let high: Double
        var display: Displayed { .text("\(low) … \(high)") }
    }

    @Test func valuesAreShownAsTheyDescribeThemselves() async throws {
        let result = try await #require(processExitsWith: .success, observing: [\.standardOutputContent]) {
            show(42)
            show("text")
            show([1, 2])
            show(0.1 + 0.2)
        }
        expect(result, prints: "42\ntext\n[1, 2]\n0.30000000000000004\n")
    }

    @Test func anOptionalIsShownAsWhatIsInIt() async throws {
        let result = try await #require(processExitsWith: .success, observing: [\.standardOutputContent]) {
            show(Optional(5))
            show(Optional<Int>.none)
            show(Optional(Optional("deep")))
            show(1, Optional(2), Optional<Int>.none)
        }
        expect(result, prints: "5\nnil\ndeep\n1 2 nil\n")
    }

    @Test func aFunctionWithoutAResultShowsNothing() async throws {
        let result = try await #require(processExitsWith: .success, observing: [\.standardOutputContent]) {
            show(())
            show(print("printed"))
            progress("not on the page")
        }
        expect(result, prints: "printed\n")
    }

    @Test func aValueOfWhichThereIsNothingToReadShowsNothing() async throws {
        let result = try await #require(processExitsWith: .success, observing: [\.standardOutputContent]) {
            let task = Task { 3 }
            show(task)
            show(Optional(task), [task, task], (task, ()))
            show(Optional(()))
            show({ (number: Int) in number })
            show(1, task, "(Function)", Optional<Task<Int, Never>>.none)
            show([Int](), ())
            show(["key": task].keys.first)
        }
        expect(result, prints: "1 (Function) nil\n[]\nkey\n")
    }

    @Test func aValueThatDecidesItsLookIsShownSo() async throws {
        let result = try await #require(processExitsWith: .success, observing: [\.standardOutputContent]) {
            show(Interval(low: 1, high: 2))
            show(Optional(Interval(low: 3, high: 4)))
            show(Table(columns: ["a", "b"], rows: [["x", "1"]]))
        }
        expect(result, prints: "1.0 … 2.0\n3.0 … 4.0\na  b\nx  1\n")
    }

    private func expect(
        _ result: ExitTest.Result, prints text: String, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        // The test library prints a line of its own before the body runs.
        let printed = String(decoding: result.standardOutputContent, as: UTF8.self)
        #expect(printed.hasSuffix(text), "\(printed)", sourceLocation: sourceLocation)
    }
}
