import Notebook
import Testing

@testable import CellSyntax

/// Code at the edge of its bounds: what walks over it has room, and the tool means the same however it was built.
@Suite(.timeLimit(.minutes(3))) struct DeepCodeTests {
    private static func nested(_ opening: String, _ closing: String, _ depth: Int = 99) -> String {
        String(repeating: opening, count: depth) + "1" + String(repeating: closing, count: depth)
    }

    private static let edges = [
        nested("(", ")"), nested("if true { ", " }"), nested("f { ", " }"), nested("f({ ", " })", 49),
        "let a = " + nested("{ x in ", " }"), "let a = " + nested("[1, ", "]"), "let a = " + nested("b[", "]"),
        nested("struct A { func f() { ", " } }", 49), "let a: " + nested("A<", ">", 60) + " = b",
        "let a = " + nested("[", "]", 12), "let a = 1" + String(repeating: " + 1", count: 10_000),
    ]

    private static let chains = [
        "let a: A" + String(repeating: "?", count: 990), "a" + String(repeating: "!", count: 990),
        "a" + String(repeating: "()", count: 499), "a" + String(repeating: ".b", count: 499),
        "a" + String(repeating: ".b", count: 20_000), "a" + String(repeating: "()", count: 20_000),
        "let a: A" + String(repeating: "?", count: 20_000), "let a = " + String(repeating: "try ", count: 20_000) + "b",
        String(repeating: "if a { 1 } else ", count: 5000) + "{ 1 }",
        "let a = " + String(repeating: "a ? b : ", count: 5000) + "c",
        String(repeating: "#if A\n", count: 3000) + String(repeating: "\n#endif", count: 3000),
    ]

    @Test(arguments: edges.indices)
    func `code at the edge of its bounds is read, rewritten and coloured`(index: Int) {
        let code = DeepCodeTests.edges[index]
        #expect(CodeBounds.problem(in: code) == nil)
        walk(code)
        #expect(obstacle(toReading: code) == nil)
    }

    @Test(arguments: chains.indices)
    func `a chain of thousands of parts is read, or told of`(index: Int) {
        let code = DeepCodeTests.chains[index]
        walk(code)
        #expect(CellSource(code).tree.statements.isEmpty == (obstacle(toReading: code) != nil))
    }

    private func walk(_ code: String) {
        let source = CellSource(code)
        _ = (source.declarations, source.awaits, source.privateMembers, source.namesOfItsOwn)
        _ = source.module(in: ProgramContext(file: "cell-1")).text
        _ = source.function(at: SourcePosition(line: 1, column: 3))
        #expect(classified(code).map(\.text).joined() == code)
    }

    @Test func `closures within closures are read in the tool's unoptimised build, too`() {
        #expect(CellSource(DeepCodeTests.nested("f { ", " }", 40)).isOneExpression)
    }

    @Test func `code out of bounds is coloured as plain text`() {
        let code = DeepCodeTests.nested("[", "]", 60)
        #expect(classified(code).map { "\($0.text) \($0.tokenClass)" } == ["\(code) plain"])
        #expect(CellSource(code).declarations.isEmpty)
    }
}
