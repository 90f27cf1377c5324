import CellSyntax
import Testing

/// What comments in documentation claim of the code before them.
@Suite struct FenceCodeTests {
    private func claims(_ code: String) -> [FenceClaim] { FenceCode(code).claims }

    @Test func wordsThatSayPrintsAreAboutTheOutput() {
        #expect(claims("print(a) // Prints \"green\"").map(\.text) == ["green"])
        #expect(claims("f()\n// prints [1, 2]").map(\.subject) == [.output])
        #expect(claims("for a in b { print(a) }\n// Prints:\n// one\n// two\n").map(\.text) == ["one\ntwo"])
    }

    @Test func aValueBehindAStatementIsItsOwn() {
        #expect(claims("a == b // false").map(\.subject) == [.value])
        #expect(claims("let x = heap.max  // 20").map(\.text) == ["20"])
        #expect(claims("print(a) // \"green\"").map(\.subject) == [.output])
    }

    @Test func aValueIsSaidOfWhatTheCommentNames() {
        #expect(claims("let a = f()\n// Array(a) == [1, 2]").map(\.subject) == [.named("Array(a)")])
        #expect(claims("b.sort() // `b` now has value [1, 2]").map(\.subject) == [.named("b")])
        let counts = claims("f()\n// counts is [\"s\": 2,\n//            \"r\": 1]")
        #expect(counts.map(\.text) == ["[\"s\": 2,\n\"r\": 1]"])
    }

    @Test func otherCommentsClaimNothing() {
        for code in [
            "f() // OK", "let a = 1 // the first", "// prints 1\nf()", "f()\n// e.g. [1, 2]", "g(x) // ...",
            "func f() {} // 3", "f()\n/// [1]", "a // [\"a\": 1, ...]",
        ] { #expect(claims(code).isEmpty, "\(code)") }
    }

    @Test func valuesAgreeByNumbersStringsAndBrackets() {
        let pairs = [
            ("[1, 2]", "Deque([1, 2])"), ("[[1], [2, 3]]", "[ArraySlice([1]), ArraySlice([2, 3])]"), ("3", "3.0"),
            ("[(\"D\", [\"Ann\"])]", "[(key: \"D\", value: [\"Ann\"])]"), ("1.41421358E+20", "1.4142136e+20"),
            ("[1, 2,]", "[1, 2]"), ("\"a\"", "Optional(\"a\")"),
        ]
        for (said, given) in pairs { #expect(LiteralText(said)?.agrees(with: given) == true, "\(said) \(given)") }
        let others = [
            ("[1, 2]", "[2, 1]"), ("[[1], [2]]", "[[1, 2]]"), ("3", "4"), ("\"a\"", "\"b\""), ("1.5", "1.25"),
            ("true", "false"), ("12", "[1, 2]"),
        ]
        for (said, given) in others { #expect(LiteralText(said)?.agrees(with: given) == false, "\(said) \(given)") }
        #expect(LiteralText("[1, 2]")?.agrees(with: "[2, 1]", isOrdered: false) == true)
    }

    @Test func onlyLiteralsAreValues() {
        for text in ["[1, a]", "f()", "1 + 2", "\"\\(a)\"", "", "OK", "[1, 2] and more", "(1)"] {
            #expect(LiteralText(text) == nil, "\(text)")
        }
    }

    @Test func errorsAreNamedAtTheirLines() {
        let errors = FenceCode("let a = 1\nlet b: Int = \"\" // error: cannot convert\nf() // Runtime error: empty")
            .expectedErrors
        #expect(errors.map(\.line) == [2, 3] && errors.map(\.isOfRun) == [false, true])
        #expect(errors.map(\.text) == ["cannot convert", "empty"])
        #expect(FenceCode("let error = 1 // errors are told\n").expectedErrors.isEmpty)
    }

    @Test func fragmentsAreTakenForWhatTheyAre() {
        #expect(FenceCode("func f() -> Int").fragment == .signatures)
        #expect(FenceCode("extension A {\n    var a: Int { get }\n    init()\n}").fragment == .signatures)
        #expect(FenceCode("struct S {\n    ...\n}").fragment == .omission)
        #expect(FenceCode(".package(url: \"https://example.org/a\", from: \"1.0.0\"),").fragment == .manifest)
        for whole in [
            "protocol P {\n    func f()\n    var a: Int { get }\n}", "func f() {}", "(0...3).forEach { f($0) }",
        ] {
            #expect(FenceCode(whole).fragment == nil, "\(whole)")
        }
    }

    @Test func whatIsAskedOfTheProgramStandsBesideTheCode() {
        let text = FenceCode("print(1) // 1\nlet a = 2 // 2").instrumented(claims: [0, 1], file: "d", line: 5)
        let lines = text.split(separator: "\n")
        #expect(lines.contains("__kdbook_mark(\"begin 0\")") && lines.contains("__kdbook_value(1, a)"))
        #expect(FenceCode("print(1) // 1").instrumented(claims: [], file: "d", line: 5).contains("__kdbook") == false)
    }
}
