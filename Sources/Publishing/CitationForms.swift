import Notebook

/// Works as pandoc's Markdown cites them: `@a`, `@a [p. 3; @b]`, `-@a`, `[see @a, pp. 3-5; -@b]`, `@{any key}`.
extension ProseScanner {
    /// How many characters brackets with works may have.
    private static let longestBrackets = 2000
    private static let deepestBrackets = 8

    /// What stands between two brackets, as far as citations go.
    private struct Brackets {
        /// Where the closing bracket is.
        var end: String.Index
        /// The semicolons that set works apart, and where the `@` of each key is.
        var semicolons: [String.Index] = []
        var marks: [String.Index] = []
    }

    /// `@name`, or `-@name`, that does not continue a word, as an address of mail does.
    mutating func takeWork() -> Insertion? {
        let mark = rest.hasPrefix("-") ? rest.index(after: rest.startIndex) : rest.startIndex
        guard let key = key(at: mark), !continuesWord(at: rest.startIndex) else { return nil }
        let isYearOnly = mark > rest.startIndex
        if CrossReference.isLabel(key.name) {
            if isYearOnly { return nil }
            let place = place
            _ = take(to: key.end)
            return Insertion(content: .reference(key.name), position: place)
        }
        let start = place
        var work = Citation(key: key.name, position: place(at: mark), yearOnly: isYearOnly)
        var works: [Citation] = []
        _ = take(to: key.end)
        var endings = 0
        if let behind = worksBehind() {
            work.suffix = behind.suffix
            works = behind.works
            endings = take(to: behind.end).count { $0.isNewline }
        }
        return Insertion(
            content: .citation([work] + works, isParenthetical: false), position: start, lineEndings: endings)
    }

    /// What stands in brackets behind a work in the sentence: where in it, and further works.
    private func worksBehind() -> (suffix: Citation.Words?, works: [Citation], end: String.Index)? {
        let start = rest.drop { $0 == " " || $0 == "\t" }.startIndex
        guard start > rest.startIndex, start < rest.endIndex, rest[start] == "[" else { return nil }
        let inner = rest.index(after: start)
        guard let brackets = brackets(from: inner), !leadsOn(behind: brackets), inner < brackets.end,
            // `[^1]` is a footnote, `[ ]` a box to tick.
            rest[inner] != "^", !rest[inner..<brackets.end].allSatisfy(\.isWhitespace)
        else { return nil }
        let parts = parts(of: brackets, from: inner)
        // Brackets that begin with a work are a citation of their own.
        guard let first = parts.first, !brackets.marks.contains(where: first.contains) else { return nil }
        let suffix = words(first, separator: ", ")
        var works: [Citation] = []
        for part in parts.dropFirst() {
            guard case .success(let work?) = work(in: part, brackets) else { return nil }
            works.append(work)
        }
        return (suffix, works, rest.index(after: brackets.end))
    }

    /// Works in brackets. Brackets with anything else in them are a link's, or plain.
    mutating func takeWorks() -> Insertion? {
        guard case .success(let found?) = works() else { return nil }
        let place = place
        let endings = take(to: found.end).count { $0.isNewline }
        return Insertion(
            content: .citation(found.works, isParenthetical: true), position: place, lineEndings: endings)
    }

    /// Why the brackets that begin here hold works and cannot be read; `nil` where they are in order, or hold none.
    mutating func takeRefusedWorks() -> InlineNotation? {
        guard case .failure(let refusal) = works() else { return nil }
        let position = place
        return .unknown(take(1), Diagnostic(.error, at: position, refusal.message))
    }

    private struct Refusal: Error { let message: String }

    private func works() -> Result<(works: [Citation], end: String.Index)?, Refusal> {
        guard rest.hasPrefix("["), let brackets = brackets(from: rest.index(after: rest.startIndex)),
            !brackets.marks.isEmpty, !leadsOn(behind: brackets)
        else { return .success(nil) }
        var works: [Citation] = []
        for part in parts(of: brackets, from: rest.index(after: rest.startIndex)) {
            switch work(in: part, brackets) {
            case .success(let work?): works.append(work)
            case .success(nil): return .success(nil)
            case .failure(let refusal): return .failure(refusal)
            }
        }
        return .success((works, rest.index(after: brackets.end)))
    }

    private func parts(of brackets: Brackets, from start: String.Index) -> [Range<String.Index>] {
        let starts = [start] + brackets.semicolons.map { rest.index(after: $0) }
        return zip(starts, brackets.semicolons + [brackets.end]).map { $0..<$1 }
    }

    /// The work that a part cites: `see -@a, p. 3`; `nil` where it has no key.
    private func work(in part: Range<String.Index>, _ brackets: Brackets) -> Result<Citation?, Refusal> {
        let marks = brackets.marks.filter(part.contains)
        guard let mark = marks.first, let key = key(at: mark) else { return .success(nil) }
        let cited = rest[mark..<key.end]
        if marks.count > 1 {
            return .failure(Refusal(message: "works in brackets are set apart by semicolons: `[\(cited); …]`"))
        }
        if rest[part].contains("`" + InlineValue.mark) {
            return .failure(Refusal(message: "a value cannot stand in the brackets of `\(cited)`: put it before them"))
        }
        let before = rest[part.lowerBound..<mark]
        let isYearOnly = before.last == "-" && !continuesWord(at: before.index(before: before.endIndex))
        var work = Citation(key: key.name, position: place(at: mark), yearOnly: isYearOnly)
        let prefix = isYearOnly ? before.dropLast() : before
        work.prefix = words(
            prefix.startIndex..<prefix.endIndex, separator: prefix.last?.isWhitespace == true ? " " : "")
        work.suffix = suffix(key.end..<part.upperBound)
        return .success(work)
    }

    /// What stands behind a key, with what sets it apart. Braces hold where in the work it is: `@a{ii, A}, as he says`.
    private func suffix(_ range: Range<String.Index>) -> Citation.Words? {
        if let match = rest[range].wholeMatch(of: /,?\s*\{([^{}]*)\}(.*)/.dotMatchesNewlines()) {
            let words = Citation.Words(
                String(match.1) + (match.1.isEmpty ? match.2.drop { ",".contains($0) } : match.2),
                at: place(at: range.lowerBound), separator: ", ")
            return words.text.text.isEmpty ? nil : words
        }
        let text = rest[range]
        if text.first == "," { return words(text.index(after: text.startIndex)..<range.upperBound, separator: ", ") }
        guard text.first?.isWhitespace == true else { return words(range, separator: "") }
        let isPlace = text.prefixMatch(of: /\s*(?:\d|[A-Za-z§¶]+\.?\s*\d)/) != nil
        return words(range, separator: isPlace ? ", " : " ")
    }

    private func words(_ range: Range<String.Index>, separator: String) -> Citation.Words? {
        guard let start = rest[range].firstIndex(where: { !$0.isWhitespace }) else { return nil }
        return Citation.Words(String(rest[range]), at: place(at: start), separator: separator)
    }

    // MARK: Keys and brackets

    /// The key behind the `@` at `mark`.
    private func key(at mark: String.Index) -> (name: String, end: String.Index)? {
        guard mark < rest.endIndex, rest[mark] == "@" else { return nil }
        let text = rest[mark...]
        if let match = text.prefixMatch(of: CrossReference.pattern) { return (String(match.1), match.range.upperBound) }
        return text.prefixMatch(of: /@\{([^{}\s]{1,200})\}/).map { (String($0.1), $0.range.upperBound) }
    }

    /// Scripts that write no spaces may have a letter before a citation.
    private func continuesWord(at place: String.Index) -> Bool {
        let before = place == rest.startIndex ? self.before : rest[rest.index(before: place)]
        return before.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") } ?? false
    }

    /// Whether the brackets are a link's, or a definition's.
    private func leadsOn(behind brackets: Brackets) -> Bool {
        let behind = rest.index(after: brackets.end)
        return behind < rest.endIndex && "([:".contains(rest[behind])
    }

    private func brackets(from start: String.Index) -> Brackets? {
        var brackets = Brackets(end: start)
        var depth = 0
        var search = start
        let last = rest.index(start, offsetBy: ProseScanner.longestBrackets, limitedBy: rest.endIndex) ?? rest.endIndex
        while search < last, depth <= ProseScanner.deepestBrackets {
            switch rest[search] {
            case "\\":
                search = rest.index(search, offsetBy: 2, limitedBy: last) ?? last
                continue
            case "`":
                search = endOfCode(from: search)
                continue
            case "$":
                let next = rest.index(after: search)
                search = inlineEnd(from: next, countsBraces: true).end.map { rest.index(after: $0) } ?? next
                continue
            case "]" where depth == 0:
                brackets.end = search
                return brackets
            case "[", "{": depth += 1
            case "]", "}": depth -= 1
            case ";" where depth == 0: brackets.semicolons.append(search)
            case "@" where depth == 0 && !continuesWord(at: search):
                if let key = key(at: search) {
                    brackets.marks.append(search)
                    search = key.end
                    continue
                }
            default: break
            }
            search = rest.index(after: search)
        }
        return nil
    }
}
