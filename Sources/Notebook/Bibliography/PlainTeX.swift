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
        case "$":
            guard let end = rest.firstIndex(of: "$") else {
                text.append("$")
                continue
            }
            text.append("\u{E002}")
            text.append(contentsOf: rest[..<end])
            text.append("\u{E003}")
            rest = rest[(end + 1)...]
        case "`" where rest.first == "`":
            rest.removeFirst()
            text.append("“")
        case "'" where rest.first == "'":
            rest.removeFirst()
            text.append("”")
        case "`": text.append("‘")
        case "\u{E002}", "\u{E003}": text.append("\u{FFFD}")
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
    // Some programs export `&` as HTML has it.
    return words.joined(separator: " ").replacing("&amp;", with: "&").precomposedStringWithCanonicalMapping
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
    if "&%$#_{}".contains(name) {
        text.append(first)
    } else if transparent.contains(name) {
        return
    } else if let words = words[name] {
        text.append(contentsOf: words.unicodeScalars)
    } else if let letter = letters[name] {
        text.append(letter)
    } else if let accent = accents[name] {
        while rest.first == "{" || rest.first == " " { rest.removeFirst() }
        // A dotless i under an accent is the i with that accent.
        if rest.starts(with: "\\i".unicodeScalars) || rest.starts(with: "\\j".unicodeScalars) { rest.removeFirst() }
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

/// Commands whose argument is set otherwise, or which have none and show nothing.
private let transparent: Set<String> = [
    "emph", "textit", "textbf", "textsc", "texttt", "textrm", "textsf", "textsl", "textup", "textnormal", "text",
    "mbox",
    "url", "href", "path", "em", "it", "bf", "sc", "tt", "rm", "sf", "sl", "relax", "uppercase", "lowercase", "enquote",
    "mkbibquote", "mkbibemph", "textsuperscript", "textsubscript", "ensuremath", "nocite", "newblock", "bibinfo",
    "mathrm", "mathbf", "mathit", "-", "/", "@", "protect", "noopsort", "underline", "MakeUppercase", "hspace", "!",
]

private let words: [String: String] = [
    "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX", "ldots": "…", "dots": "…", "textellipsis": "…",
    "textendash": "–", "textemdash": "—", "textquoteright": "’", "textquoteleft": "‘", "textquotedblleft": "“",
    "textquotedblright": "”", "textquotesingle": "'", "quotedblbase": "„", "glqq": "„", "grqq": "“",
    "guillemotleft": "«",
    "guillemotright": "»", "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^", "textunderscore": "_",
    "textregistered": "®", "texttrademark": "™", "copyright": "©", "textcopyright": "©", "textdegree": "°",
    "textdollar": "$", "textgreater": ">", "textless": "<", "textbar": "|", "textasteriskcentered": "*", "S": "§",
    "P": "¶",
    "dag": "†", "pounds": "£", "euro": "€", "texteuro": "€", "slash": "/", " ": " ", ",": "\u{2009}", ";": " ",
    ":": " ",
    "\n": " ", "\\": " ", "quad": " ", "textperiodcentered": "·", "textmu": "µ", "textonehalf": "½", "ss": "ß",
    "aa": "å", "th": "þ", "dh": "ð", "TH": "Þ", "DH": "Ð", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ", "j": "ȷ",
]

/// An address as TeX has it: braces go, and the backslash before a sign.
func addressText(ofTeX source: String) -> String {
    var text = source.trimmingCharacters(in: .whitespacesAndNewlines)
    if let match = text.wholeMatch(of: /\\(?:url|href)\{([^}]*)\}.*/) { text = String(match.1) }
    return text.replacing(/\\([_&%#~$])/) { $0.1 }.filter { !"{}\\".contains($0) && !$0.isWhitespace }
}
