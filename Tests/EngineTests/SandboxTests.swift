import Engine
import Foundation
import Notebook
import Testing
import Wire

#if canImport(Glibc)
    import Glibc
#endif

/// A socket of this process that listens on the loopback interface.
private final class Listener: Sendable {
    let port: Int
    private let descriptor: Int32

    init(_ kind: Int32) throws {
        let descriptor = socket(AF_INET, kind, 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, length) == 0 && getsockname(descriptor, pointer, &length) == 0
            }
        }
        try #require(bound)
        listen(descriptor, 1)
        port = Int(UInt16(bigEndian: address.sin_port))
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }
}

private let stream = Int32(SOCK_STREAM.rawValue)
private let datagram = Int32(SOCK_DGRAM.rawValue)

/// A book whose cells try to get out, rendered once.
private struct EscapeBook {
    let book: TemporaryBook
    let outcome: Outcome
    let neighbour: String
    let plant: String
    let listeners: [Listener]
    static let rendered = Result { try EscapeBook() }

    private init() throws {
        book = try TemporaryBook()
        try book.write("a secret", to: "undeclared.txt")
        try book.write("1,2", to: "Data/declared.csv")
        try book.write("3,4", to: "Data/other.csv")
        try book.write("5", to: "Folder/a.txt")
        neighbour = book.root + "/temporary/neighbour"
        try FileManager.default.createDirectory(atPath: neighbour, withIntermediateDirectories: true)
        listeners = [try Listener(stream), try Listener(datagram)]
        plant = NSHomeDirectory() + "/kdbook-planted-\(UUID().uuidString)"
        try book.write(EscapeBook.escape(book.root, plant, neighbour, listeners), to: "Notebooks/escape.md")
        try book.write(EscapeBook.allowed, to: "Notebooks/allowed.md")
        try book.write(
            cell("let text = try String(contentsOfFile: \"undeclared.txt\", encoding: .utf8)"),
            to: "Notebooks/undeclared.md")
        try book.write(
            "---\ninputs: Data/declared.csv\n---\n\n"
                + cell("let file = open(\"Data/other.csv\", O_RDONLY)\nprint(file, String(cString: strerror(errno)))"),
            to: "Notebooks/beside.md")
        outcome = try Outcome.running(
            Installed.prefix + "/bin/kdbook", ["render"], in: book.root,
            environment: [
                "TMPDIR": book.root + "/temporary", "A_SECRET_TOKEN": "hidden", "KDBOOK_SECRET": "hidden",
            ], timeLimit: 120)
    }

    private static func escape(_ root: String, _ plant: String, _ neighbour: String, _ listeners: [Listener]) -> String
    {
        """
        ---
        inputs: Data/declared.csv
        ---

        ```swift
        func tried(_ what: String, _ result: some SignedInteger) {
            let cause = errno
            print(what + ":", result < 0 ? String(cString: strerror(cause)) : "DONE")
        }
        func read(_ path: String) -> Int32 { open(path, O_RDONLY) }
        func make(_ path: String) -> Int32 { open(path, O_WRONLY | O_CREAT, 0o600) }
        func find<Function>(_ name: String, as type: Function.Type) -> Function {
            unsafeBitCast(dlsym(UnsafeMutableRawPointer(bitPattern: 0), name)!, to: type)
        }
        func connect(_ kind: __socket_type, _ port: UInt16) -> Int32 {
            let descriptor = socket(AF_INET, Int32(kind.rawValue), 0)
            guard descriptor >= 0 else { return -1 }
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = port.bigEndian
            address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
            return withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
        }
        func address<Result>(_ path: String, _ use: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
            return withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { use($0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
            }
        }
        let scratch = NSHomeDirectory()
        ```

        ```swift
        tried("write to the home", make("\(plant)"))
        tried("write to the book", make("planted.txt"))
        tried("write to a notebook", open("Notebooks/escape.md", O_WRONLY))
        tried("write to an input", open("Data/declared.csv", O_WRONLY))
        tried("shorten an input", truncate("Data/declared.csv", 0))
        tried("hide an input", chmod("Data/declared.csv", 0))
        tried("remove an input", unlink("Data/declared.csv"))
        tried("write to a temporary folder", make("\(neighbour)/planted"))
        tried("write beside the scratch", make(scratch + "/../planted"))
        tried("write to /tmp", make("/tmp/kdbook-planted"))
        tried("write to /dev/shm", make("/dev/shm/kdbook-planted"))
        tried("read the password file", read("/etc/shadow"))
        tried("read the home", opendir("\(NSHomeDirectory())") == nil ? -1 : 0)
        tried("list the book", opendir(".") == nil ? -1 : 0)
        tried("read an undeclared file", read("undeclared.txt"))
        tried("read beside an input", read("Data/other.csv"))
        symlink("\(root)/undeclared.txt", scratch + "/link")
        tried("read through a link", read(scratch + "/link"))
        tried("link a file", link("\(root)/undeclared.txt", scratch + "/hard"))
        tried("move a file", rename("\(root)/undeclared.txt", scratch + "/moved"))
        tried("read through the root", read("/proc/self/root\(root)/undeclared.txt"))
        tried("read through the folder", read("/proc/self/cwd/undeclared.txt"))
        tried("read the parent's environment", read("/proc/\\(getppid())/environ"))
        let maps = fopen("/proc/self/maps", "r")!
        var line = [CChar](repeating: 0, count: 4096)
        var library = ""
        while !library.contains("libCell1.so"), fgets(&line, 4096, maps) != nil { library = String(cString: line) }
        library = String(library.dropFirst(library.distance(from: library.startIndex, to: library.firstIndex(of: "/")!)).dropLast())
        precondition(library.hasSuffix("libCell1.so"))
        tried("write to a compiled cell", open(library, O_WRONLY))
        tried("make a compiled cell", mkdir("\(root)/.kdbook/cells/00", 0o700))
        tried("write to a picture", make("\(root)/.kdbook/figures/00.png"))
        ```

        ```swift
        tried("reach by TCP", connect(SOCK_STREAM, \(listeners[0].port)))
        tried("reach by UDP", connect(SOCK_DGRAM, \(listeners[1].port)))
        tried("reach by IPv6", socket(AF_INET6, Int32(SOCK_STREAM.rawValue), 0))
        tried("a raw socket", socket(AF_INET, Int32(SOCK_RAW.rawValue), 1))
        tried("a local socket", socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0))
        var pair: [Int32] = [0, 0]
        socketpair(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0, &pair)
        tried("send from a pair", send(pair[0], "x", 1, 0) == 1 ? address("/dev/log") { connect(pair[0], $0, $1) } : 0)
        tried("send to an address", address("/dev/log") { sendto(pair[0], "x", 1, 0, $0, $1) })
        tried("signal the parent", kill(getppid(), 0))
        tried("signal the first process", kill(1, 0))
        typealias Trace = @convention(c) (Int, Int32, Int, Int) -> Int
        tried("trace the parent", find("ptrace", as: Trace.self)(16, getppid(), 0, 0))
        typealias Shared = @convention(c) (Int32, Int, Int32) -> Int32
        tried("shared memory", find("shmget", as: Shared.self)(4711, 4096, 0o1600))
        tried("a higher limit", setrlimit(__rlimit_resource_t(RLIMIT_DATA.rawValue), [rlimit(rlim_cur: 1 << 50, rlim_max: 1 << 50)]))
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        shell.arguments = ["-c", "cat undeclared.txt; echo planted > planted.txt; kill -0 $PPID && kill -0 1"]
        shell.standardError = FileHandle.nullDevice
        try shell.run()
        shell.waitUntilExit()
        print("a shell:", shell.terminationStatus == 0 ? "DONE" : "failed")
        ```

        ```swift
        ProcessInfo.processInfo.environment.keys.sorted()
        ```
        """
    }

    private static let allowed = """
        ---
        inputs: [Data/declared.csv, Folder]
        ---

        ```swift
        let text = try String(contentsOfFile: "Data/declared.csv", encoding: .utf8)
        let names = try FileManager.default.contentsOfDirectory(atPath: "Folder")
        print(text, names, try String(contentsOfFile: "Folder/a.txt", encoding: .utf8))
        ```

        ```swift
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("notes.txt")
        try Data("first".utf8).write(to: file, options: .atomic)
        try FileManager.default.copyItem(at: file, to: file.appendingPathExtension("new"))
        try FileManager.default.moveItem(at: file, to: file.appendingPathExtension("old"))
        print(try String(contentsOf: file.appendingPathExtension("old"), encoding: .utf8))
        print(NSTemporaryDirectory().hasPrefix(NSHomeDirectory()))
        ```

        ```swift
        //| error: true
        print(try String(contentsOfFile: "Data/declared.csv", encoding: .utf8))
        let none: [Int] = []
        print(Date.now > Date.distantPast, Thread.isMainThread, none[none.count])
        ```

        ```swift
        DispatchQueue.concurrentPerform(iterations: 4) { _ in }
        // Dispatch looks after threads that wait.
        let group = DispatchGroup()
        for _ in 0..<8 { DispatchQueue.global().async(group: group) { usleep(100_000) } }
        group.wait()
        print(UUID().uuidString.count, Calendar.current.identifier, TimeZone.current.identifier)
        Chart { Line(y: [1.0, 2.0]) }
        ```
        """
}

extension EndToEnd {
    @Suite(.serialized) struct SandboxTests {
        private let book: TemporaryBook
        private let outcome: Outcome
        private let escape: EscapeBook

        init() throws {
            escape = try EscapeBook.rendered.get()
            (book, outcome) = (escape.book, escape.outcome)
        }

        private func printed(_ name: String) throws -> [String] {
            try book.record(name).cells.flatMap(\.displays).flatMap { display -> [String] in
                guard case .text(let text) = display else { return [] }
                return text.split(separator: "\n").map(String.init)
            }
        }

        @Test func nothingThatACellTriesGetsItOut() throws {
            let attempts = try printed("escape")
            #expect(attempts.count == 38, "\(attempts)")
            #expect(attempts.filter { $0.contains("DONE") || $0.contains("secret") } == [])
            for attempt in attempts where !attempt.hasPrefix("a shell") {
                #expect(
                    attempt.hasSuffix("Permission denied") || attempt.hasSuffix("Operation not permitted")
                        || attempt.hasSuffix("Invalid cross-device link"), "\(attempt)")
            }
        }

        @Test func whatWasThereIsAsItWas() throws {
            #expect(!FileManager.default.fileExists(atPath: escape.plant) && !book.exists("planted.txt"))
            #expect(try book.read("Data/declared.csv") == "1,2" && book.read("undeclared.txt") == "a secret")
            #expect(try FileManager.default.contentsOfDirectory(atPath: escape.neighbour) == [])
        }

        @Test func theEnvironmentIsTheSameEverywhere() throws {
            #expect(
                try book.record("escape").cells.last?.displays == [
                    .value(
                        #"["CFFIXED_USER_HOME", "HOME", "KDBOOK_INPUTS", "LANG", "PATH", "SWIFT_BACKTRACE", "SWIFT_DETERMINISTIC_HASHING", "TMPDIR", "TZ"]"#
                    )
                ])
        }

        @Test func anUndeclaredFileIsExplained() throws {
            #expect(
                outcome.errors.contains(
                    "Notebooks/undeclared.md:2:16: note: `undeclared.txt` is not among the notebook's inputs; `inputs: undeclared.txt` in the front matter makes it one"
                ), "\(outcome.errors)")
            #expect(outcome.complaints.count == 1)
            #expect(try printed("beside") == ["-1 Permission denied"])
        }

        @Test func whatCellsNeedWorks() throws {
            #expect(
                try printed("allowed") == [
                    "1,2 [\"a.txt\"] 5", "first", "true", "1,2", "36 gregorian GMT",
                ])
            let cells = try book.record("allowed").cells
            #expect(cells[2].diagnostics.map(\.message) == ["Index out of range"])
            #expect(cells.last?.pictures.count == 2)
        }

        @Test func thePageSaysWhatHeldTheCells() throws {
            let page = try book.page("allowed")
            #expect(inOrder(["<dt>Instructions</dt>", "<dt>Sandbox</dt><dd>on</dd>", "Folder/a.txt"], in: page))
        }

        @Test func whatTheSystemDoesNotGuardIsSaidOnThePageAndOnceInTheTerminal() throws {
            let book = try TemporaryBook(["a": cell("print(1)"), "b": cell("print(kill(getppid(), 0))")])
            try book.write("a secret", to: "undeclared.txt")
            for (version, gaps) in [
                ("0", "which files cells read and write, signals to other processes"),
                ("2", "shortening of files that cells can only read, signals to other processes"),
                ("5", "signals to other processes"),
            ] {
                let outcome = try Outcome.running(
                    Installed.prefix + "/bin/kdbook", ["render", "--force"], in: book.root,
                    environment: ["KDBOOK_LANDLOCK": version])
                #expect(outcome.status == 0)
                let warning = "kdbook: warning: this system's kernel does not guard \(gaps): "
                #expect(outcome.errors.ranges(of: warning).count == 1, "\(outcome.errors)")
                #expect(try book.page("a").contains("on; this system does not guard \(gaps)"))
            }
            #expect(try book.record("b").cells[0].displays == [.text("0\n")])
        }

        @Test(arguments: ["0", "99"])
        func aCellsHomeIsItsScratchFolderWhateverTheSystemGuards(landlock: String) throws {
            let book = try TemporaryBook([
                "a": cell(
                    "let home = ProcessInfo.processInfo.environment[\"HOME\"] ?? \"\"\n"
                        + "print(NSHomeDirectory() == home, FileManager.default.homeDirectoryForCurrentUser.path == home)"
                )
            ])
            #expect(try book.run("render", environment: ["KDBOOK_LANDLOCK": landlock]).status == 0)
            #expect(try book.record("a").cells[0].displays == [.text("true true\n")])
        }

        @Test func withoutASandboxCellsReadWhatTheyLikeAndNothingOfItIsKept() throws {
            let book = try TemporaryBook([
                "a": cell(
                    "let file = open(\"undeclared.txt\", O_RDONLY)\nprint(file < 0)\nlet home = open(\"new.txt\", O_WRONLY | O_CREAT, 0o600)"
                )
            ])
            try book.write("a secret", to: "undeclared.txt")
            let shown = { try book.record("a").cells[0].displays }
            #expect(try book.run("render").status == 0)
            #expect(try shown() == [.text("true\n")])
            #expect(try book.run("render", "--no-sandbox").output.contains("1 rendered"))
            #expect(try shown() == [.text("false\n")])
            #expect(book.exists("new.txt"))
            #expect(try book.page("a").contains("<dt>Sandbox</dt><dd>off: cells could do all that the user can</dd>"))
            #expect(try book.run("render").output.contains("1 rendered"))
            #expect(try shown() == [.text("true\n")])
            #expect(try book.page("a").contains("<dt>Sandbox</dt><dd>on</dd>"))
        }

        @Test func noDaemonOutlivesANotebookWithoutASandboxEither() throws {
            let book = try TemporaryBook([
                "a": cell(
                    "typealias Fork = @convention(c) () -> Int32\nlet fork = unsafeBitCast(dlsym(UnsafeMutableRawPointer(bitPattern: 0), \"fork\")!, to: Fork.self)\nif fork() == 0 {\n    setsid()\n    if fork() == 0 {\n        while true { sleep(1000) }\n    }\n    _exit(0)\n}\nsleep(1)"
                )
            ])
            let outcome = try book.run("render", "--no-sandbox")
            #expect(outcome.complaints.map { $0.contains("left it behind") } == [true])
            #expect(book.hasNoProcess())
        }

        @Test func permissionsWidenItByName() throws {
            let listener = try Listener(stream)
            let book = try TemporaryBook([
                "a": cell(
                    """
                    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
                    var address = sockaddr_in()
                    address.sin_family = sa_family_t(AF_INET)
                    address.sin_port = UInt16(\(listener.port)).bigEndian
                    address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
                    let connected = withUnsafePointer(to: &address) {
                        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                            connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                        }
                    }
                    print(connected, open("Shared/a.txt", O_RDONLY) >= 0, open("Made/b.txt", O_WRONLY | O_CREAT, 0o600) >= 0)
                    """)
            ])
            try book.write("read me", to: "Shared/a.txt")
            try FileManager.default.createDirectory(atPath: book.root + "/Made", withIntermediateDirectories: true)
            let shown = { try book.record("a").cells[0].displays }
            #expect(try book.run("render").status == 0)
            #expect(try shown() == [.text("-1 false false\n")])
            try book.write("permissions: {network: true, read: Shared, write: [Made]}\n", to: "Notebooks/book.yml")
            #expect(try book.run("render").output.contains("1 rendered"))
            #expect(try shown() == [.text("0 true true\n")])
            #expect(
                try book.page("a").contains(
                    "on, the network permitted, reading Shared permitted, writing Made permitted"))
            #expect(book.exists("Made/b.txt"))
        }

        @Test func aPermissionOfOneNotebookIsNoOthers() throws {
            let opens = cell("print(open(\"Shared/a.txt\", O_RDONLY) >= 0)")
            let book = try TemporaryBook(["a": opens, "b": opens])
            try book.write("read me", to: "Shared/a.txt")
            try book.write("permissions: {notebooks: {b: {read: [Shared]}}}\n", to: "Notebooks/book.yml")
            #expect(try book.run("render").status == 0)
            #expect(try book.record("a").cells[0].displays == [.text("false\n")])
            #expect(try book.record("b").cells[0].displays == [.text("true\n")])
            try book.write("permissions: {notebooks: {b: {read: [Shared], network: true}}}\n", to: "Notebooks/book.yml")
            #expect(try book.run("render").output.contains("1 rendered, 1 unchanged"))
            try book.write("permissions:\n  notebooks:\n    bb: {network: true}\n", to: "Notebooks/book.yml")
            let outcome = try book.run("render")
            #expect(outcome.status == 1)
            #expect(
                outcome.errors.hasPrefix(
                    "Notebooks/book.yml:3:5: error: there is no notebook `bb` to permit something"),
                "\(outcome)")
        }

        @Test func aPermissionThatIsNoneIsToldAtItsPlace() throws {
            let book = try TemporaryBook(["a": cell("1")])
            try book.write("permissions:\n  netwrok: true\n", to: "Notebooks/book.yml")
            let outcome = try book.run("render")
            #expect(outcome.status == 1)
            #expect(
                outcome.errors
                    == "Notebooks/book.yml:2:12: error: unknown permission `netwrok`; did you mean `network`?\n")
        }
    }
}
