/// Markup whose long words, such as calls in a table, a browser may break behind punctuation.
///
/// - Parameter html: text with tags and character references.
func breakable(_ html: String) -> String {
    html.split(separator: " ", omittingEmptySubsequences: false).map(breakableWord).joined(separator: " ")
}

/// In bytes; a word that is no longer fits beside others even on a phone.
private let longestWord = 16

private func breakableWord(_ word: Substring) -> String {
    guard word.utf8.count > longestWord else { return String(word) }
    var result = ""
    var isInTag = false
    for (place, character) in zip(word.indices, word) {
        result.append(character)
        if character == "<" { isInTag = true }
        if character == ">" { isInTag = false }
        let isLast = word.index(after: place) == word.endIndex
        if !isInTag && !isLast && "(,._/=:".contains(character) { result += "<wbr>" }
    }
    return result
}
