/// A text taken apart into the numbers in it and the words between them.
///
/// A number is what a reader takes for one: digits with a fraction, an exponent (`1e-9`, `1.2×10⁻⁹`), a sign of either
/// kind, `NaN`, `inf`, `∞`. Digits inside a name (`fig2`) or a version (`1.2.3`) are none.
struct NumberedText: Hashable {
    /// The words before, between and after the numbers, runs of blanks made one: a number may be a digit shorter.
    let words: [String]
    let numbers: [Number]

    struct Number: Hashable {
        let value: Double
        /// As it stands in the text.
        let text: String
    }

    init(_ text: some StringProtocol) {
        var words: [String] = []
        var numbers: [Number] = []
        var rest = Substring(text)
        var word = ""
        while let next = rest.first {
            // A sign belongs to a number only where none stands before it: 3-4 are 3 and 4.
            let follows = word.last ?? numbers.last?.text.last
            if follows.map(NumberedText.isInName) != true, let (number, length) = NumberedText.number(at: rest) {
                words.append(word)
                numbers.append(number)
                word = ""
                rest = rest.dropFirst(length)
            } else {
                word.append(next)
                rest = rest.dropFirst()
            }
        }
        self.words = (words + [word]).map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
        self.numbers = numbers
    }

    private static func isInName(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_" || character == "."
    }

    private static func number(at text: Substring) -> (Number, length: Int)? {
        let pattern =
            /[-+−]?(?:(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][-+]?[0-9]+|×10[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)?|NaN|nan|inf|∞)/
        guard let match = text.prefixMatch(of: pattern), let value = value(of: match.output) else { return nil }
        let after = text[match.range.upperBound...]
        // A version is no number, and information no infinity.
        if after.first == ".", after.dropFirst().first?.isNumber == true { return nil }
        if match.output.last?.isLetter == true, after.first.map(isInName) == true { return nil }
        return (Number(value: value, text: String(match.output)), match.output.count)
    }

    private static func value(of text: Substring) -> Double? {
        let plain = String(
            text.replacing("×10", with: "e").map { superscripts[$0] ?? ($0 == "−" ? "-" : $0 == "∞" ? "i" : $0) })
        return Double(plain.replacing(/i$/, with: "inf"))
    }

    private static let superscripts: [Character: Character] = [
        "⁻": "-", "⁺": "+", "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8",
        "⁹": "9",
    ]
}
