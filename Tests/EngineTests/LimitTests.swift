import Foundation
import Notebook
import Testing
import Wire

/// Cells that do what no cell may, each in a notebook of its own; rendered once.
private struct UnrulyBook {
    let book: TemporaryBook
    let outcome: Outcome
    static let rendered = Result { try UnrulyBook() }

    private init() throws {
        book = try TemporaryBook(UnrulyBook.notebooks)
        outcome = try Outcome.running(Installed.prefix + "/bin/kdbook", ["render"], in: book.root, timeLimit: 400)
    }

    /// Swift hides `fork`; a cell that wants to misbehave finds it.
    private static let fork = """
        typealias Fork = @convention(c) () -> Int32
        let fork = unsafeBitCast(dlsym(UnsafeMutableRawPointer(bitPattern: 0), "fork")!, to: Fork.self)

        """

    /// Files of 8 MB in the scratch folder, which stay open.
    private static let files = """
        chdir(NSHomeDirectory())
        let block = [UInt8](repeating: 1, count: 8_000_000)
        func fill(_ path: String) { _ = write(open(path, O_WRONLY | O_CREAT, 0o600), block, block.count) }

        """

    private static func bounded(_ limits: String, _ cells: String...) -> String {
        "---\nlimits: {\(limits)}\n---\n\n" + cells.joined()
    }

    private static let notebooks = [
        "good": cell("print(\"as ever\")"),
        "exits": cell("print(\"before\")\nexit(0)") + cell("print(\"never\")"),
        "closes-output": cell("print(\"before\")\nclose(1)") + cell("print(\"never\")"),
        "redirects-output": cell(
            "let file = open(NSHomeDirectory() + \"/out\", O_WRONLY | O_CREAT, 0o600)\ndup2(file, 1)\nprint(\"gone\")"),
        "closes-all": cell("for descriptor: Int32 in 0..<1024 { close(descriptor) }\nlet a = 1"),
        "prints-much": cell(
            "let line = String(repeating: \"x\", count: 9_999)\nfor _ in 0..<100_000 { print(line) }\nprint(\"done\")")
            + cell("print(\"next\")"),
        "shows-much": cell(
            "show(String(repeating: \"x\", count: 50_000_000))\nshow(Table(columns: [\"a\"], rows: [[\"b\"]]))")
            + cell("show(Table(columns: [\"n\"], rows: (0..<300_000).map { [String($0)] }))")
            + cell(
                "struct Page: Displayable { var display: Displayed { .html(String(repeating: \"<b>\", count: 500_000)) } }\nPage()"
            )
            + cell("for i in 0..<20_000 { show(i) }") + cell("print(\"next\")"),
        "shows-more": bounded("output: 3 MB", cell("show(String(repeating: \"x\", count: 2_000_000))")),
        "writes-much": cell(
            "print(\"before\")\nlet file = open(NSHomeDirectory() + \"/big\", O_WRONLY | O_CREAT, 0o600)\nlet block = [UInt8](repeating: 1, count: 1 << 20)\nfor _ in 0..<1000 {\n    _ = write(file, block, block.count)\n}\nprint(\"never\")"
        ),
        "forks": cell(fork + "_ = fork()\nprint(\"twice\")") + cell("print(\"never\")"),
        "forks-and-shows": cell(fork + "if fork() == 0 { show(1) }\nsleep(1)"),
        "forks-and-holds": cell(fork + "if fork() == 0 { while true { sleep(1000) } }\nprint(\"parent\")"),
        "leaves-a-daemon": cell(
            fork
                + "if fork() == 0 {\n    setsid()\n    if fork() == 0 {\n        for descriptor: Int32 in 0..<1024 { close(descriptor) }\n        while true { sleep(1000) }\n    }\n    _exit(0)\n}\nsleep(1)\nkill(getpid(), SIGKILL)"
        ),
        "forks-without-end": cell(fork + "while true { _ = fork() }"),
        "awaits": cell(
            fork
                + "let child = fork()\nif child == 0 { _exit(3) }\nvar status: Int32 = 0\nwaitpid(child, &status, 0)\nstatus >> 8"
        )
            + cell(
                "let process = Process()\nprocess.executableURL = URL(fileURLWithPath: \"/bin/echo\")\nprocess.arguments = [\"from elsewhere\"]\ntry process.run()\nprocess.waitUntilExit()"
            ),
        "reads-input": cell("readLine() ?? \"nothing to read\"") + cell("open(\"/dev/tty\", O_RDWR)"),
        "sleeps": cell("sleep(100_000)", "timeout: 1"),
        "takes-long": bounded(
            "time: 3s", cell("usleep(1_800_000)"), cell("usleep(1_800_000)"), cell("print(\"never\")")),
        "kills-itself": cell("kill(getpid(), SIGKILL)"),
        "stops-itself": cell("print(\"before\")\nkill(getpid(), SIGSTOP)"),
        "hangs-up": cell("raise(SIGHUP)"),
        "stops-a-copy": cell("kill(getpid(), SIGSTOP)", "error: true") + cell("print(\"next\")"),
        "kills-behind-a-copy": cell("kill(getppid(), SIGKILL)\nsleep(5)", "error: true") + cell("print(\"never\")"),
        "leaves-a-thread": cell(
            "let thread = Thread {\n    usleep(300_000)\n    let none: [Int] = []\n    print(none[none.count])\n}\nthread.start()"
        ) + cell("sleep(5)"),
        "writes-events": cell(
            "for descriptor: Int32 in 3..<1024 { _ = \"{}\\n\".withCString { write(descriptor, $0, 3) } }\nsleep(5)"),
        "floods-events": cell(
            "let much = [UInt8](repeating: 65, count: 1 << 20)\nwhile true { for descriptor: Int32 in 200..<204 { _ = write(descriptor, much, much.count) } }"
        ),
        "fills-memory": bounded(
            "memory: 600 MB",
            cell(
                "print(\"before\")\nvar parts: [[UInt8]] = []\nwhile true {\n    parts.append([UInt8](repeating: 1, count: 50_000_000))\n}"
            )),
        "asks-too-much": bounded("memory: 600 MB", cell("let data = Data(count: 5_000_000_000)\ndata.count")),
        "fills-a-copy": bounded(
            "memory: 600 MB", cell("_ = [UInt8](repeating: 1, count: 5_000_000_000)", "error: true"),
            cell("print(\"next\")")),
        "fills-memory-together": bounded(
            "memory: 600 MB",
            cell(
                fork
                    + "for _ in 0..<3 where fork() == 0 {\n    let part = [UInt8](repeating: 1, count: 300_000_000)\n    sleep(10)\n    _exit(Int32(part[0]))\n}\nsleep(10)"
            )),
        "starts-threads": bounded(
            "threads: 200",
            cell(
                """
                var attributes = pthread_attr_t()
                pthread_attr_init(&attributes)
                pthread_attr_setstacksize(&attributes, 65_536)
                for _ in 0..<400 {
                    var thread = pthread_t()
                    pthread_create(&thread, &attributes, { _ in sleep(1000); return nil }, nil)
                }
                sleep(10)
                """)),
        "fills-scratch": bounded("scratch: 20 MB", cell(files + "for i in 0..<6 { fill(\"file \\(i)\") }\nsleep(10)")),
        "hides-files": bounded(
            "scratch: 20 MB",
            cell(files + "for i in 0..<6 {\n    fill(\"file \\(i)\")\n    unlink(\"file \\(i)\")\n}\nsleep(10)")),
        "hides-a-folder": bounded(
            "scratch: 20 MB",
            cell(files + "mkdir(\"dark\", 0o300)\nfor i in 0..<6 { fill(\"dark/file \\(i)\") }\nsleep(10)")),
        "nests-folders": cell(
            files + "for _ in 0..<300 {\n    mkdir(\"deeper\", 0o700)\n    chdir(\"deeper\")\n}\nsleep(10)"),
        "needs-memory": bounded("memory: 600 MB", cell("[UInt8](repeating: 1, count: 500_000_000).count")),
    ]
}

extension EndToEnd {
    /// Whatever a cell does ends as one clear error at its line, in bounded time, with nothing left behind.
    @Suite(.serialized) struct LimitTests {
        private let book: TemporaryBook
        private let outcome: Outcome

        init() throws {
            let rendered = try UnrulyBook.rendered.get()
            (book, outcome) = (rendered.book, rendered.outcome)
        }

        /// What is said of a notebook, without its path.
        private func complaints(_ name: String) -> [String] {
            let prefix = "Notebooks/\(name).md:"
            return outcome.complaints.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
        }

        private func shown(_ name: String) throws -> [[Display]] { try book.record(name).cells.map(\.displays) }

        @Test func nothingIsLeftAndTheOthersRender() throws {
            #expect(outcome.status == 1)
            #expect(try shown("good") == [[.text("as ever\n")]])
            #expect(book.files(in: ".kdbook/scratch").isEmpty)
            #expect(book.hasNoProcess())
        }

        @Test(arguments: [
            ("exits", "2:1: error: the cell ended the notebook's process, by exit(0) or the like"),
            (
                "closes-output",
                "2:1: error: the cell closed or redirected standard output or standard error, and did not put it back"
            ),
            (
                "redirects-output",
                "2:1: error: the cell closed or redirected standard output or standard error, and did not put it back"
            ),
            (
                "closes-all",
                "2:1: error: the cell closed descriptors that are not its own: its results cannot reach the page"
            ),
            (
                "writes-much",
                "6:9: error: the cell wrote a file larger than the limit of 500 MB; `limits: {file: …}` in the front matter changes that"
            ),
            (
                "forks",
                "2:1: error: the cell started a process and left it behind: a cell must wait for the end of what it starts"
            ),
            (
                "forks-and-shows",
                "2:1: error: the cell started a process and left it behind: a cell must wait for the end of what it starts"
            ),
            (
                "forks-and-holds",
                "2:1: error: the cell started a process and left it behind: a cell must wait for the end of what it starts"
            ),
            (
                "leaves-a-daemon",
                "2:1: error: the process was ended by SIGKILL: it was killed, or the memory was full"
            ),
            (
                "forks-without-end",
                "2:1: error: the cell had more than 64 processes at once; `limits: {processes: …}` in the front matter changes that"
            ),
            ("sleeps", "3:1: error: the cell ran longer than its limit of 1 s; `//| timeout: …` changes that"),
            (
                "takes-long",
                "10:1: error: the notebook's cells ran longer than the limit of 3 s for all together; `limits: {time: …}` in the front matter changes that"
            ),
            ("kills-itself", "2:1: error: the process was ended by SIGKILL: it was killed, or the memory was full"),
            ("stops-itself", "2:1: error: the process was ended by SIGSTOP: it stopped itself"),
            ("hangs-up", "2:1: error: the process was ended by signal 1"),
            (
                "kills-behind-a-copy",
                "3:1: error: the process was ended by SIGKILL: it was killed, or the memory was full"
            ),
            ("leaves-a-thread", "5:15: error: Index out of range"),
            ("writes-events", "2:1: error: the cell wrote into the pipe that its results go through"),
            ("floods-events", "2:1: error: the cell wrote into the pipe that its results go through"),
            (
                "fills-memory",
                "9:24: error: the memory limit of 600 MB was reached; `limits: {memory: …}` in the front matter raises it"
            ),
            (
                "asks-too-much",
                "6:12: error: the memory limit of 600 MB was reached; `limits: {memory: …}` in the front matter raises it"
            ),
            (
                "fills-memory-together",
                "6:1: error: the memory limit of 600 MB was reached; `limits: {memory: …}` in the front matter raises it"
            ),
            (
                "starts-threads",
                "6:1: error: the cell had more than 200 threads at once; `limits: {threads: …}` in the front matter changes that"
            ),
            (
                "fills-scratch",
                "6:1: error: the cell's files took more than 20 MB together; `limits: {scratch: …}` in the front matter changes that"
            ),
            (
                "hides-files",
                "6:1: error: the cell's files took more than 20 MB together; `limits: {scratch: …}` in the front matter changes that"
            ),
            (
                "hides-a-folder",
                "6:1: error: the cell's files took more than 20 MB together; `limits: {scratch: …}` in the front matter changes that"
            ),
            ("nests-folders", "2:1: error: the cell's folders are nested too deep to be counted"),
        ])
        func aCellThatMisbehavesIsOneErrorAtItsLine(notebook: String, error: String) {
            #expect(complaints(notebook) == [error], "\(outcome.errors)")
        }

        @Test func whatACellPrintedBeforeItFailedIsOnThePage() throws {
            for name in ["exits", "closes-output", "writes-much", "stops-itself", "fills-memory"] {
                #expect(try book.page(name).contains("before\n</pre>"), "\(name)")
            }
            #expect(try book.page("forks-and-holds").contains("parent\n</pre>"))
            for name in ["exits", "closes-output", "forks", "takes-long", "kills-behind-a-copy"] {
                #expect(try !book.page(name).contains(">never"), "\(name)")
            }
        }

        @Test func whatACellPrintsIsCutAtItsLimitAndTheNextCellRuns() throws {
            let cells = try shown("prints-much")
            guard case .text(let text)? = cells.first?.first else { return #expect(Bool(false), "\(cells)") }
            #expect(text.utf8.count > 1_000_000 && text.utf8.count < 1_001_000)
            #expect(
                text.hasSuffix("\n… output cut here: a cell may show 1 MB; `limits: {output: …}` changes that\n"))
            #expect(cells.last == [.text("next\n")])
        }

        @Test func whatACellShowsIsCutAtItsLimitAndTheNextCellRuns() throws {
            let cells = try shown("shows-much")
            for displays in cells.dropLast() {
                #expect(displays.reduce(0) { $0 + $1.textSize } < 1_001_000)
                guard case .text(let note)? = displays.last else { return #expect(Bool(false), "\(displays.count)") }
                #expect(note.contains("output cut here"))
            }
            #expect(cells[0].count == 2)
            guard case .table(let table) = cells[1][0] else { return #expect(Bool(false)) }
            #expect(table.rows.count > 100_000 && table.rows.count < 300_000)
            #expect(cells[2][0] == .html(""))
            #expect(cells.last == [.text("next\n")])
        }

        @Test func limitsCanBeRaised() throws {
            #expect(try shown("shows-more") == [[.value(String(repeating: "x", count: 2_000_000))]])
            #expect(try shown("needs-memory") == [[.value("500000000")]])
        }

        @Test func aCopyMayFailByALimitAndTheNextCellRuns() throws {
            let full = try book.record("fills-a-copy").cells
            #expect(full[0].diagnostics.first?.message.hasPrefix("the memory limit of 600 MB was reached") == true)
            #expect(full[1].displays == [.text("next\n")])
            #expect(try shown("stops-a-copy").last == [.text("next\n")])
        }

        @Test func whatACellStartsAndAwaitsIsItsOwnBusiness() throws {
            #expect(try shown("awaits") == [[.value("3")], [.text("from elsewhere\n")]])
        }

        @Test func thereIsNobodyToAsk() throws {
            #expect(try shown("reads-input") == [[.value("nothing to read")], [.value("-1")]])
        }

        @Test func noProcessOutlivesAToolThatIsKilled() throws {
            let book = try TemporaryBook([
                "loop": cell(
                    "typealias Fork = @convention(c) () -> Int32\nlet fork = unsafeBitCast(dlsym(UnsafeMutableRawPointer(bitPattern: 0), \"fork\")!, to: Fork.self)\nif fork() == 0 {\n    setsid()\n    if fork() == 0 {\n        while true { sleep(1000) }\n    }\n    _exit(0)\n}\nprogress(\"begun\")\nwhile true {}"
                )
            ])
            let tool = try RunningTool(["render"], in: book)
            // The supervisor, the kernel and the daemon.
            #expect(tool.waits(until: { book.kernelProcesses >= 3 }))
            kill(tool.process.processIdentifier, SIGKILL)
            tool.process.waitUntilExit()
            #expect(book.hasNoProcess())
            #expect(book.files(in: ".kdbook/scratch").isEmpty)
        }

        @Test func limitsThatAreNoneAreToldAtTheirPlace() throws {
            let book = try TemporaryBook([
                "a": "---\nlimits:\n  memory: much\n---\n", "b": "---\nlimits:\n  memroy: 4 GB\n---\n",
                "c": "---\nlimits:\n  memory: 1 MB\n---\n",
            ])
            // Notebooks that are rendered side by side tell when they do.
            let told = try book.run("render").complaints.sorted()
            #expect(
                told == [
                    "Notebooks/a.md:3:11: error: front-matter entry `limits`: expected a size such as 500 MB or 2 GB, found `much`",
                    "Notebooks/b.md:3:11: error: unknown limit `memroy`; did you mean `memory`?",
                    "Notebooks/c.md:3:11: error: front-matter entry `limits`: expected at least 256 MB, which an empty notebook needs, found `1 MB`",
                ])
        }
    }
}
