import Foundation
import TestSupport
import Testing

/// A book that `kdbook watch` serves, beside one that is rendered from nothing.
private final class WatchedBook {
    let book: TemporaryBook
    private let clean: TemporaryBook
    private let tool: RunningTool

    init(_ text: String, files: [String: String] = [:]) throws {
        book = try TemporaryBook(["edited": text])
        clean = try TemporaryBook(["edited": text])
        for (path, content) in files { try book.write(content, to: path) }
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
    func waits(for text: String) -> Bool { waits { (try? self.book.page("edited").contains(text)) == true } }

    func waits(until condition: @escaping () -> Bool) -> Bool {
        let deadline = ContinuousClock.now + .seconds(60)
        var holds = false
        return tool.waits {
            holds = condition()
            return holds || ContinuousClock.now > deadline
        } && holds
    }

    /// What the cell numbered `number` has printed, as the page's record has it.
    func printed(byCell number: Int) throws -> String {
        try book.record("edited").cells[number - 1].displays.map { "\($0)" }.joined()
    }

    /// What rendering the notebook from its top writes.
    func cleanFiles(of text: String) throws -> (status: Int32, files: [String: Data]) {
        try clean.write(text, to: "Notebooks/edited.md")
        // What is compiled may be shared: what is run is not. Of what is written just now a part is copied, which no tool takes.
        try clean.write("", to: ".kdbook/cells/none~")
        _ = try Outcome.running(
            "/bin/cp", ["-R", book.root + "/.kdbook/cells", clean.root + "/.kdbook"], in: book.root)
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
    private static let sessions = min(max(sequences, 0), 8)

    @Test(arguments: 0..<sessions)
    func afterAnyEditsThePageIsWhatACleanRunGives(session: Int) throws {
        var stream = SeededGenerator(seed: UInt64(session))
        var notebook = EditedNotebook()
        let watched = try WatchedBook(notebook.text)
        try #require(watched.waits(for: "Mark 0."), "session \(session)")
        for sequence in stride(from: session + 1, through: WatchTests.sequences, by: WatchTests.sessions) {
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

    @Test func anEditRunsNoCellAboveItAgain() throws {
        let watched = try WatchedBook(
            random + cell("print(\"a\", UInt64.random(in: 0 ... .max))") + cell("print(\"first\")"))
        try #require(watched.waits(for: "first"))
        let before = try (1...2).map(watched.printed)
        for word in ["second", "third"] {
            try watched.save(random + cell("print(\"a\", UInt64.random(in: 0 ... .max))") + cell("print(\"\(word)\")"))
            try #require(watched.waits(for: word))
            #expect(try (1...2).map(watched.printed) == before)
        }
        try watched.save(random + cell("print(\"b\", UInt64.random(in: 0 ... .max))") + cell("print(\"fourth\")"))
        try #require(watched.waits(for: "fourth"))
        #expect(try watched.printed(byCell: 1) == before[0])
        #expect(try watched.printed(byCell: 2) != before[1])
    }

    @Test func sharedCodeIsFollowed() throws {
        let watched = try WatchedBook(
            cell("import Shared\nprint(\"it is \\(value)\")"), files: ["Sources/Value.swift": "public let value = 1\n"])
        try #require(watched.waits(for: "it is 1"))
        try watched.book.write("public let value = nope\n", to: "Sources/Value.swift")
        try watched.book.write("public let value = 2\n", to: "Sources/Value.swift")
        #expect(watched.waits(for: "it is 2"))
    }

    @Test func aNotebookIsRunAgainWhereTheOutputThatItReadsHasChangedAndOnlyThen() throws {
        let writer = { (text: String, prose: String) in
            let code = "try \"\(text)\".write(toFile: outputFile(\"t.csv\"), atomically: true, encoding: .utf8)"
            return "---\noutputs: t.csv\n---\n\n\(prose)\n\n" + cell(code)
        }
        let reading = "print(try String(contentsOfFile: inputFile(\"writer/t.csv\"), encoding: .utf8))"
        let reader = "---\ninputs: writer/t.csv\n---\n\n" + random + cell(reading)
        let watched = try WatchedBook(reader, files: ["Notebooks/writer.md": writer("first", "As it was.")])
        try #require(watched.waits(for: "first"))
        let before = try watched.printed(byCell: 1)
        // The same content by other code.
        try watched.book.write(writer("first", "Other words.") + cell("2"), to: "Notebooks/writer.md")
        try #require(watched.waits { (try? watched.book.page("writer").contains("Other words.")) == true })
        try watched.save(reader + "A word more.\n")
        try #require(watched.waits(for: "A word more."))
        #expect(try watched.printed(byCell: 1) == before)
        try watched.book.write(writer("second", "Other words."), to: "Notebooks/writer.md")
        try #require(watched.waits(for: "second"))
        #expect(try watched.printed(byCell: 1) != before)
    }

    @Test func mendingACellRunsNoCellAboveItAgain() throws {
        let watched = try WatchedBook(random + cell("print(\"first\")"))
        try #require(watched.waits(for: "first"))
        let before = try watched.printed(byCell: 1)
        for broken in ["prinnt(1)", "[Int]()[0]"] {
            try watched.save(random + cell(broken))
            try #require(watched.waits(for: "diagnostic error"))
            try watched.save(random + cell("print(\"mended \(broken.count)\")"))
            try #require(watched.waits(for: "mended \(broken.count)"))
            #expect(try watched.printed(byCell: 1) == before)
        }
    }

    /// What a state that is gone back to would not bring back.
    @Test(arguments: [
        "try \"x\".write(toFile: NSHomeDirectory() + \"/x\", atomically: false, encoding: .utf8)",
        "let file = FileHandle(forReadingAtPath: \"/dev/null\")",
        "print(await Task { 7 }.value)",
        "Thread.detachNewThread { sleep(1000) }",
        """
        let path = NSHomeDirectory() + "/shared"
        let file = open(path, O_RDWR | O_CREAT, 0o600)
        ftruncate(file, 4096)
        let shared = mmap(nil, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0)
        close(file)
        unlink(path)
        """,
        "alarm(1000)",
        "let random = open(\"/dev/urandom\", O_RDONLY)\ndup2(random, 0)\nclose(random)",
    ]) func whatNoCopyKeepsIsRunAgain(code: String) throws {
        let above = cell("print(UInt64.random(in: 0 ... .max))\nusleep(60_000)\n" + code)
        let watched = try WatchedBook(above + cell("print(\"first\")"))
        try #require(watched.waits(for: "first"))
        let before = try watched.printed(byCell: 1)
        try watched.save(above + cell("print(\"second\")"))
        try #require(watched.waits(for: "second"))
        #expect(try watched.printed(byCell: 1) != before)
    }

    @Test func anEditEndsAtOnceWhatItMakesOutdated() throws {
        let watched = try WatchedBook(cell("print(\"first\")"))
        try #require(watched.waits(for: "first"))
        try watched.save(cell("print(\"begun\")\nsleep(600)"))
        // A kernel, its copy that runs the cell, and the process that watches over them.
        try #require(watched.waits { watched.book.kernelProcesses >= 3 })
        usleep(300_000)
        try watched.save(cell("print(\"second\")"))
        #expect(watched.waits(for: "second"))
    }

    @Test func anEditEndsTheCompilationOfWhatItMakesOutdated() throws {
        let matter = "---\ntimeout: 600\n---\n\n"
        let watched = try WatchedBook(matter + cell("print(\"first\")"))
        try #require(watched.waits(for: "first"))
        try watched.save(matter + cell("print(\"first\")") + cell(Bomb.time))
        try #require(watched.waits { watched.book.isCompiling("Cell2.swift") })
        try watched.save(matter + cell("print(\"first\")") + cell("print(\"second\")"))
        #expect(watched.waits(for: "second"))
        #expect(!watched.book.isCompiling("Cell2.swift"))
    }

    @Test func threadsMeetInTheCopiesThatAnEditedNotebookRunsIn() throws {
        let above = "---\ntimeout: 20\n---\n\n" + cell("import Foundation\nimport Synchronization") + cell(meeting(1))
        let watched = try WatchedBook(above + cell("print(\"first\")"))
        try #require(watched.waits(for: "first"))
        try watched.save(above + cell(meeting(2)))
        #expect(watched.waits(for: "value 2"))
    }

    @Test func theStatesThatAreKeptAreBounded() throws {
        let cells = (1...30).map { cell("usleep(45_000)\nprint(\"cell \($0)\")") }.joined()
        let watched = try WatchedBook(cells)
        try #require(watched.waits(for: "cell 30"))
        #expect((4...27).contains(watched.book.kernelProcesses))
        #expect(watched.end(by: SIGKILL))
        #expect(watched.book.files(in: ".kdbook/scratch").isEmpty)
    }

    @Test func statesLeaveRoomForTheProcessesOfCells() throws {
        let matter = "---\nlimits: {processes: 4}\n---\n\n"
        let cells = (1...6).map { cell("print(\"cell \($0)\")") }.joined()
        let watched = try WatchedBook(matter + cells)
        try #require(watched.waits(for: "cell 6"))
        #expect(watched.book.kernelProcesses <= 5)
        // As many as it may have, together with the process that runs it: then there is no room for states.
        let start = """
            let children = (1...3).map { _ in
                let child = Process()
                child.executableURL = URL(fileURLWithPath: "/bin/sleep")
                child.arguments = ["1"]
                try? child.run()
                return child
            }
            children.forEach { $0.waitUntilExit() }
            print("waited")
            """
        try watched.save(matter + cells + cell(start))
        #expect(watched.waits(for: "waited"))
    }

    @Test func aBookThatWasNeverRenderedIsListedBeforeItsCellsHaveRun() throws {
        let watched = try WatchedBook(cell("sleep(600)"))
        #expect(
            watched.waits {
                (try? watched.book.read("Output/default/index.html").contains("edited/index.html")) == true
            })
        #expect(!watched.book.exists("Output/default/edited"))
    }

    @Test func anInputThatComesLaterIsNoticed() throws {
        let watched = try WatchedBook(
            "---\ninputs: Data/late.txt\n---\n\n"
                + cell("print(try String(contentsOfFile: \"Data/late.txt\", encoding: .utf8))"))
        try #require(watched.waits(for: "diagnostic error"))
        try watched.book.write("it came", to: "Data/late.txt")
        #expect(watched.waits(for: "it came"))
    }

    @Test func theBookFollowsItsFiles() throws {
        let watched = try WatchedBook(
            "---\ninputs: Data/a.txt\n---\n\n"
                + cell("print(try String(contentsOfFile: \"Data/a.txt\", encoding: .utf8))"),
            files: ["Data/a.txt": "first input", "Notebooks/book.yml": "title: The first title\n"])
        let front = { (try? watched.book.read("Output/default/index.html")) ?? "" }
        try #require(watched.waits { front().contains("The first title") })
        #expect(watched.waits(for: "first input"))
        try watched.book.write("second input", to: "Data/a.txt")
        #expect(watched.waits(for: "second input"))
        try watched.book.write("title: The second title\n", to: "Notebooks/book.yml")
        #expect(watched.waits { front().contains("The second title") })
        try watched.book.write("# Another\n\n" + cell("print(6 * 7)"), to: "Notebooks/other.md")
        #expect(
            watched.waits { front().contains("Another") && watched.book.exists("Output/default/other/record.json") })
        try watched.book.remove("Notebooks/other.md")
        #expect(watched.waits { !front().contains("Another") && !watched.book.exists("Output/default/other") })
    }
}

/// A cell that gives something else each time it is run.
private let random = cell("print(UInt64.random(in: 0 ... .max))")
