import SwiftIDEUtils

/// What a stretch of Swift is, for its colour on a page.
public enum TokenClass: String, Sendable {
    case attribute, comment, directive, identifier, keyword, label, number, `operator`, plain, regex, string, type
}

/// The stretches of `code`, in order and without gap, each with what it is.
public func classified(_ code: String) -> [(text: Substring, tokenClass: TokenClass)] {
    let bytes = code.utf8
    var result: [(Substring, TokenClass)] = []
    var position = bytes.startIndex
    for token in ParsedCode.tree(of: code).classifications {
        let start = bytes.index(bytes.startIndex, offsetBy: token.range.lowerBound.utf8Offset)
        let end = bytes.index(start, offsetBy: token.range.upperBound.utf8Offset - token.range.lowerBound.utf8Offset)
        if position < start { result.append((code[position..<start], .plain)) }
        result.append((code[start..<end], TokenClass(token.kind)))
        position = end
    }
    if position < bytes.endIndex { result.append((code[position...], .plain)) }
    return result
}

extension TokenClass {
    fileprivate init(_ kind: SyntaxClassification) {
        self =
            switch kind {
            case .attribute: .attribute
            case .blockComment, .docBlockComment, .docLineComment, .lineComment: .comment
            case .ifConfigDirective: .directive
            case .identifier, .dollarIdentifier, .editorPlaceholder: .identifier
            case .keyword: .keyword
            case .argumentLabel: .label
            case .integerLiteral, .floatLiteral: .number
            case .operator: .operator
            case .regexLiteral: .regex
            case .stringLiteral: .string
            case .type: .type
            case .none: .plain
            @unknown default: .plain
            }
    }
}
