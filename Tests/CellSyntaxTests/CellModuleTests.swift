import CellSyntax
import Testing

/// What a cell's code becomes, so that it means in a module of its own what it means in one file.
@Suite struct CellModuleTests {
    /// The code's own lines behind what was put before them, one line of text.
    private func module(_ code: String, _ change: (inout ProgramContext) -> Void = { _ in }) -> String {
        var context = ProgramContext(file: "c")
        change(&context)
        return CellSource(code).module(in: context).text
            .split(separator: "\n").filter { !$0.hasPrefix("#sourceLocation") }
            .joined(separator: " ").replacing(#/ +/#, with: " ").trimmingPrefix(" ").description
    }

    /// What later cells know of a cell.
    private func declarations(of code: String) -> EarlierDeclarations {
        CellSource(code).module(in: ProgramContext(file: "c")).declarations
    }

    /// The same without the access that declarations are given.
    private func withoutAccess(_ code: String, _ change: (inout ProgramContext) -> Void = { _ in }) -> String {
        module(code, change).replacing("package ", with: "")
    }

    @Test func whatIsPrivateToTheFileIsSeenByLaterCells() {
        #expect(module("private func f() {}") == "package func f() {}")
        #expect(module("fileprivate(set) var a = 1") == "package nonisolated(unsafe) var a = 1")
        #expect(
            module("private struct S { fileprivate func f() {} }")
                == "package struct S { package func f() {} }")
        #expect(module("#if os(Linux)\nprivate func f() {}\n#endif") == "#if os(Linux) package func f() {} #endif")
        #expect(module("private extension Int { func f() {} }") == "extension Int { package func f() {} }")
        #expect(
            module("public struct S { internal var a = 1; var b = 2 }")
                == "public struct S { package var a = 1; package var b = 2 }")
    }

    @Test(arguments: [
        ("struct S { private var a = 1 }", "package struct S { private var a = 1 }"),
        ("extension Int { private func f() {} }", "extension Int { private func f() {} }"),
        (
            "class C { private(set) var a = 1; private init() {} }",
            "package class C { package private(set) var a = 1; private init() {} }"
        ),
        (
            "func f() { final class C { private var a = 1 } }",
            "@_semantics(\"optimize.no.crossmodule\") package func f() { final class C { private var a = 1 } }"
        ),
    ])
    func whatIsPrivateToATypeStaysPrivate(code: String, expected: String) {
        #expect(module(code) == expected)
    }

    @Test(arguments: [
        "public extension Int { func f() {} }", "infix operator +++", "import A", "deinit {}",
        "enum E { case a, b }", "protocol P { func f(); var a: Int { get } }",
    ])
    func whatHasNoAccessOfItsOwnIsGivenNone(code: String) {
        #expect(withoutAccess(code).replacing("@_exported ", with: "") == code)
    }

    @Test func attributesStayBeforeTheAccess() {
        #expect(
            module("@discardableResult func f() -> Int { 1 }") == "@discardableResult package func f() -> Int { 1 }")
        #expect(module("@MainActor // why\nfinal class C {}") == "@MainActor package // why final class C {}")
    }

    @Test func wordsInTheMidstOfALineAreRememberedForTheColumnsBehindThem() {
        let module = CellSource("let a = 1\n@discardableResult func f() -> Int { b }").module(
            in: ProgramContext(file: "c"))
        let pushed = module.displacements
        #expect(pushed == [Displacement(line: 3, column: 20, by: 8)])
        #expect(pushed.ownColumn(of: 45, line: 3) == 37 && pushed.ownColumn(of: 45, line: 2) == 45)
        #expect(pushed.ownColumn(of: 10, line: 3) == 10 && pushed.ownColumn(of: 24, line: 3) == 20)
    }

    @Test func initializersThatSwiftWritesForItsModuleOnlyAreWrittenOut() {
        #expect(module("class A { var n = 1 }") == "package class A { package var n = 1 ; package init() {} }")
        #expect(module("class A {}") == "package class A {package init() {} }")
        #expect(
            module("@propertyWrapper struct W { var wrappedValue: Int = f(1); var b: Int? }")
                == "@propertyWrapper package struct W { package var wrappedValue: Int ; package var b: Int? ; "
                + "package init(wrappedValue: Int = f(1), b: Int? = nil) "
                + "{ self.wrappedValue = wrappedValue; self.b = b } }")
        let others = [
            "class A { let n: Int; init(n: Int) { self.n = n } }", "class A: B { var n = 1 }", "final class A {}",
            "class A { let n: Int }", "struct S { var n = 1 }", "actor A { var n = 1 }",
        ]
        for code in others { #expect(withoutAccess(code) == code) }
    }

    @Test func aWrapperWhoseInitializerCannotBeWrittenOutStaysAsItWas() {
        let wrapper = "@propertyWrapper struct W { var wrappedValue = 1 }"
        #expect(module(wrapper) == "@propertyWrapper struct W { package var wrappedValue = 1 }")
        #expect(CellSource(wrapper).module(in: ProgramContext(file: "c")).declarations.internalWrappers == ["W"])
        let use = "struct S { @W var a; var b = 1 }"
        #expect(
            module(use) { $0.earlier = declarations(of: wrapper) } == "package struct S { @W var a; package var b = 1 }"
        )
    }

    @Test func variablesOfTheWholeProgramCanBeUsedByItsFunctions() {
        let unsafe = "nonisolated(unsafe)"
        #expect(withoutAccess("var a = 1; let b = a") == "\(unsafe) var a = 1; \(unsafe) let b = a")
        #expect(withoutAccess("var a: Int { 1 }") == "nonisolated var a: Int { 1 }")
        #expect(withoutAccess("var a = 1 { didSet {} }") == "\(unsafe) var a = 1 { didSet {} }")
        #expect(withoutAccess("struct S { static var a = 1 }") == "struct S { \(unsafe) static var a = 1 }")
        #expect(withoutAccess("#if DEBUG\nlet a = 1\n#endif") == "#if DEBUG \(unsafe) let a = 1 #endif")
    }

    @Test(arguments: [
        "func f() { var a = 1 }", "do { let a = 1 }", "if a { let b = 1 }", "struct S { var a = 1 }",
        "struct S { static var a: Int { 1 } }", "@MainActor final class C { static var a = 1 }",
        "@MainActor var a = 1", "nonisolated let a = 1", "guard let a = b else { f() }",
        "protocol P { static var a: Int { get } }",
    ])
    func otherVariablesAreLeftAlone(code: String) {
        #expect(withoutAccess(code) == code)
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
        #expect(withoutAccess(code) == code.replacing("\n", with: " "))
    }

    @Test func importsHoldInLaterCellsAndStandOnce() {
        #expect(
            module("import A\nimport B") { $0.earlier = EarlierDeclarations(imports: ["import A"]) }
                == "@_exported import B")
        #expect(module("@testable import A") == "@testable import A")
    }

    @Test(arguments: [
        "await f()", "let a = await f()", "for await a in b {}", "async let a = f()", "if c { await f() }",
        "do { try await f() } catch {}", "f(await g())",
    ])
    func aCellThatWaitsHandsOver(code: String) {
        #expect(module(code).hasSuffix("await _kdbookEndCell()"))
    }

    @Test(arguments: [
        "func f() async { await g() }", "Task { await f() }", "struct S { func f() async { await g() } }",
        "var a: Int { get async { await f() } }", "for a in b {}", "let f = { await g() }",
    ])
    func whatWaitsInAFunctionDoesNotMakeItsCellWait(code: String) {
        #expect(!module(code).contains("await _kdbookEndCell()"))
    }

    @Test func whatIsDeferredAtTheTopWaitsForTheProgramsEnd() {
        #expect(module("defer { f() }\ng()") == "_kdbookAtEnd( { f() } ) _kdbookShow( g() )")
        #expect(module("if a { defer { f() } }") == "if a { defer { f() } }")
        #expect(
            module("print(1)\nawait f()") { $0.runsDeferred = true }.hasSuffix(
                "_kdbookRunDeferred() await _kdbookEndCell()"))
    }

    @Test func placesAreThoseOfOneFile() {
        #expect(
            module("print(#function, #fileID, #line)\n0") { $0.linesBefore = 40 }.contains(
                "print(\"main\" , \"main/main.swift\", 41 )"))
        #expect(module("func f() { print(#function) }") == "package func f() { print(#function) }")
        #expect(
            module("func f(_ a: String = #function, line: Int = #line) -> Int { line }")
                == "package func f(_ a: String = #function, line: Int = #line) -> Int "
                + "{ let line = line - 1; let a = _kdbookCaller(a); return line }")
    }

    @Test func aConstantThatALaterCellSetsIsAVariable() {
        #expect(
            module("let a: Int\nlet b: Int") { $0.unsetConstants = ["a"] }
                == "package nonisolated(unsafe) var a: Int package nonisolated(unsafe) let b: Int")
    }

    @Test func sendableStatedLaterIsCheckedByCodeOfOurs() {
        let code = "extension Q: Sendable {}"
        #expect(withoutAccess(code) == code)
        #expect(
            module(code) { $0.earlier = declarations(of: "final class Q { let n = 1; let m = 2 }") }
                == "extension Q: @unchecked Sendable {} extension Q { private func _checkSendable() "
                + "{ _kdbookRequireSendable(self.n); _kdbookRequireSendable(self.m) } }")
    }
}
