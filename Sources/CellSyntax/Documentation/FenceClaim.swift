/// What a comment in documentation says that the code above or before it gives.
public struct FenceClaim: Hashable, Sendable {
    /// The thing that a comment speaks of.
    public enum Subject: Hashable, Sendable {
        /// What the statement prints.
        case output
        /// The value of the statement itself.
        case value
        /// The value of an expression that the comment names.
        case named(String)
    }

    /// A stretch of a comment's line.
    public struct Part: Hashable, Sendable {
        /// The line in the fence's code, counted from 1.
        public let line: Int
        /// The words on the line.
        public let text: String
    }

    /// The thing that the comment speaks of.
    public let subject: Subject
    /// What is said, line by line.
    public let parts: [Part]
    /// What is said, where it is a value.
    public let literal: LiteralText?
    /// Whether it says that something is printed, rather than only having a value at that place.
    public var isStated = false
    /// Whether it may as well be a sentence about the output.
    public var isLoose = false
    /// The statement that it belongs to, counted from 0.
    public var statement = 0

    /// The words of all lines.
    public var text: String { parts.map(\.text).joined(separator: "\n") }
}

/// Reads claims in the comments behind a statement.
struct ClaimReader {
    enum Statement { case prints, bindsValue, hasValue, other }

    /// The comments, without their marks; the first stands in the statement's own line where `isTrailing`.
    let comments: [FenceClaim.Part]
    let isTrailing: Bool
    let statement: Statement
    private var claims: [FenceClaim] = []
    private var index = 0

    private static let mostLinesOfValue = 30

    init(_ comments: [FenceClaim.Part], isTrailing: Bool, statement: Statement) {
        self.comments = comments
        self.isTrailing = isTrailing
        self.statement = statement
    }

    mutating func read() -> [FenceClaim] {
        while index < comments.count {
            if !readPrinted() && !readNamed() && !readValue() { index += 1 }
        }
        return claims
    }

    /// `Prints "text"`, and `Prints:` above lines of text.
    private mutating func readPrinted() -> Bool {
        let comment = comments[index]
        guard statement != .other, let match = comment.text.wholeMatch(of: /([Pp]rints:?|Output:)\s*(.*)/)
        else { return false }
        let said = match.2.trimmingSuffix { $0 == " " }
        index += 1
        guard said.isEmpty else {
            let text = ClaimReader.unquoted(said)
            let literal = LiteralText(String(said))
            var claim = FenceClaim(
                subject: .output, parts: [.init(line: comment.line, text: text)],
                literal: literal?.string == nil ? literal : nil)
            claim.isStated = true
            claim.isLoose = text == said && literal == nil && !match.1.hasSuffix(":")
            claims.append(claim)
            return true
        }
        let lines = comments[index...].enumerated().prefix { $0.element.line == comment.line + 1 + $0.offset }
        guard !lines.isEmpty else { return true }
        claims.append(FenceClaim(subject: .output, parts: lines.map(\.element), literal: nil, isStated: true))
        index += lines.count
        return true
    }

    private static func unquoted(_ text: Substring) -> String {
        for (first, last) in [("\"", "\""), ("“", "”"), ("`", "`")]
        where text.count > 1 && text.hasPrefix(first) && text.hasSuffix(last) {
            return String(text.dropFirst().dropLast())
        }
        return String(text)
    }

    /// `Array(x) == [1, 2]`, `x is now [1, 2]`.
    private mutating func readNamed() -> Bool {
        guard statement != .other, let (name, value) = ClaimReader.named(comments[index].text),
            let (literal, parts) = value.isEmpty ? nil : literal(beginningWith: value)
        else { return false }
        claims.append(FenceClaim(subject: .named(name), parts: parts, literal: literal))
        index += parts.count
        return true
    }

    private static func named(_ text: String) -> (name: String, value: String)? {
        if let match = text.wholeMatch(of: /(.+?) == (.*)/) {
            let tree = ParsedCode.tree(of: "_ = \(match.1)")
            return tree.hasError || tree.statements.count != 1 ? nil : (String(match.1), String(match.2))
        }
        let said = /`?([A-Za-z_][A-Za-z0-9_.]*)`?(?: =|:| is now| now has value| is) (.*)/
        guard let match = text.wholeMatch(of: said) else { return nil }
        return (String(match.1), String(match.2))
    }

    /// A value that stands alone: that of the statement, or what it prints.
    private mutating func readValue() -> Bool {
        let isOwnLine = !(isTrailing && index == 0)
        let first = comments[index].text.trimmingPrefix(/(?:=>|->|→|==|=)\s+/)
        guard let (literal, parts) = literal(beginningWith: String(first)) else { return false }
        switch statement {
        case .prints: claims.append(FenceClaim(subject: .output, parts: parts, literal: literal))
        case .bindsValue where claims.isEmpty, .hasValue where claims.isEmpty && !isOwnLine:
            claims.append(FenceClaim(subject: .value, parts: parts, literal: literal))
        case .other, .hasValue, .bindsValue: break
        }
        index += parts.count
        return true
    }

    /// The literal that begins at the current comment, maybe over several lines.
    private func literal(beginningWith first: String) -> (LiteralText, [FenceClaim.Part])? {
        var parts = [FenceClaim.Part(line: comments[index].line, text: first)]
        if let literal = LiteralText(first) { return (literal, parts) }
        guard first.hasPrefix("[") || first.hasPrefix("(") else { return nil }
        for comment in comments[(index + 1)...].prefix(ClaimReader.mostLinesOfValue) {
            guard comment.line == parts[parts.count - 1].line + 1 else { return nil }
            parts.append(.init(line: comment.line, text: comment.text.trimmingPrefix { $0 == " " }.description))
            if let literal = LiteralText(parts.map(\.text).joined(separator: " ")) { return (literal, parts) }
        }
        return nil
    }
}

extension Substring {
    fileprivate func trimmingSuffix(while isDropped: (Character) -> Bool) -> Substring {
        var rest = self
        while let last = rest.last, isDropped(last) { rest.removeLast() }
        return rest
    }
}
