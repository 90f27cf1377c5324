import Foundation
import TestSupport
import Testing

/// The project's own scripts, where they make something that is to go again.
@Suite struct ScriptTests {
    private let root = Repository.root.path

    private func script(_ path: String) throws -> String {
        try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)
    }

    @Test(arguments: [("HUP", 129), ("INT", 130), ("TERM", 143)])
    func aScriptThatASignalEndsRemovesWhatItMade(signal: String, status: Int32) throws {
        let made = """
            . script/lib/signals
            folder=$(mktemp -d)
            trap 'rm -rf "$folder"' EXIT
            echo "$folder"
            kill -\(signal) $$
            """
        let outcome = try Outcome.running("/bin/sh", ["-euc", made], in: root)
        #expect(outcome.status == status, "\(outcome)")
        let folder = try #require(outcome.output.split(separator: "\n").first)
        #expect(!FileManager.default.fileExists(atPath: String(folder)))
    }

    @Test func everyScriptThatRemovesWhatItMadeHeedsSignals() throws {
        let folders = ["script", "script/bench.d"]
        let paths = try folders.flatMap { folder in
            try FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)").map { "\(folder)/\($0)" }
        }
        let texts = paths.compactMap { path in (try? script(path)).map { (path, $0) } }
        let removing = texts.filter { $0.1.hasPrefix("#!/bin/sh") && $0.1.contains("' EXIT\n") }
        #expect(removing.count > 10)
        for (path, text) in removing { #expect(text.contains("lib/signals"), "\(path)") }
    }
}
