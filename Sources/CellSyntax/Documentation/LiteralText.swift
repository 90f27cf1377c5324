import SwiftSyntax

/// A value as documentation writes it: `[1, 2]`, `"green"`, `(1, true)`, `-0.5`.
public struct LiteralText: Hashable, Sendable {
    /// The literal as it stands in the text.
    public let text: String

    /// - Returns: `nil` where `text` is no literal of Swift.
    public init?(_ text: String) {
        guard !text.isEmpty, text.utf8.count < LiteralText.longest,
            let item = ParsedCode.tree(of: "_ = " + text).statements.first, !item.hasError,
            let sequence = item.item.as(SequenceExprSyntax.self), sequence.elements.count >= 3,
            item.trimmedDescription.count == text.count + 4,
            sequence.elements.dropFirst(2).enumerated().allSatisfy({ LiteralText.isPart($0.element, at: $0.offset) })
        else { return nil }
        self.text = text
    }

    private static let longest = 2000

    /// The content, where it is a string.
    public var string: String? {
        guard text.count > 1, text.first == "\"", text.last == "\"" else { return nil }
        return String(text.dropFirst().dropLast()).replacing("\\\"", with: "\"")
    }

    private static func isPart(_ expression: ExprSyntax, at index: Int) -> Bool {
        if index % 2 == 1 {
            let sign = expression.as(BinaryOperatorExprSyntax.self)?.operator.text
            return sign == "..<" || sign == "..."
        }
        return isLiteral(expression)
    }

    private static func isLiteral(_ expression: ExprSyntax) -> Bool {
        switch expression.as(ExprSyntaxEnum.self) {
        case .integerLiteralExpr, .floatLiteralExpr, .booleanLiteralExpr, .nilLiteralExpr: true
        case .stringLiteralExpr(let string): string.segments.allSatisfy { $0.is(StringSegmentSyntax.self) }
        case .prefixOperatorExpr(let prefix): prefix.operator.text == "-" && isLiteral(prefix.expression)
        case .arrayExpr(let array): array.elements.allSatisfy { isLiteral($0.expression) }
        case .tupleExpr(let tuple):
            tuple.elements.count > 1 && tuple.elements.allSatisfy { isLiteral($0.expression) }
        case .sequenceExpr(let sequence):
            sequence.elements.enumerated().allSatisfy { isPart($0.element, at: $0.offset) }
        case .dictionaryExpr(let dictionary):
            dictionary.content.as(DictionaryElementListSyntax.self)?.allSatisfy {
                isLiteral($0.key) && isLiteral($0.value)
            } ?? true
        default: false
        }
    }
}

extension LiteralText {
    /// Whether it says what a value is whose description is `found`: the same numbers, strings and brackets in the same order.
    /// Names of types, labels and commas do not count; nor do digits that only one of the two has.
    ///
    /// - Parameter isOrdered: whether the order of the parts counts.
    public func agrees(with found: String, isOrdered: Bool = true) -> Bool {
        var (own, other) = (Token.all(in: text), Token.all(in: found))
        if !isOrdered {
            own.sort { $0.text < $1.text }
            other.sort { $0.text < $1.text }
        }
        return own.count == other.count && zip(own, other).allSatisfy { $0.agrees(with: $1) }
    }

    /// What counts in a description.
    private struct Token {
        let text: String
        let isNumber: Bool

        func agrees(with other: Token) -> Bool {
            guard isNumber, other.isNumber, text != other.text else { return text == other.text }
            guard let (own, others) = Double(text).flatMap({ own in Double(other.text).map { (own, $0) } }) else {
                return false
            }
            if own == others { return true }
            guard text.contains(/[.eE]/) && other.text.contains(/[.eE]/) else { return false }
            let digits = min(Token.digits(text), Token.digits(other.text))
            guard digits > 3, own.isFinite, others.isFinite else { return false }
            return Token.rounded(own, digits) == Token.rounded(others, digits)
        }

        private static func digits(_ text: String) -> Int {
            let mantissa = text.prefix { $0 != "e" && $0 != "E" }
            return mantissa.filter(\.isNumber).drop { $0 == "0" }.count
        }

        /// The value in units of its last digit.
        private static func rounded(_ value: Double, _ digits: Int) -> String {
            guard value != 0 else { return "0" }
            var (scaled, exponent) = (abs(value), 0)
            while scaled >= 10 { (scaled, exponent) = (scaled / 10, exponent + 1) }
            while scaled < 1 { (scaled, exponent) = (scaled * 10, exponent - 1) }
            for _ in 1..<digits { scaled *= 10 }
            return "\(value < 0) \(Int(scaled.rounded())) \(exponent)"
        }

        static func all(in text: String) -> [Token] {
            var tokens: [Token] = []
            var rest = text[...]
            while let first = rest.first {
                if let match = rest.prefixMatch(of: /"(\\.|[^"\\])*"/) {
                    tokens.append(Token(text: String(match.0), isNumber: false))
                    rest = rest[match.range.upperBound...]
                } else if let match = rest.prefixMatch(of: /-?[0-9][0-9_]*(\.[0-9]+)?([eE][-+]?[0-9]+)?/) {
                    tokens.append(Token(text: match.0.filter { $0 != "_" }, isNumber: true))
                    rest = rest[match.range.upperBound...]
                } else if let match = rest.prefixMatch(of: /[A-Za-z_][A-Za-z0-9_]*/) {
                    let word = String(match.0)
                    rest = rest[match.range.upperBound...]
                    if ["true", "false", "nil", "nan", "inf", "infinity"].contains(word) {
                        tokens.append(Token(text: word, isNumber: false))
                    } else {
                        // A label.
                        rest = rest.trimmingPrefix(/\s*:/)
                    }
                } else {
                    // The last element may have a comma behind it.
                    if "[]".contains(first) { tokens.append(Token(text: String(first), isNumber: false)) }
                    rest = rest.dropFirst()
                }
            }
            return tokens
        }
    }
}
