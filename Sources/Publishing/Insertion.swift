import Math
import Notebook

/// Something that stands in a line of prose and is not Markdown's.
struct Insertion {
    enum Content {
        case formula(Formula)
        /// What `@fig-loss` refers to.
        case reference(String)
        /// `@hinton2015`, or several works in brackets.
        case citation([Citation], isParenthetical: Bool)
        /// `{swift} expression`.
        case value(InlineValue)
    }

    let content: Content
    let position: SourcePosition
    var lineEndings = 0

    var isFormulaInLine: Bool {
        if case .formula(let formula) = content { !formula.isDisplayed } else { false }
    }

    /// What stands for it where only text can stand.
    var source: String {
        switch content {
        case .formula(let formula): formula.tex
        case .reference(let label): "@" + label
        case .citation(let works, _): works.map { "@" + $0.key }.joined(separator: "; ")
        case .value(let value): value.expression
        }
    }
}

/// A formula of the prose.
struct Formula {
    let tex: String
    let isDisplayed: Bool
    /// Where the TeX begins.
    let position: SourcePosition
    var label: PlacedLabel?
    /// The column that the TeX's later lines begin at.
    var margin = 1
    /// The commands that are defined before it.
    var macros = MathMacros()
    /// What stands at its right in place of a number.
    var tag: String?
    /// The inline values that stand in it.
    var values: [HeldValue] = []
    /// Names of its own beyond the first, which it cannot have.
    var furtherLabels: [PlacedLabel] = []

    struct HeldValue {
        /// What stands in the formula, from backtick to backtick.
        let source: String
        let value: InlineValue
    }

    /// The formula with what its values gave; with as many blanks and a zero in the place of a value that is not there.
    func tex(with records: [ValueRecord]) -> String {
        guard !values.isEmpty else { return tex }
        var filled = ""
        var rest = tex[...]
        for held in values {
            guard let range = rest.firstRange(of: held.source) else { continue }
            let text = held.value.number <= records.count ? records[held.value.number - 1].text : nil
            let blanks = String(repeating: " ", count: max(0, held.source.utf8.count - 3))
            filled += rest[..<range.lowerBound] + (text.map(texOfValue) ?? "{0\(blanks)}")
            rest = rest[range.upperBound...]
        }
        return filled + rest
    }

    /// Where a byte of the TeX stands in the notebook.
    func position(atByte offset: Int) -> SourcePosition {
        let before = tex.utf8.prefix(offset)
        let line = before.count { $0 == UInt8(ascii: "\n") }
        let column = before.reversed().prefix { $0 != UInt8(ascii: "\n") }.count
        return SourcePosition(line: position.line + line, column: (line == 0 ? position.column : margin) + column)
    }
}

/// A value as a formula has it: a number as one, anything else as words.
private func texOfValue(_ text: String) -> String {
    if text.wholeMatch(of: /[-−+]?[0-9][0-9.,]*\s?%?/) != nil {
        return "{" + text.replacing(",", with: "{,}").replacing("%", with: "\\%").replacing(" ", with: "\\,") + "}"
    }
    let words = text.map { character in
        switch character {
        case "\\": "\\textbackslash{}"
        case "^": "\\textasciicircum{}"
        case "{", "}", "$", "&", "#", "_", "%": "\\\(character)"
        case let character where character.isNewline: " "
        default: String(character)
        }
    }
    return "{\\text{" + words.joined() + "}}"
}

/// The name that the author gave a formula or a section: `{#eq-loss}`.
struct PlacedLabel: Hashable {
    let name: String
    let position: SourcePosition

    /// Matches a label at the start of what follows, its name being the capture.
    static var pattern: Regex<(Substring, Substring)> { /[ \t]*\{#([^}\s]*)\}/ }
}
