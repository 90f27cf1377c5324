import Math
import Testing

@Suite struct MarkupTests {
    private func element(_ tex: String, display: Bool = false) throws -> Element {
        try Element(xml: try mathML(tex, display: display))
    }

    /// The distances of each operator as the attributes say, "-" where the browser's own hold.
    private func distances(_ tex: String, display: Bool = false) throws -> [String] {
        try element(tex, display: display).all.filter { $0.name == "mo" }.map {
            guard let left = $0.attributes["lspace"], let right = $0.attributes["rspace"] else {
                return "\($0.text) -"
            }
            return "\($0.text) \(left) \(right)"
        }
    }

    @Test func theSourceIsTheAnnotation() throws {
        let tex = #"a < b \& c > d "quoted""#
        let annotation = try #require(try element(tex.replacing("\"", with: "'")).first("annotation"))
        #expect(annotation.attributes == ["encoding": "application/x-tex"])
        #expect(annotation.text == tex.replacing("\"", with: "'"))
        #expect(try mathML("a<b", display: false).contains("<annotation encoding=\"application/x-tex\">a&lt;b<"))
    }

    @Test func displayIsAnAttributeOfMath() throws {
        #expect(try element("x", display: true).attributes["display"] == "block")
        #expect(try element("x", display: false).attributes["display"] == "inline")
    }

    @Test func limitsAreBelowAndAboveInDisplayAndBesideInline() throws {
        #expect(try element(#"\sum_{i}^n x"#, display: true).first("munderover") != nil)
        #expect(try element(#"\sum_{i}^n x"#).first("msubsup") != nil)
        #expect(try element(#"\int_0^1 x"#, display: true).first("msubsup") != nil)
        #expect(try element(#"\max_i x"#, display: true).first("munder") != nil)
        #expect(try element(#"\log_2 x"#, display: true).first("msub") != nil)
        #expect(try element(#"\sum\limits_i x"#).first("mo")?.attributes["movablelimits"] == "false")
        #expect(try element(#"\dfrac{\sum_i x}{n}"#, display: true).first("munder") == nil)
        #expect(try element(#"\displaystyle\sum_i x"#).first("munder") != nil)
    }

    @Test func aMinusIsASignWhereNoOperandIsBeforeIt() throws {
        func form(_ tex: String) throws -> String? { try element(tex).first("mo")?.attributes["form"] }
        #expect(try form("-x") == "prefix")
        #expect(try form("a-x") == nil)
        #expect(try distances("a=-x") == ["= -", "− -"])
        #expect(try distances("(-x)").contains("− -"))
        #expect(try distances(#"e^{-x}"#) == ["− 0em 0em"])
    }

    @Test func distancesAreThoseOfTeX() throws {
        #expect(try distances(#"a\cdot b"#) == ["⋅ 0.2222em 0.2222em"])
        #expect(try distances(#"2\log x"#) == ["log 0.1667em 0.1667em"])
        #expect(try distances(#"\log(x)"#).first == "log 0em 0em")
        #expect(try distances(#"a=\log x"#) == ["= -", "log 0em 0.1667em"])
        #expect(try distances(#"x^{a=b}"#) == ["= 0em 0em"])
        #expect(try distances(#"1{,}000"#) == [", 0em 0em"])
        #expect(try distances("x/y") == ["/ 0em 0em"])
        #expect(try distances(#"a \mid b"#) == ["∣ 0.2778em 0.2778em"])
        #expect(try distances(#"a|b"#) == ["| 0em 0em"])
        #expect(try distances(#"a\,=\,b"#) == ["= -"])
    }

    @Test func theRightSideOfAnAlignedFormulaKeepsItsDistance() throws {
        let tex = #"\begin{aligned} a &= b \\ &= c \end{aligned}"#
        #expect(try distances(tex, display: true) == ["= -", "= -"])
        let cells = try element(tex, display: true).all.filter { $0.name == "mtd" }
        #expect(cells.map { $0.attributes["style"]?.contains("text-align:right") } == [true, false, true, false])
    }

    @Test func capitalGreekAndRomanLettersAreUpright() throws {
        func variant(_ tex: String) throws -> String? { try element(tex).first("mi")?.attributes["mathvariant"] }
        #expect(try variant(#"\Gamma"#) == "normal")
        #expect(try variant(#"\mathrm{d}"#) == "normal")
        #expect(try variant(#"\nabla"#) == "normal")
        #expect(try variant(#"\gamma"#) == nil)
        #expect(try variant("x") == nil)
    }

    @Test(arguments: [
        (#"\mathbb{R}"#, "ℝ"), (#"\mathbb{E}"#, "𝔼"), (#"\mathbb{1}"#, "𝟙"), (#"\mathcal{L}"#, "ℒ"),
        (#"\mathcal{D}"#, "𝒟"), (#"\mathbf{x}"#, "𝐱"), (#"\mathbf{\Sigma}"#, "𝚺"), (#"\boldsymbol{\mu}"#, "𝝁"),
        (#"\boldsymbol{\nabla}"#, "𝜵"), (#"\mathit{h}"#, "ℎ"), (#"\mathfrak{C}"#, "ℭ"), (#"\mathsf{Aa}"#, "𝖠𝖺"),
        (#"\mathtt{z9}"#, "𝚣𝟿"), (#"\mathrm{KL}"#, "KL"), (#"\mathscr{e}"#, "ℯ"),
    ])
    func alphabetsAreCharacters(tex: String, characters: String) throws {
        let leaves = try element(tex).all.filter { $0.name == "mi" || $0.name == "mn" }
        #expect(leaves.map(\.text).joined() == characters)
    }

    @Test func wordsKeepTheirSpaceAndTheirLanguage() throws {
        #expect(try element(#"x \text{ if } y"#).first("mtext")?.text == "\u{A0}if\u{A0}")
        #expect(try element(#"P_{\text{输入 é}}"#).first("mtext")?.text == "输入 é")
        #expect(try element(#"\text{a {b} \_ \{c\}}"#).first("mtext")?.text == "a b _ {c}")
    }

    @Test func symbolsOfUnicodeMeanWhatTheirCommandsMean() throws {
        let pairs = [("α ≤ β", #"\alpha \le \beta"#), ("x ∈ A → B", #"x \in A \to B"#), ("∑_i x", #"\sum_i x"#)]
        for (unicode, tex) in pairs {
            #expect(try element(unicode).first("mrow").map(normalForm) == element(tex).first("mrow").map(normalForm))
        }
    }

    @Test func aSizedDelimiterSaysItsSize() throws {
        #expect(try element(#"\Bigl( x \Bigr)"#).first("mo")?.attributes["minsize"] == "1.8em")
        #expect(try element(#"\bigg| x"#).first("mo")?.attributes["maxsize"] == "2.4em")
    }

    @Test func commentsAndWhiteSpaceChangeNothingButTheAnnotation() throws {
        let one = try element("a+b%+c\n").first("mrow").map(normalForm)
        #expect(try one == element(" a \n + \t b ").first("mrow").map(normalForm))
    }

    @Test(arguments: Vocabulary.suggestions.sorted()) func everyCommandHasAUse(name: String) throws {
        let uses = [
            "\\\(name)", "\\\(name){a}", "\\\(name){a}{b}", "\\\(name)=", "\\\(name)(", "\\\(name)( x \\right)",
            "\\sum\\\(name)_i", "\\left( x \\\(name)|  y \\right)", "\\left( x \\\(name))",
            "\\\(name){a}{b}{x}", "\\\(name){red} x", "\\\(name){red}{x}", "\\\(name){red}{red}{x}", "\\\(name){1em}",
            "\\\(name) 1em x", "\\\(name){1em}{x}", "\\\(name){1em}{1em}", "\\\(name){(}{)}{0pt}{}{a}{b}",
            "\\\(name){}{}\\sum", "\\\(name){_a}{}\\sum", "\\begin{matrix} \\\(name) a \\end{matrix}",
            "\\begin{matrix} \\\(name){1-1} a \\end{matrix}", "\\begin{matrix} \\\(name){1}{c}{a} \\end{matrix}",
            "\\begin{matrix} \\\(name){a} a \\end{matrix}",
            "\\\(name){matrix} a \\end{matrix}", "\\begin{matrix} a \\\(name){matrix}",
        ]
        let use = try #require(uses.first { (try? mathML($0, display: true)) != nil }, "\(name)")
        let leaves = try element(use, display: true).all.filter { $0.name == "mi" || $0.name == "mo" }.map(\.text)
        // A name or a sign, never a piece of the tables that list them.
        for leaf in leaves where leaf != "a" && leaf != "b" && leaf != "x" && leaf != "y" && leaf != "i" {
            let isSign = leaf.unicodeScalars.allSatisfy { !$0.isASCII || !$0.properties.isAlphabetic }
            let isName = leaf.filter { $0 != "\u{2009}" } == name || leaf == "mod"
            #expect(isSign || isName, "\(name) is drawn as \(leaf)")
        }
    }

    @Test func theSameSourceGivesTheSameBytes() throws {
        let tex = #"\left\| \begin{aligned} a &= b \\[2pt] c &= d \end{aligned} \right\|_2^2 \bigl( x \bigr)"#
        let once = try mathML(tex, display: true)
        for _ in 0..<20 { #expect(try mathML(tex, display: true) == once) }
    }
}
