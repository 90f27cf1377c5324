import Math
import Notebook

/// A notebook's prose as Markdown that Jupyter shows: references and citations as what they stand for, formulas between
/// dollar signs, numbered where they have a label.
struct JupyterProse {
    private let manuscript: Manuscript
    /// What was taken out of the text that is being written.
    private var insertions: Insertions
    private let source: SourceLines
    private let markup: JupyterMarkup
    private let nesting: JupyterNesting
    private let notation: JupyterNotation
    private let references: References
    private var citations: Citations
    /// What the inline values gave, in order.
    private let values: [ValueRecord]

    init(_ manuscript: Manuscript, references: References, bibliography: Bibliography, values: [ValueRecord]) {
        self.values = values
        self.manuscript = manuscript
        insertions = manuscript.insertions
        self.references = references
        source = SourceLines(manuscript.insertions.text)
        markup = JupyterMarkup(manuscript.document, source)
        nesting = JupyterNesting(manuscript)
        notation = JupyterNotation(manuscript, source)
        citations = Citations(bibliography)
    }

    /// The prose on `lines` of the notebook.
    mutating func text(_ lines: Range<Int>) -> String {
        var text = ""
        var line = lines.lowerBound
        while line < lines.upperBound {
            if let index = manuscript.insertions.fences[line],
                case .formula(let formula) = manuscript.insertions.all[index].content
            {
                text += markup(of: formula, between: "\n") + "\n"
                // The fence and the closing one stand around the formula's lines.
                line += formula.tex.count(where: \.isNewline) + 2
            } else if let directive = notation.directive(source.text(line..<line + 1)) {
                text += directive
                line += 1
            } else if notation.code.contains(line) {
                text += self.line(nesting.line(line, source.text(line..<line + 1)), as: .code)
                line += 1
            } else if let (block, replacement) = markup.replacement(at: line) {
                text += replacement.split(separator: "\n", omittingEmptySubsequences: false).map {
                    self.line($0 + "\n")
                }
                .joined()
                line = block.upperBound
            } else {
                text += self.line(
                    notation.line(line, nesting.line(line, source.text(line..<line + 1))),
                    as: notation.tables.contains(line) ? .row : .prose)
                line += 1
            }
        }
        return text
    }

    private enum Kind { case prose, row, code }

    private mutating func line(_ text: String, as kind: Kind = .prose) -> String {
        let text = kind == .code ? text : JupyterProse.withoutMathDollars(text)
        var result = ""
        var rest = text[...]
        while let match = rest.firstMatch(of: Insertions.placeholder) {
            result += rest[..<match.range.lowerBound]
            if let insertion = insertions[match.1] {
                let markup = markup(of: insertion)
                if kind == .row, case .formula = insertion.content {
                    result += JupyterProse.withoutBars(markup)
                } else {
                    result += markup
                }
            }
            rest = rest[match.range.upperBound...]
        }
        result += rest
        guard kind == .prose, result.hasPrefix("#"), let ending = result.last, ending.isNewline else { return result }
        let heading = HeadingText(String(result.dropLast()))
        return heading.title + String(ending)
    }

    private mutating func markup(of insertion: Insertion) -> String {
        switch insertion.content {
        case .formula(let formula): return markup(of: formula, between: "")
        case .value(let value):
            let text = value.number <= values.count ? values[value.number - 1].text : nil
            return JupyterProse.literal(text.map { PrintedText($0).text } ?? value.expression)
        case .reference(let label): return words(ofReference: label)
        case .citation(let works, let isParenthetical):
            let parts = works.map { part($0) }
            return citations.markup(of: parts, isParenthetical: isParenthetical, linked: false)
        }
    }

    private mutating func part(_ work: Citation) -> Citations.Part {
        let (prefix, suffix) = (work.prefix?.snippet(in: insertions), work.suffix?.snippet(in: insertions))
        return Citations.Part(
            work, prefix: prefix.map { text($0) }, suffix: suffix.map { text($0) },
            reference: work.isReference ? words(ofReference: work.key) : nil)
    }

    /// The footnotes that stand in the midst of a line.
    mutating func lastNotes() -> String {
        notation.lastNotes.map { line(notation.line($0, source.text($0..<$0 + 1))) }.joined(separator: "\n")
    }

    /// A title, an abstract or a caption.
    mutating func text(_ snippet: Snippet) -> String {
        let outer = insertions
        insertions = snippet.insertions
        defer { insertions = outer }
        let whole = Snippet.guardMark + snippet.insertions.text
        let markup = JupyterMarkup(snippet.document, SourceLines(whole)).replacement(at: 1)?.text ?? whole
        return line(String(markup.dropFirst()))
    }

    /// What a reference is called: the words of a link, with formulas as Jupyter has them.
    private func words(ofReference label: String) -> String {
        guard let link = references.link(label) else { return "@" + label }
        guard let heading = manuscript.labels.headings[label], link.address.hasPrefix("#") else {
            return JupyterProse.literal(Publishing.words(of: link.markup))
        }
        var writer = self
        writer.insertions = manuscript.insertions
        let markdown = HeadingText(
            writer.line(source.content(heading.lines.lowerBound).drop { "# ".contains($0) } + "")
        ).title
        return "“\(markdown)”"
    }

    /// Text that Markdown and MathJax are to leave as it is.
    static func literal(_ text: String) -> String {
        text.replacing(/[\\`*_\[\]<>|~#&]/) { "\\" + $0.0 }.replacing("$", with: dollar)
    }

    /// A dollar that begins no formula. Jupyter has MathJax look through what Markdown has made of a text, `\$` included; what stands in
    /// an element of its own it takes for itself.
    static let dollar = "<span>&#36;</span>"

    /// A line of prose whose dollars begin no formula; those of code, addresses and tags stay.
    private static func withoutMathDollars(_ line: String) -> String {
        guard line.contains("$") else { return line }
        var scanner = ProseScanner(text: line, firstLine: 1)
        var result = ""
        while let next = scanner.peek {
            switch next {
            case "`": result += scanner.takeCode()
            case "$":
                _ = scanner.take(1)
                result += dollar
            case "\\":
                let pair = scanner.take(2)
                result += pair == "\\$" ? dollar : pair
            default:
                let tag = next == "<" ? scanner.rest.prefixMatch(of: /<[A-Za-z\/!][^<>]*>/) : nil
                result += scanner.takeLinkTarget() ?? scanner.take(tag?.0.count ?? 1)
            }
        }
        return result
    }

    /// A formula without bars, which would end the cell of a table that it stands in.
    private static func withoutBars(_ formula: String) -> String {
        formula.replacing("\\|", with: "\\Vert ").replacing("|", with: "\\vert ")
    }

    private func markup(of formula: Formula, between edge: String) -> String {
        let source = portableTeX(formula.tex(with: values), macros: formula.macros)
        guard formula.isDisplayed else { return "$" + source + "$" }
        let number = manuscript.labels.all.first { $0.name == formula.label?.name }?.number
        let tex = source.hasSuffix("\n") ? String(source.dropLast()) : source
        return "$$" + edge + tex + (number.map { " \\tag{\($0)}" } ?? "") + edge + "$$"
    }

    /// The works cited so far, as a list under a heading; empty where there are none.
    var citedWorks: String {
        let list = citations.list
        return list.isEmpty ? "" : "## References\n\n" + list
    }
}
