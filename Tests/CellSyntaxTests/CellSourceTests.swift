import CellSyntax
import Testing

@Suite struct LastExpressionTests {
    private func shown(_ code: String) -> Bool {
        CellSource(code).module(in: ProgramContext(file: "cell-1")).text.contains("_kdbookShow(\n")
    }

    @Test(arguments: [
        "a", "1 + 1", "let a = 1\na", "let a = 1; a", "a // the value", "a /* c */", "f(x)", "xs.map { $0 + 1 }",
        "xs\n    .filter { $0 > 0 }\n    .map { $0 }", "try f()", "await f()", "try await f()", "a == b", "a != b",
        "a <= b", "a >= b",
        "a === b", "a !== b", "a ~= b", "mask .== other", "mask .<= other", "\"text\"", "\"\"\"\nlines\n\\(a)\n\"\"\"",
        "a ? b : c", "[1, 2]", "(1, 2)", "{ 1 }()", "a as? Int", "-a", "Point(x: 1)", "a;", "a ;  // end",
        "#\"raw\"#", "/regex/", "\\.name", "f { 1 } other: { 2 }", "xs[0]", "a!", "a?.b", "f(fatalError)",
    ])
    func anExpressionAtTheEndIsShown(code: String) {
        #expect(shown(code))
    }

    @Test(arguments: [
        "", "// only a comment", "let a = 1", "var a = 1\na = 2", "a += 1", "a &+= 1", "a <<= 1", "_ = f()", "a.b = c",
        "xs[0] = 1",
        "a\nlet b = a", "func f() -> Int { 1 }", "struct S {}", "import Foundation", "if a { b }",
        "if a { 1 } else { 2 }",
        "switch a { default: 1 }", "for x in xs { x }", "while a { b }", "do { try f() } catch { g() }",
        "fatalError(\"no\")",
        "preconditionFailure()", "exit(3)", "abort()", "throw E()", "defer { f() }", "guard a else { exit(1) }",
        "typealias A = Int",
        "extension Int { var b: Int { 1 } }", "#if os(Linux)\na\n#endif",
    ])
    func whatHasNoValueIsNotShown(code: String) {
        #expect(!shown(code))
    }

    @Test(arguments: ["let a = ", "a +", "f(", "}", "1 2", "\"never closed", "let = 3", "a.", "((a)", "@", "\"\\(\""])
    func whatDoesNotParseIsLeftAsItIs(code: String) {
        #expect(
            CellSource(code).module(in: ProgramContext(file: "cell-1")).text
                == "#sourceLocation(file: \"cell-1\", line: 2)\n" + code)
    }
}

@Suite struct ImportTests {
    @Test func importsAreFoundAsTheyAreWritten() {
        let source = CellSource(
            "import Foundation\n@testable import Charts // why\nlet a = 1\nimport struct Tensors.Matrix; import B\n")
        #expect(
            source.imports == [
                "import Foundation", "@testable import Charts", "import struct Tensors.Matrix", "import B",
            ])
    }

    @Test func wordsThatLookLikeImportsAreNone() {
        #expect(CellSource("let a = \"\"\"\nimport Foundation\n\"\"\"\n// import B\n").imports.isEmpty)
    }

    @Test func codeWithoutImportsKeepsEverythingElse() {
        #expect(
            CellSource("import A\nlet a = 1 // one\nimport B; import C\na + 1 // two\n").withoutImports(showing: "show")
                == "\nlet a = 1 // one\n \nshow(a + 1) // two\n")
        #expect(CellSource("let a = 1\n").withoutImports(showing: "show") == "let a = 1\n")
        #expect(
            CellSource("import A\nxs.map {\n    $0\n}\n").withoutImports(showing: "show")
                == "\nshow(xs.map {\n    $0\n})\n")
    }
}

@Suite struct HighlightTests {
    private let pieces = [
        "let", " ", "\n", "\"", "\"\"\"", "\\(", ")", "(", "{", "}", "#if", "#endif", "@", "//", "/*", "*/", "/", "é",
        "👩‍👩‍👧‍👦", "\u{301}",
        "\0", "\u{FEFF}", "\r\n", "\r", "\t", "0x", "1e", "1_000.5", "func f", ":", "->", "<#T#>", "`class`", "$0", "#",
        "\u{2028}", "<", "]",
        "import Foundation", "'", "\\", "struct S<T>: P", "\u{7F}", "...", "=",
    ]

    @Test func thePiecesOfAnyTextJoinToTheText() {
        var state: UInt64 = 7
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        for _ in 0..<500 {
            let code = (0..<next(24)).map { _ in pieces[next(pieces.count)] }.joined()
            let joined = classified(code).map { String($0.text) }.joined()
            #expect(Array(joined.utf8) == Array(code.utf8), "\(code.debugDescription)")
        }
    }

    @Test func tokensAreToldApart() {
        let found = classified("@main struct A { let n: Int = 42 // c\n  var s = \"t\" }")
        func kind(of text: String) -> TokenClass? { found.first { $0.text == text }?.tokenClass }
        #expect(kind(of: "struct") == .keyword && kind(of: "let") == .keyword)
        #expect(kind(of: "42") == .number && kind(of: "// c") == .comment && kind(of: "Int") == .type)
        #expect(found.contains { $0.tokenClass == .string && $0.text.contains("t") })
        #expect(found.contains { $0.tokenClass == .attribute })
    }

    @Test func nothingGivesNothing() {
        #expect(classified("").isEmpty)
    }
}

@Suite struct InlineArrayNameTests {
    @Test(arguments: [
        "var a: InlineArray<3, Int> = [1, 2, 3]", "let a: [3 of Int] = [1, 2, 3]", "typealias Row = Swift.InlineArray",
        "struct G<let W: Int> { var row: [2 of [W of Int]] }", "f { (a: InlineArray<2, Int>) in a[0] }",
    ])
    func aCellThatCanHoldAnInlineArrayNamesIt(code: String) { #expect(CellSource(code).namesInlineArray) }

    @Test(arguments: ["", "let a: [Int] = []", "// InlineArray", "let of = \"InlineArray\"", "let b = [of]"])
    func otherCellsNameNone(code: String) { #expect(!CellSource(code).namesInlineArray) }
}
