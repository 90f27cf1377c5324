public import Notebook
import Math

/// The formulas of a notebook's prose, taken out before Markdown is read: to Markdown, `_` and `*` are emphasis.
///
/// A formula is `$…$` in a line or `$$…$$` over one or more lines, outside code. As in pandoc, the opening dollar of
/// `$…$` has no space behind it, the closing one no space before it and no digit behind it; `\$` is a dollar.
struct Formulas {
    /// The text with a placeholder for each formula; every line keeps its number.
    private(set) var text = ""
    private(set) var formulas: [Formula] = []

    struct Formula {
        let tex: String
        let isDisplayed: Bool
        let position: SourcePosition
    }

    // From Unicode's private-use area: they mean nothing to Markdown.
    private static let opening: Character = "\u{E000}"
    private static let closing: Character = "\u{E001}"
    static var placeholder: Regex<(Substring, Substring)> { /\x{E000}(\d+)\x{E001}/ }

    /// Reads `text`, leaving the lines in `code` alone. A formula does not reach over an empty line.
    init(_ text: String, code: Set<Int>) {
        let source = SourceLines(text)
        var paragraph: [Substring] = []
        for (index, line) in source.lines.enumerated() {
            let isApart = code.contains(index + 1) || line.allSatisfy(\.isWhitespace)
            if !isApart { paragraph.append(line) }
            if isApart || index + 1 == source.lines.count {
                let first = index + (isApart ? 1 : 2) - paragraph.count
                read(FormulaScanner(text: paragraph.joined(), firstLine: first))
                paragraph = []
            }
            if isApart { self.text += line }
        }
    }

    private mutating func read(_ scanner: FormulaScanner) {
        var scanner = scanner
        while let character = scanner.peek {
            if character == "`" {
                text += scanner.takeCode()
            } else if character == "\\" {
                text += scanner.take(2)
            } else if character == "$", let formula = scanner.takeFormula() {
                // The lines that the formula stood on follow as empty ones.
                let lines = String(repeating: "\n", count: formula.tex.count { $0.isNewline })
                text += "\(Formulas.opening)\(formulas.count)\(Formulas.closing)\(lines)"
                formulas.append(formula)
            } else if let target = scanner.takeLinkTarget() {
                text += target
            } else {
                let isPlaceholder = character == Formulas.opening || character == Formulas.closing
                text += isPlaceholder ? "\u{FFFD}" : scanner.take(1)
                if isPlaceholder { _ = scanner.take(1) }
            }
        }
    }

    /// The MathML of formula `index`; its source where it cannot be read, which ``problems`` tells.
    func markup(_ index: Int) -> String {
        guard formulas.indices.contains(index) else { return "" }
        let formula = formulas[index]
        let markup = (try? mathML(formula.tex, display: formula.isDisplayed)) ?? element("code", escaped(formula.tex))
        return formula.isDisplayed ? element("span", ["class": "display"], markup) : markup
    }

    /// The source of formula `index`.
    func tex(_ index: Int) -> String { formulas.indices.contains(index) ? formulas[index].tex : "" }

    /// The formulas that cannot be read, placed in the notebook.
    var problems: [Diagnostic] {
        formulas.compactMap { (formula) -> Diagnostic? in
            do throws(MathError) {
                _ = try mathML(formula.tex, display: formula.isDisplayed)
                return nil
            } catch {
                let before = formula.tex.utf8.prefix(error.offset)
                let line = before.count { $0 == UInt8(ascii: "\n") }
                let column = before.reversed().prefix { $0 != UInt8(ascii: "\n") }.count
                let position = SourcePosition(
                    line: formula.position.line + line, column: (line == 0 ? formula.position.column : 1) + column)
                return Diagnostic(.error, at: position, "in this formula: \(error)")
            }
        }
    }
}

extension Formulas {
    /// The formulas of `notebook`, its front matter blanked.
    init(of notebook: Notebook) {
        let text = prose(of: notebook)
        var code: Set<Int> = []
        func visit(_ node: MarkdownNode) {
            if node.typeName == "code_block" || node.typeName == "html_block" { code.formUnion(node.lines) }
            node.children.forEach(visit)
        }
        visit(MarkdownDocument(text).root)
        self.init(text, code: code)
    }
}

/// The text of `notebook`, its front matter blanked, so that Markdown reads the rest on the same lines.
func prose(of notebook: Notebook) -> String {
    let source = SourceLines(notebook.text)
    return notebook.blocks.map { block in
        if case .frontMatter(let lines) = block { return String(repeating: "\n", count: lines.count) }
        return source.text(block.lines)
    }.joined()
}

/// What is wrong with the formulas in `notebook`'s prose.
public func formulaProblems(in notebook: Notebook) -> [Diagnostic] { Formulas(of: notebook).problems }

/// Walks through a paragraph, keeping count of lines and columns.
private struct FormulaScanner {
    private let text: String
    private var index: String.Index
    private var position: SourcePosition

    init(text: String, firstLine: Int) {
        self.text = text
        index = text.startIndex
        position = SourcePosition(line: firstLine)
    }

    var peek: Character? { index < text.endIndex ? text[index] : nil }

    mutating func take(_ count: Int) -> String {
        let end = text.index(index, offsetBy: count, limitedBy: text.endIndex) ?? text.endIndex
        return take(to: end)
    }

    private mutating func take(to end: String.Index) -> String {
        let taken = text[index..<end]
        for character in taken {
            if character.isNewline {
                position = SourcePosition(line: position.line + 1)
            } else {
                position.column += character.utf8.count
            }
        }
        index = end
        return String(taken)
    }

    /// Code in backticks; the backticks alone where nothing closes them.
    mutating func takeCode() -> String {
        let ticks = text[index...].prefix { $0 == "`" }.count
        let start = text.index(index, offsetBy: ticks)
        var search = start
        while let found = text[search...].firstIndex(of: "`") {
            let run = text[found...].prefix { $0 == "`" }.count
            search = text.index(found, offsetBy: run)
            if run == ticks { return take(to: search) }
        }
        return take(to: start)
    }

    /// What an inline link leads to, or a bare address: dollars in it are no formula's.
    mutating func takeLinkTarget() -> String? {
        let rest = text[index...]
        let end: String.Index?
        if rest.hasPrefix("](") {
            end = rest.firstIndex { $0 == ")" || $0.isWhitespace }
        } else if rest.hasPrefix("http://") || rest.hasPrefix("https://") {
            end = rest.firstIndex { $0.isWhitespace || $0 == ">" || $0 == ")" }
        } else {
            return nil
        }
        return take(to: end ?? text.endIndex)
    }

    mutating func takeFormula() -> Formulas.Formula? {
        let rest = text[index...]
        let isDisplayed = rest.hasPrefix("$$")
        let mark = isDisplayed ? "$$" : "$"
        let start = rest.index(rest.startIndex, offsetBy: mark.count)
        guard let end = isDisplayed ? rest[start...].firstRange(of: mark)?.lowerBound : inlineEnd(from: start) else {
            return nil
        }
        let tex = String(rest[start..<end])
        guard !tex.allSatisfy(\.isWhitespace) else { return nil }
        _ = take(mark.count)
        let place = position
        _ = take(to: text.index(end, offsetBy: mark.count))
        return Formulas.Formula(tex: tex, isDisplayed: isDisplayed, position: place)
    }

    private func inlineEnd(from start: String.Index) -> String.Index? {
        guard start < text.endIndex, !text[start].isWhitespace else { return nil }
        var search = start
        while search < text.endIndex, !text[search].isNewline {
            if text[search] == "\\" {
                search = text.index(search, offsetBy: 2, limitedBy: text.endIndex) ?? text.endIndex
                continue
            }
            if text[search] == "$" {
                let next = text.index(after: search)
                let isClosing =
                    search > start && !text[text.index(before: search)].isWhitespace
                    && (next == text.endIndex || !text[next].isNumber)
                return isClosing ? search : nil
            }
            search = text.index(after: search)
        }
        return nil
    }
}
