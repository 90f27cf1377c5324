import Foundation
import TestSupport

/// A notebook whose cells depend on what those above have done, and that is edited at random.
struct EditedNotebook {
    /// A cell behind the first, with what stands before it.
    private struct Part {
        var code: String
        var options: [String] = []
        var prose = ""
    }

    private var parts: [Part] = []
    private var start = 1
    /// Stands in the prose, to tell one state from another.
    var mark = 0
    private static let mostParts = 4

    private static let codes = [
        "count += 1\njournal.lines.append(\"one\")\nprint(count)",
        "count *= 2\njournal.lines.append(\"two\")\ncount",
        "print(journal.lines.joined(separator: \" \"), count)",
        "journal.lines.removeAll()\njournal.lines",
        "usleep(60_000)\ncount += 3\nprint(\"slow\", count)",
        "Table(columns: [\"count\"], rows: [[\"\\(count)\"]])",
        "Chart(\"Counts\") { Line(x: [0, 1], y: [0, Double(count)]) }",
        // Broken: one does not compile, one traps, one does so depending on what came before.
        "prinnt(count)",
        "journal.lines[journal.lines.count]",
        "precondition(count % 3 != 0, \"a third\")\nprint(\"passed\")",
        // What no copy of a process keeps.
        "try \"written\".write(toFile: NSHomeDirectory() + \"/file\", atomically: false, encoding: .utf8)",
        "print((try? String(contentsOfFile: NSHomeDirectory() + \"/file\", encoding: .utf8)) ?? \"no file\")",
        "count += await Task { 7 }.value\nprint(count)",
    ]

    private static let proses = ["", "Some prose.", "The count is `{swift} count` here.", "## A heading\n\nProse."]

    private static let options = [
        "echo: false", "output: false", "eval: false", "error: true", "include: false", "timeout: 50",
        "code-fold: true",
    ]

    var text: String {
        var text = """
            ---
            title: Edited
            parameters:
              start: \(start)
            ---

            Mark \(mark).

            ```swift
            final class Journal { var lines: [String] = [] }
            let journal = Journal()
            var count = start
            ```

            """
        for part in parts {
            let options = part.options.map { "//| \($0)\n" }.joined()
            text += "\n\(part.prose)\n\n```swift\n\(options)\(part.code)\n```\n"
        }
        return text
    }

    /// Inserts, changes, deletes or moves a cell, or changes options, prose or the parameter.
    mutating func edit(by stream: inout SeededGenerator) {
        let part = Part(code: EditedNotebook.codes.randomElement(using: &stream) ?? "", options: [])
        guard let index = parts.indices.randomElement(using: &stream) else { return parts.append(part) }
        switch Int.random(in: 0..<12, using: &stream) {
        case 0...2 where parts.count < EditedNotebook.mostParts:
            parts.insert(part, at: Int.random(in: 0...parts.count, using: &stream))
        case 0...4: parts[index].code = part.code
        case 5...6: parts.remove(at: index)
        case 7: parts.swapAt(index, parts.count - 1)
        case 8:
            parts[index].options =
                Bool.random(using: &stream) ? [] : [EditedNotebook.options.randomElement(using: &stream) ?? ""]
        case 9...10: parts[index].prose = EditedNotebook.proses.randomElement(using: &stream) ?? ""
        default: start = Int.random(in: 1...3, using: &stream)
        }
    }
}
