/// Help as it is written here, with the lines of each paragraph joined, so that it is broken anew at the terminal's width.
/// Lines that are set in, such as examples, and those before them that end in a colon stand as they are.
func helpText(_ written: String) -> String {
    var text = ""
    var last: Substring = ""
    for line in written.split(separator: "\n", omittingEmptySubsequences: false) {
        let goesOn = !last.isEmpty && !line.isEmpty && !last.hasPrefix(" ") && !line.hasPrefix(" ")
        text += text.isEmpty ? "" : goesOn ? " " : "\n"
        text += line
        last = line
    }
    return text
}
