import CellSyntax
import Notebook
import Testing

@Suite struct DeclarationTests {
    private func names(_ code: String) -> [String] { CellSource(code).declarations.map(\.name) }

    private func conflict(_ one: String, _ two: String) -> Bool {
        let (one, two) = (CellSource(one).declarations, CellSource(two).declarations)
        let forth = one.contains { first in two.contains { first.conflicts(with: $0) } }
        let back = two.contains { first in one.contains { first.conflicts(with: $0) } }
        #expect(forth == back)
        return forth
    }

    @Test func everythingThatLaterCellsCanNameIsFound() {
        #expect(names("let a = 1, b = 2\nvar (c, d) = e") == ["a", "b", "c", "d"])
        #expect(names("func f(_ x: Int, y: Int = 1) {}") == ["f(_:y:)"])
        #expect(
            names("struct S<T> { let a: Int; init(a: Int) {}; struct T { var b = 1 } }")
                == ["S", "S.a", "S.init(a:)", "S.T", "S.T.b"])
        #expect(names("enum E { case a, b(Int); static func f() {} }") == ["E", "E.a", "E.b", "E.f()"])
        #expect(names("extension S { var q: Int { 1 } }") == ["S.q"])
        #expect(names("typealias A = Int\nprotocol P { func f() }\nactor B {}\nclass C {}") == ["A", "P", "B", "C"])
        #expect(names("infix operator <+>: G\nprecedencegroup G {}") == ["<+>", "G"])
        #expect(names("#if os(Linux)\nlet a = 1\n#else\nlet a = 2\n#endif") == ["a"])
        #expect(names("let `class` = 1\nvar größe = 2") == ["class", "größe"])
    }

    @Test(arguments: [
        "if a { let b = 1 }", "for i in xs { var b = i }", "_ = { let b = 1 }", "let _ = 1", "b = 1",
        "guard let b = a else { f() }", "async let b = f()", "do { func f() {} }", "import A",
    ])
    func whatIsLocalIsNoDeclaration(code: String) {
        #expect(names(code).isEmpty)
    }

    @Test(arguments: [
        ("let a = 1", "var a = 2"), ("let a = 1", "var (b, a) = c"), ("struct A {}", "class A {}"),
        ("struct A {}", "typealias A = Int"), ("let A = 1", "enum A {}"), ("struct A {}", "func A(_ x: Int) {}"),
        ("func f() {}", "let f = 1"), ("func f(_ x: Int) {}", "private func f(_ y : Int) { g() }"),
        ("func f<T>(_ x: T) {}", "func f<T>(_ z: T) throws {}"), ("infix operator <+>", "infix operator <+>"),
        ("struct S { var a = 1 }", "extension S { var a: Int { 1 } }"),
        ("extension S { static func f() {} }", "extension S { static func f() {} }"),
        ("extension S where T == Int { var a: Int { 1 } }", "extension S where T==Int { var a: Int { 2 } }"),
    ])
    func oneFileHasNoRoomForBoth(one: String, two: String) {
        #expect(conflict(one, two))
    }

    @Test(arguments: [
        ("let a = 1", "let b = 1"), ("func f(_ x: Int) {}", "func f(_ x: String) {}"),
        ("func f(_ x: Int) {}", "func f(x: Int) {}"), ("func f(_ x: Int) {}", "func f(_ x: Int) -> Int { 1 }"),
        ("func f(_ x: Int) {}", "let f = 1"), ("func f() {}", "func f() async {}"),
        ("struct S { var a = 1 }", "let a = 1"),
        ("extension S { var a: Int { 1 } }", "extension T { var a: Int { 1 } }"),
        ("extension S { var a: Int { 1 } }", "extension S { static var a: Int { 1 } }"),
        ("extension S where T == Int { var a: Int { 1 } }", "extension S where T == Bool { var a: Int { 2 } }"),
        ("infix operator +", "prefix operator +"), ("protocol P { func f() }", "extension P { func f() {} }"),
        ("func f(_ x: Int) {}", "func f(_ x: Int...) {}"), ("func f(_ x: Int) {}", "func f(_ x: inout Int) {}"),
    ])
    func oneFileHasRoomForBoth(one: String, two: String) {
        #expect(!conflict(one, two))
    }

    @Test func aDeclarationIsPlacedAtItsName() {
        let found = CellSource("// first\npublic  let é = 1, b = 2\n").declarations.map(\.position)
        #expect(found == [SourcePosition(line: 2, column: 13), SourcePosition(line: 2, column: 21)])
    }

    @Test func aPlaceIsInTheInnermostFunction() {
        let source = CellSource(
            "struct S {\n    func f(_ a: Int, b: Int) {\n        g { h() }\n    }\n    var q: Int { 1 }\n}\nf()\n")
        #expect(source.function(at: SourcePosition(line: 3, column: 13)) == "f(_:b:)")
        #expect(source.function(at: SourcePosition(line: 5, column: 18)) == "q")
        #expect(source.function(at: SourcePosition(line: 7, column: 1)) == nil)
    }
}
