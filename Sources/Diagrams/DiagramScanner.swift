/// Walks through a diagram's source, keeping count of lines and columns. A value: to go back is to assign.
struct DiagramScanner {
    private let text: [Character]
    private var index = 0
    private var line = 1
    private var column = 1

    init(_ text: String) { self.text = Array(text) }

    var isAtEnd: Bool { index == text.count }

    var isAtSpace: Bool { isAtEnd || text[index].isWhitespace }

    /// Whether nothing more stands on the line, or in front of a semicolon.
    var isAtEndOfStatement: Bool {
        var copy = self
        copy.skipSpaces()
        return copy.isAtEnd || copy.text[copy.index].isNewline || copy.isAt(";")
    }

    /// Whether nothing stands before this place on its line.
    private var isAtLineStart: Bool {
        let before = text[..<index].lastIndex { !$0.isWhitespace || $0.isNewline }
        return before.map { text[$0].isNewline } ?? true
    }

    /// The sign that is next.
    var next: Character? { isAtEnd ? nil : text[index] }

    /// The rest of the line, as a message may quote it.
    var rest: String {
        let end = text[index...].firstIndex(where: \.isNewline) ?? text.count
        let shown = text[index..<min(end, index + 24)]
        return String(shown) + (shown.endIndex < end ? "…" : "")
    }

    func error(_ message: String) -> DiagramError { DiagramError(message: message, line: line, column: column) }

    func isAt(_ word: String) -> Bool { text[index...].starts(with: word) }

    mutating func take(_ word: String) -> Bool {
        guard isAt(word) else { return false }
        for _ in word { advance() }
        return true
    }

    mutating func takeRun(of sign: String) -> Int {
        var count = 0
        while take(sign) { count += 1 }
        return count
    }

    /// Letters and digits.
    mutating func takeWord() -> String { takeWhile { $0.isLetter || $0.isNumber } }

    /// A node's name: letters and digits of any script and `_`, single hyphens, dots and the like between them.
    mutating func takeName() -> String {
        func isNamed(_ character: Character) -> Bool { character.isLetter || character.isNumber || character == "_" }
        var name = takeWhile(isNamed)
        while !name.isEmpty, let joint = next, "-./+'".contains(joint), index + 1 < text.count, isNamed(text[index + 1])
        {
            name.append(text[index])
            advance()
            name += takeWhile(isNamed)
        }
        return name
    }

    /// The text before the first of `closings`; `nil`, and nothing taken, where none follows.
    mutating func takeText(until closings: [String], acrossLines: Bool) -> String? {
        let start = self
        var taken = ""
        while !isAtEnd, acrossLines || !text[index].isNewline {
            if closings.contains(where: isAt) { return taken }
            taken.append(text[index])
            advance()
        }
        self = start
        return nil
    }

    mutating func skipSpaces() { _ = takeWhile { $0.isWhitespace && !$0.isNewline } }

    /// Takes the end of a line.
    mutating func takeLineEnd() -> Bool {
        guard !isAtEnd, text[index].isNewline else { return false }
        advance()
        return true
    }

    /// Skips empty lines, semicolons, comments on lines of their own, and directives between `%%{` and `}%%`.
    mutating func skipEmptyStatements() {
        while true {
            _ = takeWhile { $0.isWhitespace || $0 == ";" }
            guard isAt("%%"), isAtLineStart else { return }
            let isDirective = isAt("%%{") && takeText(until: ["}%%"], acrossLines: true) != nil
            if !(isDirective && take("}%%")) { _ = takeLine() }
        }
    }

    /// The rest of the line.
    mutating func takeLine() -> String { takeWhile { !$0.isNewline } }

    /// The text before the first sign that meets `condition`.
    mutating func takeText(before condition: (Character) -> Bool) -> String { takeWhile { !condition($0) } }

    private mutating func takeWhile(_ condition: (Character) -> Bool) -> String {
        let start = index
        while !isAtEnd, condition(text[index]) { advance() }
        return String(text[start..<index])
    }

    private mutating func advance() {
        if text[index].isNewline {
            line += 1
            column = 1
        } else {
            column += text[index].utf8.count
        }
        index += 1
    }
}

extension Substring {
    var trimmingSpaces: Substring {
        var rest = drop(while: \.isWhitespace)
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return rest
    }
}
