import Foundation
import Testing

/// A book that `kdbook watch` serves, beside one that is rendered from nothing.
private final class WatchedBook {
    let book: TemporaryBook
    private let clean: TemporaryBook
    private let tool: RunningTool

    init(_ text: String) throws {
        book = try TemporaryBook(["edited": text])
        clean = try TemporaryBook(["edited": text])
        // What is compiled may be shared: what is run is not.
        try FileManager.default.createDirectory(atPath: book.root + "/.kdbook", withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: clean.root + "/.kdbook", withDestinationPath: book.root + "/.kdbook")
        tool = try RunningTool(["watch", "edited", "--port", "0"], in: book)
    }

    func save(_ text: String) throws {
        let file = book.root + "/Notebooks/edited.md"
        // As some editors do, and as others do.
        if Bool.random() {
            try text.write(toFile: file, atomically: true, encoding: .utf8)
        } else {
            try text.write(toFile: file, atomically: false, encoding: .utf8)
        }
    }

    /// Waits until the page has `text` in it.
    func waits(for text: String) -> Bool {
        let deadline = ContinuousClock.now + .seconds(60)
        return tool.waits { ContinuousClock.now > deadline || (try? book.page("edited").contains(text)) == true }
            && ContinuousClock.now < deadline
    }

    /// What rendering the notebook from its top writes.
    func cleanFiles(of text: String) throws -> (status: Int32, files: [String: Data]) {
        try clean.write(text, to: "Notebooks/edited.md")
        let outcome = try clean.run("render", "--force", "edited")
        return (outcome.status, clean.files(in: "Output/default/edited"))
    }

    /// - Returns: whether all its processes are gone with the tool.
    func end(by signal: Int32) -> Bool {
        kill(tool.process.processIdentifier, signal)
        tool.process.waitUntilExit()
        for _ in 0..<60 where book.kernelProcesses > 0 { usleep(50_000) }
        return book.kernelProcesses == 0
    }
}

/// The lines that only one of two texts has.
private func differences(_ one: String, _ other: String) -> String {
    let lines = [one, other].map { $0.split(separator: "\n") }
    return
        (lines[0].filter { !lines[1].contains($0) }.map { "live:  \($0)" }
        + lines[1].filter { !lines[0].contains($0) }.map { "clean: \($0)" }).joined(separator: "\n")
}

@Suite struct WatchTests {
    private static let sequences = Int(ProcessInfo.processInfo.environment["KDBOOK_EDIT_SEQUENCES"] ?? "") ?? 200
    private static let sessions = 8

    @Test(arguments: 0..<sessions)
    func afterAnyEditsThePageIsWhatACleanRunGives(session: Int) throws {
        var stream = EditStream(seed: UInt64(session))
        var notebook = EditedNotebook()
        let watched = try WatchedBook(notebook.text)
        try #require(watched.waits(for: "Mark 0."), "session \(session)")
        for sequence in 1...WatchTests.sequences / WatchTests.sessions {
            for _ in 0..<Int.random(in: 1...3, using: &stream) {
                notebook.edit(by: &stream)
                try watched.save(notebook.text)
                // Often the next edit comes while cells run that it makes outdated.
                if Bool.random(using: &stream) { usleep(UInt32.random(in: 0..<400_000, using: &stream)) }
            }
            notebook.mark = sequence
            try watched.save(notebook.text)
            let comment: Comment = "session \(session), sequence \(sequence)\n\(notebook.text)"
            try #require(watched.waits(for: "Mark \(sequence)."), comment)
            let (status, clean) = try watched.cleanFiles(of: notebook.text)
            let live = watched.book.files(in: "Output/default/edited")
            let pages = [live, clean].map { String(decoding: $0["index.html"] ?? Data(), as: UTF8.self) }
            #expect(pages[0] == pages[1], "\(differences(pages[0], pages[1]))\n\(comment)")
            // A notebook that fails leaves the record of the last run that did not.
            if status == 0 { #expect(live == clean, comment) }
        }
        #expect(watched.end(by: session % 2 == 0 ? SIGKILL : SIGTERM))
    }
}
