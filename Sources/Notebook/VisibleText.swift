/// Text in which every character can be seen: what a terminal would obey, what turns the order of the others round and what
/// takes no place is written out, such as `\u{1B}`.
public struct VisibleText: Hashable, Sendable, CustomStringConvertible {
    /// The text with every such character written out, ready for a terminal or a page.
    public let description: String

    /// - Parameter keepingLines: whether a newline remains one; on a single line it is written out, too.
    public init(_ text: some StringProtocol, keepingLines: Bool = true) {
        guard text.utf8.contains(where: { $0 < 0x20 || $0 > 0x7E }) else {
            description = String(text)
            return
        }
        var result = ""
        var before: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            if (scalar == "\n" && keepingLines) || scalar == "\t" || VisibleText.isSeen(scalar, after: before) {
                result.unicodeScalars.append(scalar)
            } else {
                result += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
            }
            before = scalar
        }
        description = result
    }

    private static func isSeen(_ scalar: Unicode.Scalar, after before: Unicode.Scalar?) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate: return false
        case .format where !scalar.properties.isDefaultIgnorableCodePoint:
            // Signs of some scripts that stand before numbers.
            return !scalar.properties.isBidiControl
        default:
            guard scalar.properties.isDefaultIgnorableCodePoint else { return true }
            // Some scripts and signs are joined or chosen by these; behind ASCII they have no meaning.
            let choosesForm = ["\u{200C}", "\u{200D}", "\u{FE0E}", "\u{FE0F}"].contains(scalar)
            return choosesForm && before.map { !$0.isASCII && !$0.properties.isDefaultIgnorableCodePoint } == true
        }
    }
}
