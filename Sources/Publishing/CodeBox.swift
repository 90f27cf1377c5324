/// Code in a box, with a button that copies it. Without its script the page does not show the button.
///
/// - Parameters:
///   - markup: the code, highlighted.
///   - name: the box's class.
func codeBox(_ markup: String, class name: String = "") -> String {
    let button = markup.isEmpty ? "" : "<button class=\"copy tool\" type=\"button\">\(translated("Copy"))</button>"
    return element("div", ["class": "listing"], element("pre", ["class": name], element("code", markup)) + button)
}
