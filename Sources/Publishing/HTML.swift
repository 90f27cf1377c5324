/// Text with `&`, `<`, `>` and `"` written so that HTML takes them as text, in content and in attributes.
func escaped(_ text: some StringProtocol) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
        switch scalar {
        case "&": result += "&amp;"
        case "<": result += "&lt;"
        case ">": result += "&gt;"
        case "\"": result += "&quot;"
        // HTML has no way to write these.
        case "\0"..."\u{8}", "\u{B}", "\u{C}", "\u{E}"..."\u{1F}", "\u{7F}": result += "\u{FFFD}"
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result
}

/// An element: `<name attribute="value">content</name>`. Attribute values are escaped, `content` is markup.
func element(_ name: String, _ attributes: KeyValuePairs<String, String>, _ content: String) -> String {
    openTag(name, attributes) + content + "</\(name)>"
}

/// An element without attributes.
func element(_ name: String, _ content: String) -> String { element(name, [:], content) }

/// An opening tag, or an element that has no content. Attributes that are empty are left out.
func openTag(_ name: String, _ attributes: KeyValuePairs<String, String> = [:]) -> String {
    "<" + name + attributes.filter { !$0.value.isEmpty }.map { " \($0.key)=\"\(escaped($0.value))\"" }.joined() + ">"
}
