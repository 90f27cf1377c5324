import Notebook

/// Walks through a paragraph, keeping count of lines and columns, and takes out what is not Markdown's.
struct ProseScanner {
    private let text: String
    private let isQuotation: Bool
    private var index: String.Index
    private var position: SourcePosition
    /// The inline values, by their places.
    private let values: [SourcePosition: InlineValue]
    private var lastRuns: [Int: String.Index]?
    /// Up to here, formulas are looked for without regard to braces.
    private var unclosedBraces: String.Index

    init(text: String, firstLine: Int, isQuotation: Bool = false, values: [SourcePosition: InlineValue] = [:]) {
        self.init(text: text, at: SourcePosition(line: firstLine), isQuotation: isQuotation, values: values)
    }

    init(text: String, at position: SourcePosition, isQuotation: Bool = false, values: [SourcePosition: InlineValue]) {
        self.text = text
        self.isQuotation = isQuotation
        self.values = values
        index = text.startIndex
        unclosedBraces = text.startIndex
        self.position = position
    }

    var peek: Character? { index < text.endIndex ? text[index] : nil }

    /// The character before the present place, what comes from it on, and where it is.
    var before: Character? { index > text.startIndex ? text[text.index(before: index)] : nil }
    var rest: Substring { text[index...] }
    var place: SourcePosition { position }

    mutating func take(_ count: Int) -> String {
        let end = text.index(index, offsetBy: count, limitedBy: text.endIndex) ?? text.endIndex
        return take(to: end)
    }

    mutating func take(to end: String.Index) -> String {
        let taken = text[index..<end]
        position = place(at: end)
        index = end
        return String(taken)
    }

    /// The place of `end`, which is not before the present one.
    func place(at end: String.Index) -> SourcePosition {
        var position = position
        for character in text[index..<end] {
            if character.isNewline {
                position = SourcePosition(line: position.line + 1)
            } else {
                position.column += character.utf8.count
            }
        }
        return position
    }

    /// Code in backticks; the backticks alone where nothing closes them.
    mutating func takeCode() -> String {
        let ticks = text[index...].prefix { $0 == "`" }.count
        let start = text.index(index, offsetBy: ticks)
        if lastRuns == nil { lastRuns = runsOfBackticks() }
        // Without this, each run that nothing closes would be looked for to the end.
        guard let last = lastRuns?[ticks], last >= start else { return take(to: start) }
        var search = start
        while let found = text[search...].firstIndex(of: "`") {
            let run = text[found...].prefix { $0 == "`" }.count
            search = text.index(found, offsetBy: run)
            if run == ticks { return take(to: search) }
        }
        return take(to: start)
    }

    /// Where the last run of backticks of each length begins.
    private func runsOfBackticks() -> [Int: String.Index] {
        var runs: [Int: String.Index] = [:]
        var search = text.startIndex
        while let found = text[search...].firstIndex(of: "`") {
            let end = text[found...].firstIndex { $0 != "`" } ?? text.endIndex
            runs[text.distance(from: found, to: end)] = found
            search = end
        }
        return runs
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

    /// A formula, reference, citation or inline value that begins here.
    mutating func takeInsertion() -> Insertion? {
        switch peek {
        case "$": takeFormula()
        case "@", "-": takeWork()
        case "[": takeWorks()
        case "`": takeValue()
        default: nil
        }
    }
}

extension ProseScanner {
    private mutating func takeValue() -> Insertion? {
        guard let value = values[position],
            let end = text.utf8.index(index, offsetBy: value.length, limitedBy: text.endIndex)
        else { return nil }
        _ = take(to: end)
        return Insertion(content: .value(value), position: value.position)
    }
}

// MARK: Formulas

extension ProseScanner {
    private mutating func takeFormula() -> Insertion? {
        let rest = text[index...]
        let isDisplayed = rest.hasPrefix("$$")
        let mark = isDisplayed ? "$$" : "$"
        let start = rest.index(rest.startIndex, offsetBy: mark.count)
        guard let end = isDisplayed ? rest[start...].firstRange(of: mark)?.lowerBound : inlineEnd(from: start) else {
            return nil
        }
        var tex = String(rest[start..<end])
        if isQuotation {
            // A quotation's marks are no part of the formula; its columns stay.
            tex = tex.replacing(/\n[ \t]*(?:>[ \t]?)+/) { $0.0.replacing(">", with: " ") }
        }
        guard !tex.allSatisfy(\.isWhitespace) else { return nil }
        let place = place(at: start)
        let held = values(in: start..<end)
        _ = take(to: text.index(end, offsetBy: mark.count))
        var formula = Formula(
            tex: tex, isDisplayed: isDisplayed, position: place, label: isDisplayed ? takeLabel() : nil)
        formula.values = held
        return Insertion(content: .formula(formula), position: place, lineEndings: tex.count { $0.isNewline })
    }

    private mutating func takeLabel() -> PlacedLabel? {
        guard let match = text[index...].prefixMatch(of: PlacedLabel.pattern) else { return nil }
        let label = PlacedLabel(name: String(match.1), position: place(at: match.1.startIndex))
        _ = take(to: match.range.upperBound)
        return label
    }

    /// The inline values between two places.
    private func values(in range: Range<String.Index>) -> [Formula.HeldValue] {
        guard !values.isEmpty, text[range].contains("`") else { return [] }
        var scanner = self
        _ = scanner.take(to: range.lowerBound)
        var held: [Formula.HeldValue] = []
        while scanner.index < range.upperBound {
            if scanner.peek == "`" {
                let place = scanner.position
                let source = scanner.takeCode()
                if let value = values[place] { held.append(Formula.HeldValue(source: source, value: value)) }
            } else {
                _ = scanner.take(1)
            }
        }
        return held
    }

    /// Where the dollar is that closes a formula in a line. Code binds first, as in all of Markdown; a dollar in braces
    /// belongs to a formula in words, as `\text{if $n$ is even}` has it.
    private mutating func inlineEnd(from start: String.Index) -> String.Index? {
        guard start < text.endIndex, !text[start].isWhitespace else { return nil }
        if start < unclosedBraces { return inlineEnd(from: start, countsBraces: false).end }
        let found = inlineEnd(from: start, countsBraces: true)
        if found.end == nil, found.isInBraces {
            // A line whose braces do not close is looked through once with them.
            unclosedBraces = text[start...].firstIndex(where: \.isNewline) ?? text.endIndex
            return inlineEnd(from: start, countsBraces: false).end
        }
        return found.end
    }

    func inlineEnd(
        from start: String.Index, countsBraces: Bool
    ) -> (end: String.Index?, isInBraces: Bool) {
        var search = start
        var depth = 0
        var sawDollarInBraces = false
        while search < text.endIndex, !text[search].isNewline {
            switch text[search] {
            case "\\":
                search = text.index(search, offsetBy: 2, limitedBy: text.endIndex) ?? text.endIndex
                continue
            case "{" where countsBraces: depth += 1
            case "}" where countsBraces: depth -= 1
            case "`":
                search = endOfCode(from: search)
                continue
            case "$" where depth > 0: sawDollarInBraces = true
            case "$":
                let next = text.index(after: search)
                let isClosing =
                    search > start && !text[text.index(before: search)].isWhitespace
                    && (next == text.endIndex || !text[next].isNumber)
                return (isClosing ? search : nil, false)
            default: break
            }
            search = text.index(after: search)
        }
        return (nil, sawDollarInBraces)
    }

    /// Behind the code that begins at `start`; behind its backticks where nothing on the line closes it.
    func endOfCode(from start: String.Index) -> String.Index {
        let ticks = text[start...].prefix { $0 == "`" }
        var search = ticks.endIndex
        while search < text.endIndex, !text[search].isNewline {
            guard text[search] == "`" else {
                search = text.index(after: search)
                continue
            }
            let run = text[search...].prefix { $0 == "`" }
            if run.count == ticks.count { return run.endIndex }
            search = run.endIndex
        }
        return ticks.endIndex
    }
}

// MARK: References and citations

extension ProseScanner {
    /// `\eqref{eq:loss}` and `\ref{fig:loss}`, as LaTeX refers to what has a label.
    mutating func takeTeXReference() -> Insertion? {
        guard let match = text[index...].prefixMatch(of: /\\(eq)?ref\{([A-Za-z][A-Za-z0-9:_.-]{0,100})\}/) else {
            return nil
        }
        let place = position
        _ = take(to: match.range.upperBound)
        return Insertion(
            content: .reference(CrossReference.label(ofTeX: String(match.2), usual: .equation)), position: place)
    }
}
