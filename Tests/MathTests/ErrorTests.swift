import Foundation
import Math
import Testing

@Suite struct ErrorTests {
    /// The error for a formula that is not in the subset.
    private func error(_ tex: String) throws -> MathError {
        try #require(throws: MathError.self) { try mathML(tex, display: true) }
    }

    @Test func anUnknownCommandIsNamedWithItsPlaceAndTheNearestKnownName() throws {
        let slip = try error(#"x + \aplha"#)
        #expect(slip == MathError(message: #"\aplha is not known"#, offset: 4, suggestion: #"\alpha"#))
        #expect(slip.description == #"\aplha is not known; did you mean \alpha?"#)
        #expect(try error(#"\farc{a}{b}"#).suggestion == #"\frac"#)
        #expect(try error(#"\mathbff{x}"#).suggestion == #"\mathbf"#)
        #expect(try error(#"\qqqzzzqqq"#).suggestion == nil)
        #expect(try error(#"\begin{alinged} a \end{alinged}"#).suggestion == "aligned")
    }

    @Test func offsetsCountBytesOfTheSource() throws {
        #expect(try error(#"\text{输入} \foo"#).offset == 14)
        #expect(try error("a\n% comment\n\\foo").offset == 12)
    }

    @Test(arguments: [
        (#"{a"#, 0), (#"a}"#, 1), (#"\frac{a}{b"#, 8), (#"\frac{a}"#, 0), (#"\frac"#, 0), (#"x^"#, 1), (#"x_"#, 1),
        (#"x_^2"#, 1), (#"\sqrt"#, 0), (#"\sqrt[3{x}"#, 5), (#"\hat"#, 0), (#"{\hat}"#, 1),
    ])
    func bracesAndArgumentsMustBeThere(tex: String, offset: Int) throws {
        #expect(try error(tex).offset == offset)
    }

    @Test(arguments: [(#"x_1_2"#, 3), (#"x^1^2"#, 3), (#"x^2'"#, 3), (#"x'^2^3"#, 4), (#"x_{a}^b_c"#, 7)])
    func aSecondScriptIsAnError(tex: String, offset: Int) throws {
        let error = try error(tex)
        #expect(error.offset == offset)
        #expect(error.message.contains("a second"))
    }

    @Test(arguments: [
        (#"\left( a"#, 0), (#"a \right)"#, 2), (#"\left a \right)"#, 0), (#"\left( a \right"#, 9),
        (#"a \middle| b"#, 2), (#"\big x"#, 0), (#"{\left( a} \right)"#, 9), (#"\left( {a \right)}"#, 10),
    ])
    func delimitersMustMatch(tex: String, offset: Int) throws {
        #expect(try error(tex).offset == offset)
    }

    @Test(arguments: [
        (#"a & b"#, 2), (#"a \\ b"#, 2), (#"\begin{cases} a & b & c \end{cases}"#, 20),
        (#"\begin{matrix} a"#, 0), (#"\end{matrix}"#, 0), (#"\begin{matrix} a \end{pmatrix}"#, 17),
        (#"\begin{tikz} \end{tikz}"#, 7), (#"\begin"#, 0), (#"\begin{array} a \end{array}"#, 0),
        (#"\begin{array}{lxr} a \end{array}"#, 15), (#"\begin{aligned} a \\[4] b \end{aligned}"#, 20),
        (#"\begin{array}{lc} a & b & c \end{array}"#, 24),
    ])
    func environmentsMustBeWhole(tex: String, offset: Int) throws {
        #expect(try error(tex).offset == offset)
    }

    @Test(arguments: [
        (#"\begin{CD} A \end{CD}"#, 7, "flowchart"), (#"\edef\a{b}"#, 0, "newcommand"), (#"\ce{H2O}"#, 0, "mathrm"),
        (#"\SI{3}{m}"#, 0, "number"), (#"\cite{a}"#, 0, "prose"), (#"\mathchoice{a}{b}{c}{d}"#, 0, "needs"),
    ])
    func whatIsLeftOutOnPurposeSaysWhatToDo(tex: String, offset: Int, cure: String) throws {
        let error = try error(tex)
        #expect(error.offset == offset)
        #expect(error.message.contains(cure))
        #expect(error.suggestion == nil)
    }

    @Test(arguments: [
        (#"输入"#, 0), (#"a $ b"#, 2), (#"a # b"#, 2), (#"a \"#, 2), ("a\u{0}", 1), ("a\u{1B}b", 1), ("a % \u{1}", 4),
        ("a`b", 1),
        (#"\text{a & b}"#, 8), (#"\text{a \alpha}"#, 8), (#"\text a"#, 0), (#"\text{a"#, 5), (#"\text{$a}"#, 8),
        (#"\operatorname{a=b}"#, 15), (#"\operatorname{}"#, 0), (#"x\limits_i"#, 1), (#"\not a"#, 0),
        (#"\frac\displaystyle x"#, 5),
    ])
    func whatMeansNothingIsAnError(tex: String, offset: Int) throws {
        #expect(try error(tex).offset == offset)
    }

    @Test func theErrorAtTheFirstPlaceIsTheOneThrown() throws {
        #expect(try error(#"\foo \bar{"#).offset == 0)
    }

    @Test func nestingIsLimited() throws {
        let deep = String(repeating: "{", count: 10_000) + String(repeating: "}", count: 10_000)
        #expect(try error(deep).message.contains("nested deeper"))
        #expect(try error(String(repeating: #"\hat"#, count: 10_000)).message.contains("nested deeper"))
        #expect(try error(String(repeating: #"\left("#, count: 10_000)).message.contains("nested deeper"))
        #expect(try error(String(repeating: #"x^{"#, count: 10_000)).message.contains("nested deeper"))
        #expect(try error(String(repeating: #"\text{$"#, count: 10_000)).message.contains("nested deeper"))
        #expect(try error(String(repeating: #"\textstyle"#, count: 10_000)).message.contains("nested deeper"))
        let ordinary = String(repeating: "{", count: 30) + "x" + String(repeating: "}", count: 30)
        _ = try mathML(ordinary, display: false)
    }

    @Test func theDeepestNestingFitsTheSmallestStack() async {
        let shapes = [
            ("{", "}"), ("\\sqrt{", "}"), ("\\left(", "\\right)"), ("\\frac{1}{", "}"), ("x_{", "}"),
            ("\\begin{cases}", "\\end{cases}"), ("\\text{$", "$}"), ("\\hat{", "}"), ("{\\displaystyle ", "}"),
            ("\\boxed{", "}"), ("\\mathop{", "}"), ("\\textcolor{red}{", "}"), ("{a \\over ", "}"), ("{\\rm ", "}"),
            ("\\begin{equation}", "\\end{equation}"), ("\\substack{", "}"), ("\\prescript{a}{b}{", "}"),
            ("\\text{\\textbf{$", "$}}"), ("\\xrightarrow[", "]{a}"),
            ("\\begin{array}{c}\\multicolumn{1}{c}{", "}\\end{array}"),
        ]
        let finished = await withCheckedContinuation { continuation in
            // The stack of a secondary thread on macOS.
            let thread = Thread {
                var translated = 0
                for (open, close) in shapes {
                    for depth in [5, 10, 15, 30, 31, 32, 33, 100] {
                        let tex = String(repeating: open, count: depth) + "x" + String(repeating: close, count: depth)
                        if (try? mathML(tex, display: true)) != nil { translated += 1 }
                    }
                }
                continuation.resume(returning: translated)
            }
            thread.stackSize = 512 * 1024
            thread.start()
        }
        #expect(finished >= 2 * shapes.count)
    }
}
