import CellSyntax
import Testing

/// Variables that are declared in one cell and get their value in another.
@Suite struct FirstValuesTests {
    private let x = UnsetVariable(name: "x", isConstant: true)

    private func values(_ code: String, unset: [UnsetVariable] = [], settled: Set<String> = []) -> FirstValues {
        FirstValues(CellSource(code), unset: unset, settled: settled)
    }

    @Test(arguments: ["let x: Int", "let x: Int\nif a { x = 1 }", "let x: Int\nfor a in b { x = a }"])
    func aConstantWithoutAValueIsUnset(code: String) {
        #expect(values(code).unset == [x] && values(code).problems.isEmpty)
    }

    @Test(arguments: ["let x = 1", "var x: Int? ", "let x: Int\nx = 1", "var x: Int { 1 }", "lazy var x: Int = 1"])
    func othersAreNot(code: String) {
        #expect(values(code).unset.isEmpty)
    }

    @Test(arguments: [
        "x = 5", "do { x = 5 }", "if a { x = 1 } else { x = 2 }", "if a { x = 1 } else { fatalError() }",
        "switch a { case 1: x = 1\ndefault: x = 2 }", "do { x = try f() } catch { x = 0 }", "(x, y) = (1, 2)",
        "if a { x = 1 } else if b { x = 2 } else { x = 3 }", "repeat { x = 1 } while a",
    ])
    func aStatementOnEveryWayGivesIt(code: String) {
        let values = values(code, unset: [x])
        #expect(values.unset.isEmpty && values.settled == ["x"] && values.problems.isEmpty, "\(values.problems)")
    }

    @Test(arguments: [
        "if a { x = 1 }", "while a { x = 1 }", "struct S { func f() { x = 1 } }", "do { let x = 1 }", "f()",
    ])
    func otherStatementsDoNot(code: String) {
        #expect(values(code, unset: [x]).unset == [x])
    }

    @Test(arguments: [
        ("print(x)", 7), ("x = x + 1", 5), ("if x > 1 { }", 4), ("let f = { x }", 11), ("func f() -> Int { x }", 19),
        ("f(a: [x])", 7),
    ])
    func useBeforeAValueIsAnError(code: String, column: Int) {
        let problems = values(code, unset: [x]).problems
        #expect(problems.map(\.position.column) == [column], "\(problems)")
        #expect(problems.first?.message.contains("`x` is used before it has a value") == true)
    }

    @Test(arguments: [
        "a.x", "f(x: 1)", "let f = { x in x }", "func f(x: Int) -> Int { x }", "for x in 0..<3 { print(x) }",
    ])
    func anotherOfThatNameIsNoUse(code: String) {
        #expect(values(code, unset: [x]).problems.isEmpty)
    }

    @Test(arguments: ["x = 6", "func f() { x = 6 }", "x += 1", "f(&x)"])
    func aConstantGetsOneValue(code: String) {
        #expect(values(code, settled: ["x"]).problems.count == 1)
        #expect(values("print(x); let y = x", settled: ["x"]).problems.isEmpty)
    }
}
