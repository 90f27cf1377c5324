/// An element with its attributes in alphabetical order, and its children as written.
func element(_ name: String, _ attributes: [String: String] = [:], children: String) -> String {
    var markup = "<" + name
    for (key, value) in attributes.sorted(by: { $0.key < $1.key }) {
        markup += " \(key)=\"\(escaped(value))\""
    }
    return markup + ">" + children + "</\(name)>"
}

/// Text for an element or a quoted attribute.
func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "&": escaped += "&amp;"
        case "<": escaped += "&lt;"
        case ">": escaped += "&gt;"
        case "\"": escaped += "&quot;"
        default: escaped.unicodeScalars.append(scalar)
        }
    }
    return escaped
}
