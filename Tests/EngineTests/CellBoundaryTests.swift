import Foundation
import Testing

extension EndToEnd {
    /// Programs that cells cannot be cut from: the message names the cause and the cure.
    @Suite struct CellBoundaryTests {
        /// The complaints and notes of a book of these cells.
        private func messages(_ cells: String...) throws -> String {
            let outcome = try TemporaryBook(["p": cells.map { cell($0) }.joined()]).run("render")
            #expect(outcome.status == 1)
            return outcome.errors
        }

        @Test(arguments: [
            ("func a() -> Int { b() + 1 }", "func b() -> Int { 1 }", "b"),
            ("let a: B? = nil", "struct B {}", "B"), ("let a = 1 +++ 2", "infix operator +++", "+++"),
            ("struct S {}\nlet a = S().size", "extension S { var size: Int { 1 } }", "S.size"),
        ])
        func aNameThatALaterCellDeclaresIsNamedWithThatCell(use: String, declaration: String, name: String) throws {
            let said = try messages(use, declaration)
            let place = "Notebooks/p.md:\(6 + use.count { $0 == "\n" }):"
            #expect(said.contains("error: ") && said.contains(place), "\(said)")
            let base = name.split(separator: ".").last.map(String.init) ?? name
            #expect(said.contains("cell 2 declares `\(base)`, and a cell sees only what cells above it declare"))
        }

        @Test func aConformanceThatALaterCellStatesIsNamedWithThatCell() throws {
            let said = try messages(
                "final class Q { let n = 1 }\nfunc f<T: Sendable>(_ t: T) {}\nf(Q())", "extension Q: Sendable {}")
            #expect(said.contains("cell 2 states that conformance"), "\(said)")
        }

        @Test func anOperatorThatAConformanceAsksForBelongsBesideTheType() throws {
            let said = try messages(
                "class Node: Equatable { var v = 1 }", "func == (a: Node, b: Node) -> Bool { a.v == b.v }")
            #expect(
                said.contains("if cell 2 has what `Equatable` asks for, move that beside the type"), "\(said)")
        }

        @Test func whatIsNotSendableCannotBeStatedSo() throws {
            #expect(
                try messages("final class Q { var n = 1 }", "extension Q: Sendable {}").contains(
                    "Notebooks/p.md:6:14: error: stored property 'n' of 'Sendable'-conforming class 'Q' is mutable"))
            #expect(
                try messages("class Q { let n = 1 }", "extension Q: Sendable {}").contains(
                    "error: non-final class 'Q' cannot conform to the 'Sendable' protocol"))
            #expect(
                try messages("class R {}\nfinal class Q { let r = R() }", "print(1)\nextension Q: Sendable {}")
                    .contains(
                        "Notebooks/p.md:8:"))
        }

        @Test func aValueThatIsMissingOrGivenTwiceIsAnError() throws {
            #expect(
                try messages("let x: Int", "print(x)", "x = 5").contains(
                    "Notebooks/p.md:6:7: error: `x` is used before it has a value"))
            #expect(
                try messages("let x: Int", "x = 5", "x = 6").contains(
                    "Notebooks/p.md:10:1: error: `x` is a constant that has its value already"))
        }

        @Test func placesBehindWordsThatWerePutIntoALineAreTheAuthors() throws {
            let said = try messages("@discardableResult func f() -> Int { oops }")
            #expect(said.contains("Notebooks/p.md:2:38: error: cannot find 'oops' in scope"), "\(said)")
            let lines = try messages(
                "print(#line)", "let a = [1]\n@discardableResult func f() -> Int { a[#line] }\nf()")
            #expect(lines.contains("Notebooks/p.md:7:39: error: Index out of range"), "\(lines)")
        }
    }
}
