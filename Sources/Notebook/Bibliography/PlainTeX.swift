import Foundation

/// The text that TeX's markup in a bibliography stands for: braces go, accents join their letter, `--` is a dash.
///
/// - Throws: a command that is not known, at `position`.
func plainText(ofTeX source: String, at position: SourcePosition) throws(BibTeXReader.Failure) -> String {
    var text = String.UnicodeScalarView()
    var rest = Array(source.unicodeScalars)[...]
    while let scalar = rest.popFirst() {
        switch scalar {
        case "{", "}": continue
        case "~": text.append("\u{A0}")
        case "-" where rest.starts(with: "--".unicodeScalars):
            rest.removeFirst(2)
            text.append("—")
        case "-" where rest.first == "-":
            rest.removeFirst()
            text.append("–")
        case "\\": try appendCommand(to: &text, from: &rest, at: position)
        default: text.append(scalar)
        }
    }
    let words = String(text).split { $0.isWhitespace && $0 != "\u{A0}" }
    return words.joined(separator: " ").precomposedStringWithCanonicalMapping
}

private func appendCommand(
    to text: inout String.UnicodeScalarView, from rest: inout ArraySlice<Unicode.Scalar>, at position: SourcePosition
) throws(BibTeXReader.Failure) {
    guard let first = rest.popFirst() else { return }
    var name = String(first)
    if first.properties.isAlphabetic {
        while let next = rest.first, next.properties.isAlphabetic {
            name.unicodeScalars.append(next)
            rest.removeFirst()
        }
        while rest.first == " " { rest.removeFirst() }
    }
    if "&%$#_".contains(name) {
        text.append(first)
    } else if let letter = letters[name] {
        text.append(letter)
    } else if let accent = accents[name] {
        while rest.first == "{" { rest.removeFirst() }
        // A dotless i under an accent is the i with that accent.
        if rest.starts(with: "\\i".unicodeScalars) { rest.removeFirst() }
        guard let letter = rest.popFirst(), letter.properties.isAlphabetic else {
            throw BibTeXReader.Failure(position: position, message: "the accent `\\\(name)` needs a letter behind it")
        }
        text.append(letter)
        text.append(accent)
    } else {
        throw BibTeXReader.Failure(
            position: position, message: "unknown command `\\\(name)`: write the character itself, the file is UTF-8")
    }
}

private let accents: [String: Unicode.Scalar] = [
    "`": "\u{300}", "'": "\u{301}", "^": "\u{302}", "~": "\u{303}", "=": "\u{304}", "u": "\u{306}", ".": "\u{307}",
    "\"": "\u{308}", "r": "\u{30A}", "H": "\u{30B}", "v": "\u{30C}", "d": "\u{323}", "c": "\u{327}", "k": "\u{328}",
]

private let letters: [String: Unicode.Scalar] = [
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å",
    "AA": "Å", "i": "ı",
]
