import Math
import Notebook

/// What stands in prose and is not Markdown's, taken out before Markdown is read: formulas, references, citations, inline
/// values.
///
/// To Markdown, `_` and `*` in a formula are emphasis. A formula is `$…$` in a line or `$$…$$` over one or more lines,
/// outside code, or a fence of `math`. As in pandoc, the opening dollar of `$…$` has no space behind it, the closing one
/// no space before it and no digit behind it; `\$` is a dollar, `\@` an at sign.
struct Insertions {
    /// The text with a placeholder for each insertion; every line keeps its number.
    private(set) var text = ""
    private(set) var all: [Insertion] = []
    /// Where in ``all`` the formula of a fence is, by the fence's first line.
    private(set) var fences: [Int: Int] = [:]
    /// The lines `::: …`, in order.
    private var directives: [Directive] = []
    /// What is wrong with them, and with other notation that is not Markdown's.
    private(set) var problems: [Diagnostic] = []
    /// What stands in `^[…]`, and where; it is appended to the text as footnotes.
    private var opened: [SourcePosition] = []
    private var notes: [(text: String, position: SourcePosition)] = []
    /// The commands that are defined at the end.
    private(set) var macros = MathMacros()

    // From Unicode's private-use area: they mean nothing to Markdown.
    private static let opening: Character = "\u{E000}"
    private static let closing: Character = "\u{E001}"
    static var placeholder: Regex<(Substring, Substring)> { /\x{E000}(\d+)\x{E001}/ }

    /// No text.
    init() {}

    /// Reads `text`, leaving the lines in `code` alone. Nothing that is taken out reaches over an empty line.
    private init(
        _ text: String, code: Set<Int>, quotations: Set<Int>, fences: [Int: Formula], values: [InlineValue]
    ) {
        let values = Dictionary(values.map { ($0.position, $0) }, uniquingKeysWith: { first, _ in first })
        let source = SourceLines(text)
        var paragraph: [Substring] = []
        for (index, line) in source.lines.enumerated() {
            let directive = code.contains(index + 1) ? nil : Directive.read(line)
            let isApart = directive != nil || code.contains(index + 1) || line.allSatisfy(\.isWhitespace)
            if !isApart { paragraph.append(line) }
            if isApart || index + 1 == source.lines.count {
                let first = index + (isApart ? 1 : 2) - paragraph.count
                read(
                    ProseScanner(
                        text: paragraph.joined(), firstLine: first, isQuotation: quotations.contains(first),
                        values: values))
                paragraph = []
            }
            if let directive {
                add(directive.directive, behind: directive.before, at: SourcePosition(line: index + 1))
            } else if isApart {
                self.text += line
            }
            if let formula = fences[index + 1] {
                self.fences[index + 1] = all.count
                all.append(Insertion(content: .formula(formula), position: formula.position))
            }
        }
        readNotes(values)
        tellUnclosed()
    }

    private mutating func readNotes(_ values: [SourcePosition: InlineValue]) {
        var next = 0
        while next < notes.count {
            let note = notes[next]
            next += 1
            text += "\n\n[^\(Insertions.noteName(next))]: "
            read(ProseScanner(text: note.text, at: note.position, values: values))
        }
        if next > 0 { text += "\n" }
    }

    private static let mostBlocks = 20

    private static func noteName(_ number: Int) -> String { "in-line-\(number)" }

    private mutating func read(_ scanner: ProseScanner) {
        var scanner = scanner
        while let character = scanner.peek {
            if let notation = scanner.takeNotation() {
                switch notation {
                case .markup(let markup): text += markup
                case .note(let note, let position):
                    notes.append((note, position))
                    text += "[^\(Insertions.noteName(notes.count))]"
                case .unknown(let source, let problem):
                    text += source
                    problems.append(problem)
                }
            } else if character == "\\", let reference = scanner.takeTeXReference() {
                text += "\(Insertions.opening)\(all.count)\(Insertions.closing)"
                all.append(reference)
            } else if character == "\\" {
                text += scanner.take(2)
            } else if let insertion = scanner.takeInsertion() {
                // The line endings of what was taken out follow it.
                text += "\(Insertions.opening)\(all.count)\(Insertions.closing)"
                text += String(repeating: "\n", count: insertion.lineEndings)
                all.append(insertion)
            } else if character == "`" {
                text += scanner.takeCode()
            } else if let target = scanner.takeLinkTarget() {
                text += target
            } else {
                let isPlaceholder = character == Insertions.opening || character == Insertions.closing
                text += isPlaceholder ? "\u{FFFD}" : scanner.take(1)
                if isPlaceholder { _ = scanner.take(1) }
            }
        }
    }

    /// The formulas, in the notebook's order.
    var formulas: [Formula] {
        all.compactMap { if case .formula(let formula) = $0.content { formula } else { nil } }
    }

    /// The directive that a comment of ``text`` stands for.
    func directive(_ literal: String) -> Directive? {
        guard let match = literal.wholeMatch(of: Directive.commentPattern), let number = Int(match.1),
            directives.indices.contains(number)
        else { return nil }
        return directives[number]
    }

    private mutating func add(
        _ directive: Result<Directive, DirectiveError>, behind before: Substring, at position: SourcePosition
    ) {
        switch directive {
        case .success(.end) where opened.isEmpty:
            problems.append(
                Diagnostic(.error, at: position, "this `:::` closes nothing: remove it, or open a block above"))
        case .success(.end): opened.removeLast()
        case .success:
            if opened.count == Insertions.mostBlocks {
                let message = "more than \(Insertions.mostBlocks) blocks `:::` stand in each other; close some before"
                problems.append(Diagnostic(.error, at: position, message))
            }
            opened.append(position)
        case .failure(let error):
            // Its end is to close something.
            opened.append(position)
            problems.append(Diagnostic(.error, at: position, error.description))
        }
        text += before + Directive.comment(directives.count) + "\n"
        directives.append((try? directive.get()) ?? .callout(.note, title: nil))
    }

    private mutating func tellUnclosed() {
        problems += opened.map { Diagnostic(.error, at: $0, "this block is never closed: end it with a line `:::`") }
    }

    /// The insertion that a placeholder in `literal` stands for.
    subscript(number: Substring) -> Insertion? {
        Int(number).flatMap { all.indices.contains($0) ? all[$0] : nil }
    }

    /// `literal` with each insertion as it was written.
    func plainText(_ literal: String) -> String {
        literal.replacing(Insertions.placeholder) { self[$0.1]?.source ?? "" }
    }
}

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

/// A work as prose cites it: `see @hinton2015, section 2`.
struct Citation: Hashable {
    let key: String
    let position: SourcePosition
    var prefix = ""
    var locator = ""
    /// Whether the author is named in the sentence already: `-@hinton2015`.
    var yearOnly = false
    /// Whether it is a figure, section or the like, which may stand in the same brackets.
    var isReference: Bool { CrossReference.isLabel(key) }
}

extension Insertions {
    /// What stands in the prose of `notebook`, its front matter blanked.
    init(of notebook: Notebook) {
        var code: Set<Int> = []
        var quotations: Set<Int> = []
        var fences: [Int: Formula] = [:]
        func visit(_ node: MarkdownNode) {
            let lines = notebook.lines(of: node)
            if node.typeName == "code_block" || node.typeName == "html_block" { code.formUnion(lines) }
            if node.typeName == "block_quote" { quotations.formUnion(lines) }
            if node.fenceWord == "math" { fences[lines.lowerBound] = Formula(fence: node, line: lines.lowerBound) }
            node.children.forEach(visit)
        }
        visit(notebook.markdown.root)
        self.init(
            prose(of: notebook), code: code, quotations: quotations, fences: fences, values: notebook.inlineValues)
        macros = MathMacros(of: notebook)
        readNames()
    }

    /// What stands in a title, an abstract or a caption.
    init(of text: ShortText, macros: MathMacros, values: [InlineValue]) {
        self.macros = macros
        let known = Dictionary(values.map { ($0.position, $0) }, uniquingKeysWith: { first, _ in first })
        read(ProseScanner(text: text.text, at: text.position, values: known))
        readNames()
    }

    /// Gives each formula the commands that are defined before it, and takes names and tags from its source.
    private mutating func readNames() {
        let marks = [
            "\\label", "\\tag", "\\newcommand", "\\renewcommand", "\\providecommand", "\\def", "\\let", "\\Declare",
        ]
        for (index, insertion) in all.enumerated() {
            guard case .formula(var formula) = insertion.content else { continue }
            formula.macros = macros
            let hasMark = formula.tex.contains("\\") && marks.contains { formula.tex.contains($0) }
            if hasMark, let typeset = try? Typeset(formula.tex(with: []), display: formula.isDisplayed, macros: macros)
            {
                macros = typeset.macros
                formula.tag = typeset.tag
                var labels = typeset.labels.map { label in
                    PlacedLabel(
                        name: CrossReference.label(ofTeX: label.name, usual: .equation),
                        position: formula.position(atByte: label.offset))
                }
                if formula.label == nil, formula.isDisplayed, !labels.isEmpty { formula.label = labels.removeFirst() }
                formula.furtherLabels = labels
            }
            guard hasMark || !macros.isEmpty else { continue }
            all[index] = Insertion(
                content: .formula(formula), position: insertion.position, lineEndings: insertion.lineEndings)
        }
    }
}

extension MathMacros {
    /// The commands that the front matter defines; none where they cannot be read, which is told as a problem.
    init(of notebook: Notebook) {
        let macros = try? notebook.frontMatter.macros.map { try MathMacros(definitions: $0) }
        self = macros ?? MathMacros()
    }
}

/// The text of `notebook`, its front matter blanked, so that Markdown reads the rest on the same lines.
private func prose(of notebook: Notebook) -> String {
    let source = SourceLines(notebook.text)
    return notebook.blocks.map { block in
        if case .frontMatter(let lines) = block { return String(repeating: "\n", count: lines.count) }
        return source.text(block.lines)
    }.joined()
}

extension Formula {
    /// The formula of a fence that begins on `line`, its label behind the word `math`.
    fileprivate init(fence: MarkdownNode, line: Int) {
        let label = fence.fenceInfo.dropFirst("math".count).wholeMatch(of: PlacedLabel.pattern).map {
            PlacedLabel(name: String($0.1), position: SourcePosition(line: line, column: fence.column))
        }
        self.init(
            tex: fence.literal, isDisplayed: true, position: SourcePosition(line: line + 1, column: fence.column),
            label: label, margin: fence.column)
    }
}
