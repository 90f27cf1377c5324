import Engine
import Foundation
import Notebook
import Testing

/// A small book in several versions; each has cells that take their time, a picture and an input.
private struct SmallBook {
    let version: Int

    var notebooks: [String: String] {
        [
            "numbers": cell("let number = \(version)\nprint(\"begun\")") + cell("number * 7") + "Words \(version).\n",
            "chart": cell("let height = \(version).0")
                + cell("Chart { Line(y: [1.0, height]) }", "label: fig-a", "fig-cap: A.", "fig-alt: A line."),
            "input": cell("let text = try String(contentsOfFile: \"Data/a.txt\", encoding: .utf8)", "inputs: Data")
                + cell("usleep(150_000)\ntext.count + \(version)"),
        ]
    }

    func write(to book: TemporaryBook) throws {
        for (name, text) in notebooks { try book.write(text, to: "Notebooks/\(name).md") }
        try book.write(String(repeating: "x", count: 100 + version), to: "Data/a.txt")
    }

    /// What rendering it writes, in a folder where nothing ever was.
    func clean() throws -> [String: Data] {
        let book = try TemporaryBook()
        try write(to: book)
        try book.write("title: The book\n", to: "Notebooks/book.yml")
        try expectSuccess(book.run("render"))
        return book.files()
    }
}

private func expectSuccess(_ outcome: Outcome) throws { try #require(outcome.status == 0, "\(outcome)") }

extension EndToEnd {
    @Suite(.serialized) struct KillTests {
        private static let clean = Result { try (0..<3).map { try SmallBook(version: $0).clean() } }

        /// How often a render is killed; `script/prove-kills` asks for more.
        private static let rounds = Int(ProcessInfo.processInfo.environment["KDBOOK_KILL_ROUNDS"] ?? "") ?? 10

        @Test func whenARenderIsKilledAtAnyMomentTheNextIsRightAndNothingIsLeft() throws {
            let clean = try KillTests.clean.get()
            let book = try TemporaryBook()
            var draws = SeededGenerator(seed: RunSeed.value)
            try book.write("title: The book\n", to: "Notebooks/book.yml")
            for round in 0..<KillTests.rounds {
                let version = Int.random(in: clean.indices, using: &draws)
                try SmallBook(version: version).write(to: book)
                // Once in a while from nothing; otherwise much of what is needed is there.
                if round % 3 == 0 { try? book.remove(".kdbook") }
                if round % 5 == 0 { try? book.remove("Output") }
                let signal = [SIGKILL, SIGKILL, SIGINT, SIGTERM, SIGHUP].randomElement(using: &draws) ?? SIGKILL
                let moment = Int.random(in: 0..<900, using: &draws)
                let comment: Comment =
                    "KDBOOK_SEED=\(RunSeed.value), round \(round): version \(version), signal \(signal) after \(moment) ms"
                let tool = try RunningTool(["render", "--jobs", "2"], in: book)
                usleep(UInt32(moment) * 1000)
                kill(tool.process.processIdentifier, signal)
                tool.process.waitUntilExit()
                #expect(book.hasNoProcess(), comment)
                if signal != SIGKILL {
                    #expect(book.files(in: ".kdbook/scratch").isEmpty, comment)
                }
                expectWholeEntries(in: book, comment)
                let next = try book.run("render")
                #expect(next.status == 0 && next.errors == "", "\(comment): \(next)")
                #expect(book.files() == clean[version], comment)
                let leftovers = book.files(in: ".kdbook").keys.filter {
                    $0.contains("~") || $0.hasPrefix("scratch/") || $0.hasPrefix("workshop/")
                }
                #expect(leftovers == [], comment)
            }
        }

        /// Whatever has its final name in the store is whole.
        private func expectWholeEntries(in book: TemporaryBook, _ comment: Comment) {
            let store = book.root + "/.kdbook/"
            func digest(_ path: String) -> String? { (try? Files.digest(of: store + path))?.description }
            for (path, content) in book.files(in: ".kdbook") where !path.contains("~") {
                if path.hasPrefix("figures/"), path.hasSuffix(".png") {
                    #expect(content.dropLast(4).suffix(4) == Data("IEND".utf8), comment)
                }
                if path.hasPrefix("records/"), path.hasSuffix(".json") {
                    #expect(content.count > 65 && content.last == UInt8(ascii: "\n"), comment)
                }
                if path.hasPrefix("cells/"), path.hasSuffix(".so") {
                    let folder = (path as NSString).deletingLastPathComponent
                    let note = (try? book.read(".kdbook/\(folder)/unit.json")) ?? ""
                    #expect(digest(path).map(note.contains) == true, comment)
                }
            }
        }

        @Test(arguments: [SIGINT, SIGTERM, SIGHUP]) func aSignalEndsAllAndLeavesThePagesAsTheyWere(
            _ signal: Int32
        ) throws {
            let book = try TemporaryBook(["loop": cell("print(1)"), "other": cell("print(2)")])
            try expectSuccess(book.run("render"))
            let before = book.files()
            for name in ["loop", "other"] { try book.write(cell("while true {}"), to: "Notebooks/\(name).md") }
            let tool = try RunningTool(["render", "--jobs", "2"], in: book)
            #expect(tool.waits(until: { book.kernels == 2 }))
            let began = ContinuousClock.now
            kill(tool.process.processIdentifier, signal)
            tool.process.waitUntilExit()
            // Far more than it takes, far less than the time limit of cells.
            #expect(ContinuousClock.now - began < .seconds(10))
            #expect(tool.process.terminationStatus == 128 + signal)
            #expect(book.hasNoProcess())
            #expect(book.files() == before)
            #expect(book.files(in: ".kdbook/scratch").isEmpty)
        }

        @Test func whenTheToolIsKilledItsKernelsAndCompilersEnd() throws {
            let book = try TemporaryBook(["loop": cell("while true {}") + cell("1")])
            let tool = try RunningTool(["render"], in: book)
            #expect(tool.waits(until: { book.kernels == 1 }))
            kill(tool.process.processIdentifier, SIGKILL)
            tool.process.waitUntilExit()
            #expect(book.hasNoProcess())
        }
    }
}

/// A tool that runs while the test goes on.
final class RunningTool {
    let process = Process()

    init(_ arguments: [String], in book: TemporaryBook) throws {
        process.executableURL = URL(fileURLWithPath: Installed.prefix + "/bin/kdbook")
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: book.root)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    /// - Returns: whether `condition` came to hold while the tool ran.
    func waits(until condition: () -> Bool) -> Bool {
        while process.isRunning {
            if condition() { return true }
            usleep(5_000)
        }
        return false
    }
}

extension TemporaryBook {
    /// The processes that work for this book: each has its folder in its arguments, its environment or as its own.
    private var processes: [(id: String, arguments: String)] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.filter { Int($0) != nil }.compactMap { id in
            let texts = ["cmdline", "environ"].map { name in
                String(decoding: FileManager.default.contents(atPath: "/proc/\(id)/\(name)") ?? Data(), as: UTF8.self)
            }
            let folder = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(id)/cwd")
            guard folder == root || texts.contains(where: { $0.contains(root) }) else { return nil }
            return (id, texts[0])
        }
    }

    /// How many processes its notebooks have: of each the kernel, the one that watches over it, and what cells started.
    var kernelProcesses: Int { kernelProcessIdentifiers.count }

    /// The numbers of those processes.
    var kernelProcessIdentifiers: [pid_t] {
        processes.filter { $0.arguments.contains("kdbook-kernel") }.compactMap { pid_t($0.id) }
    }

    /// How many notebooks of this book are running: kernels whose parent watches over them.
    var kernels: Int {
        let all = processes.filter { $0.arguments.contains("kdbook-kernel") }
        return all.count { process in
            let status = (try? String(contentsOfFile: "/proc/\(process.id)/status", encoding: .utf8)) ?? ""
            return all.contains { status.contains("PPid:\t\($0.id)\n") }
        }
    }

    /// Whether a compiler is at work on the file `name`.
    func isCompiling(_ name: String) -> Bool {
        processes.contains { $0.arguments.contains("swift-frontend") && $0.arguments.contains("/\(name)") }
    }

    /// Whether no process works for this book, or will not a moment from now.
    func hasNoProcess() -> Bool {
        for _ in 0..<500 {
            if processes.isEmpty { return true }
            usleep(10_000)
        }
        return false
    }
}
