import CellSyntax
import Testing

/// What a cell's code becomes, so that it means in a module of its own what it means in one file.
@Suite struct CellModuleTests {
    /// The code's own lines behind what was put before them, one line of text.
    private func module(_ code: String, imported: Set<String> = []) -> String {
        CellSource(code).module(file: "c", show: "show", end: "end", imported: imported)
            .split(separator: "\n").filter { !$0.hasPrefix("#sourceLocation") }
            .joined(separator: " ").replacing(#/ +/#, with: " ")
    }

    @Test func whatIsPrivateToTheFileIsSeenByLaterCells() {
        #expect(module("private func f() {}") == " func f() {}")
        #expect(module("fileprivate(set) var a = 1") == " nonisolated(unsafe) var a = 1")
        #expect(module("private struct S { fileprivate func f() {} }") == " struct S { func f() {} }")
        #expect(module("#if os(Linux)\nprivate func f() {}\n#endif") == "#if os(Linux) func f() {} #endif")
    }

    @Test(arguments: [
        "struct S { private var a = 1 }", "extension Int { private func f() {} }",
        "class C { private(set) var a = 1 }", "func f() { final class C { private var a = 1 } }",
    ])
    func whatIsPrivateToATypeStaysPrivate(code: String) {
        #expect(module(code) == code)
    }

    @Test func variablesOfTheWholeProgramCanBeUsedByItsFunctions() {
        #expect(module("var a = 1; let b = a") == "nonisolated(unsafe) var a = 1; nonisolated(unsafe) let b = a")
        #expect(module("var a: Int { 1 }") == "nonisolated var a: Int { 1 }")
        #expect(module("var a = 1 { didSet {} }") == "nonisolated(unsafe) var a = 1 { didSet {} }")
        #expect(module("struct S { static var a = 1 }") == "struct S { nonisolated(unsafe) static var a = 1 }")
        #expect(module("#if DEBUG\nlet a = 1\n#endif") == "#if DEBUG nonisolated(unsafe) let a = 1 #endif")
    }

    @Test(arguments: [
        "func f() { var a = 1 }", "do { let a = 1 }", "if a { let b = 1 }", "struct S { var a = 1 }",
        "struct S { static var a: Int { 1 } }", "@MainActor final class C { static var a = 1 }",
        "@MainActor var a = 1", "nonisolated let a = 1", "guard let a = b else { f() }",
        "protocol P { static var a: Int { get } }",
    ])
    func otherVariablesAreLeftAlone(code: String) {
        #expect(module(code) == code)
    }

    @Test func aConformanceBetweenStrangersIsPublic() {
        #expect(module("extension Int: P { func f() {} }") == "extension Int: P { public func f() {} }")
        #expect(
            module(
                "extension A: Sequence { func makeIterator() -> It { It() } }\nstruct It: IteratorProtocol { var n = 1 }"
            )
                == "extension A: Sequence { public func makeIterator() -> It { It() } } public struct It: IteratorProtocol { public var n = 1 }"
        )
    }

    @Test(arguments: [
        "struct S {}\nextension S: P { func f() {} }", "protocol P {}\nextension Int: P { func f() {} }",
        "extension Int { func f() {} }", "extension Int: P { public func f() {} }",
        "extension Int: P { private func f() {} }",
    ])
    func otherMembersAreAsVisibleAsTheyWere(code: String) {
        #expect(module(code) == code.replacing("\n", with: " "))
    }

    @Test func importsHoldInLaterCellsAndStandOnce() {
        #expect(module("import A\nimport B", imported: ["import A"]) == " @_exported import B")
        #expect(module("@testable import A") == "@testable import A")
    }

    @Test(arguments: [
        "await f()", "let a = await f()", "for await a in b {}", "async let a = f()", "if c { await f() }",
        "do { try await f() } catch {}", "f(await g())",
    ])
    func aCellThatWaitsHandsOver(code: String) {
        #expect(module(code).hasSuffix("await end()"))
    }

    @Test(arguments: [
        "func f() async { await g() }", "Task { await f() }", "struct S { func f() async { await g() } }",
        "var a: Int { get async { await f() } }", "for a in b {}", "let f = { await g() }",
    ])
    func whatWaitsInAFunctionDoesNotMakeItsCellWait(code: String) {
        #expect(!module(code).contains("await end()"))
    }
}
