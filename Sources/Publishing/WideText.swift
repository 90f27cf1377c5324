import Notebook

/// Scripts that write no spaces between words. A line of the source that ends in one of their characters goes on in the next
/// without a space, and so does folded YAML (CSS Text 3, 4.1.3, which not all browsers keep to).
extension Character {
    var isWide: Bool {
        guard let scalar = unicodeScalars.first else { return false }
        return switch scalar.value {
        case 0x3000...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0xFF01...0xFF60, 0x20000...0x3FFFF:
            true
        default: false
        }
    }
}

/// `text` without the spaces between wide characters.
func withoutSpacesBetweenWideCharacters(_ text: String) -> String {
    guard text.contains(" "), text.contains(where: \.isWide) else { return text }
    var result = ""
    var rest = text[...]
    while let character = rest.popFirst() {
        let isBetween = character == " " && result.last?.isWide == true && rest.first?.isWide == true
        if !isBetween { result.append(character) }
    }
    return result
}

extension MarkdownNode {
    /// Whether a line break stands between wide characters.
    var isBetweenWideCharacters: Bool {
        guard let before = previous, let after = next else { return false }
        return before.typeName == "text" && after.typeName == "text" && before.literal.last?.isWide == true
            && after.literal.first?.isWide == true
    }
}
