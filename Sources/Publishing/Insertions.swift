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
    /// How typed signs stand in the text, and in what is Markdown within insertions.
    private(set) var typography = Typography.typed

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
        typography = notebook.typography
        readNames()
    }

    /// What stands in a title, an abstract or a caption.
    init(of text: ShortText, _ typography: Typography, macros: MathMacros, values: [InlineValue]) {
        (self.macros, self.typography) = (macros, typography)
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
