import Foundation

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

/// Help, or an error, with its line of usage broken between options, as the parser leaves that in one piece.
func brokenUsage(_ text: String, columns: Int) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        guard line.count > columns, let start = ["USAGE: ", "Usage: "].first(where: line.hasPrefix) else {
            return String(line)
        }
        var lines = [""]
        for word in parts(ofUsage: line) {
            if lines[lines.count - 1].isEmpty {
                lines[lines.count - 1] = String(word)
            } else if lines[lines.count - 1].count + 1 + word.count <= columns {
                lines[lines.count - 1] += " " + word
            } else {
                lines.append(String(repeating: " ", count: start.count + 2) + word)
            }
        }
        return lines.joined(separator: "\n")
    }.joined(separator: "\n")
}

/// The words of a line of usage; what stands in brackets is one, so that an option keeps its value.
private func parts(ofUsage line: Substring) -> [String] {
    var parts = [""]
    var depth = 0
    for character in line {
        depth += character == "[" ? 1 : character == "]" ? -1 : 0
        if character == " " && depth == 0 { parts.append("") } else { parts[parts.count - 1].append(character) }
    }
    return parts
}

/// How wide help may be: as wide as the terminal says that it is, and no wider than what is read with ease.
var helpColumns: Int { min(80, ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) } ?? 80) }
