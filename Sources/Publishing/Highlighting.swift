import CellSyntax

/// Swift code as HTML, each token in a `span` that says what it is.
func highlighted(_ code: String) -> String {
    var html = ""
    for (text, tokenClass) in classified(code) {
        switch tokenClass {
        case .plain, .identifier, .operator: html += escaped(text)
        default: html += element("span", ["class": tokenClass.rawValue], escaped(text))
        }
    }
    return html
}
