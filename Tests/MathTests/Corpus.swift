import Foundation
import TestSupport

/// A formula of the corpus, as its files write it: `inline: …` or `display: …`.
struct CorpusFormula: Hashable, CustomStringConvertible {
    let line: String

    init?(line: String) {
        guard line.hasPrefix("inline: ") || line.hasPrefix("display: ") else { return nil }
        self.line = line
    }

    var display: Bool { line.hasPrefix("display: ") }
    var tex: String { String(line.drop { $0 != " " }.dropFirst()) }
    var description: String { line }
}

enum Corpus {
    static func formulas(_ name: String = "formulas.txt") throws -> [CorpusFormula] {
        try lines(of: name).compactMap(CorpusFormula.init)
    }

    /// What a recorded file has for each formula: the line after the formula's own.
    static func recorded(_ name: String) throws -> [CorpusFormula: String] {
        let lines = try lines(of: name)
        var recorded: [CorpusFormula: String] = [:]
        for (line, next) in zip(lines, lines.dropFirst()) {
            if let formula = CorpusFormula(line: line) { recorded[formula] = next }
        }
        return recorded
    }

    /// Writes a recorded file beside the tests' sources.
    static func record(_ name: String, _ entries: [(CorpusFormula, String)]) throws {
        let text =
            "# Recorded by KDBOOK_RECORD=1 swift test --filter MathTests\n"
            + entries.map { "\($0.line)\n\($1)\n" }.joined()
        let file = testFile("Corpus/\(name)")
        try Data(text.utf8).write(to: file, options: .atomic)
    }

    static var isRecording: Bool {
        ProcessInfo.processInfo.environment["KDBOOK_RECORD"] == "1"
    }

    private static func lines(of name: String) throws -> [String] {
        let file = Bundle.module.bundleURL.appending(path: "Corpus/\(name)")
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
    }
}
