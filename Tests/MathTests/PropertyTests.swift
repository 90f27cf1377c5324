import Math
import TestSupport
import Testing

@Suite struct PropertyTests {
    private static let pieces = [
        "{", "}", "^", "_", "'", "&", "\\\\", "\\", "%", "\n", "$", "#", "~", " ", "[", "]", "(", ")", "|", "<", "\"",
        "a", "x", "1", ".", ",", "-", "=", "输", "é", "e\u{301}", "α", "∑", "👩‍👩‍👧", "\u{200F}", "\u{0}", "\u{FFFE}",
        "\\frac", "\\sqrt", "\\sqrt[3]", "\\left(", "\\right)", "\\middle|", "\\left.", "\\right.", "\\text{",
        "\\operatorname{", "\\mathbf", "\\mathrm{", "\\hat", "\\underbrace", "\\sum", "\\limits", "\\log", "\\not",
        "\\begin{aligned}", "\\end{aligned}", "\\begin{cases}", "\\end{cases}", "\\begin{array}{lc}", "\\end{array}",
        "\\substack{", "\\displaystyle", "\\big", "\\Bigr", "\\xrightarrow[", "\\overset", "\\foo", "\\|", "\\,",
        "\\phantom", "\\pmod", "\\binom", "\\nonumber", "\\overline", "\\quad", "\\ldots", "\\{", "\\}",
    ]

    /// What must hold for any source whatever: markup that is well-formed, balanced and complete, or an error
    /// with a place inside the source.
    private func check(_ tex: String, display: Bool) {
        do {
            let markup = try mathML(tex, display: display)
            let element = try? Element(xml: markup)
            #expect(element != nil, "\(tex.debugDescription)")
            for element in element?.all ?? [] {
                let count = Self.childCounts[element.name]
                #expect(count == nil || element.children.count == count, "\(tex.debugDescription)")
            }
        } catch {
            #expect((0...tex.utf8.count).contains(error.offset), "\(tex.debugDescription)")
            #expect(!error.message.isEmpty)
            let cut = tex.utf8.index(tex.startIndex, offsetBy: error.offset)
            #expect(cut.samePosition(in: tex.unicodeScalars) != nil, "\(tex.debugDescription)")
        }
    }

    private static let childCounts = [
        "mfrac": 2, "msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2, "munderover": 3, "mroot": 2,
        "semantics": 2, "math": 1,
    ]

    @Test(arguments: 0..<20) func anySequenceOfPiecesIsTranslatedOrRefused(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<250 {
            let length = Int.random(in: 0...24, using: &random)
            let tex = (0..<length).map { _ in Self.pieces.randomElement(using: &random) ?? "" }.joined()
            check(tex, display: Bool.random(using: &random))
        }
    }

    @Test func anyBytesAreTranslatedOrRefused() {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<3_000 {
            let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            check(String(decoding: bytes, as: UTF8.self), display: true)
        }
    }

    @Test func everyFormulaOfTheCorpusCutOrDamagedIsTranslatedOrRefused() throws {
        var random = SeededGenerator(seed: 2)
        for formula in try Corpus.formulas() {
            var scalars = Array(formula.tex.unicodeScalars)
            var cut = String.UnicodeScalarView()
            cut.append(contentsOf: scalars.prefix(Int.random(in: 0...scalars.count, using: &random)))
            check(String(cut), display: formula.display)
            for _ in 0..<10 {
                guard !scalars.isEmpty else { break }
                let index = Int.random(in: scalars.indices, using: &random)
                if Bool.random(using: &random) {
                    scalars.remove(at: index)
                } else {
                    scalars.insert(
                        contentsOf: (Self.pieces.randomElement(using: &random) ?? "").unicodeScalars, at: index)
                }
                var damaged = String.UnicodeScalarView()
                damaged.append(contentsOf: scalars)
                check(String(damaged), display: formula.display)
            }
        }
    }

    @Test func aLongFormulaIsTranslated() throws {
        let tex = Array(repeating: #"\frac{x_i^2}{\sqrt{y}}"#, count: 5_000).joined(separator: " + ")
        #expect(try mathML(tex, display: true).utf8.count > tex.utf8.count)
    }
}
