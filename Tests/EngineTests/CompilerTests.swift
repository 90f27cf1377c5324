import Foundation
import Notebook
import TestSupport
import Testing
import Wire

/// Cells that keep a compiler busy; each is small.
enum Bomb {
    /// A constant of 1.6 GB, which the compiler writes out.
    static let memory = "let much: InlineArray<200_000_000, Int> = .init(repeating: 1)\nmuch[3]"

    /// A type of 2^27 parts.
    static let time =
        "typealias T0 = (Int, Int)\n"
        + (1...26).map { "typealias T\($0) = (T\($0 - 1), T\($0 - 1))\n" }.joined()
        + "func same(_ value: T26) -> T26 { value }"
}

extension EndToEnd {
    /// Compiling a cell has limits, and reaches nothing but what it needs.
    @Suite(.serialized) struct CompilerTests {
        private func notebook(_ matter: String, _ cells: String...) -> String {
            "---\n\(matter)\n---\n\n" + cells.joined()
        }

        private func render(_ notebook: String) throws -> (book: TemporaryBook, outcome: Outcome) {
            let book = try TemporaryBook(["a": notebook])
            return (
                book, try Outcome.running(Installed.prefix + "/bin/kdbook", ["render"], in: book.root, timeLimit: 200)
            )
        }

        @Test func theModulesThatEveryCellImportsAreReadOnceForAll() throws {
            let book = try TemporaryBook(["a": cell("1 + 1")])
            #expect(try book.run("render").status == 0)
            let folder = FileManager.default.enumerator(atPath: Installed.prefix + "/lib/kdbook/module-cache")
            let names = (folder?.allObjects as? [String] ?? []).map { ($0 as NSString).lastPathComponent }
            for module in ["SwiftShims", "CStatements"] {
                #expect(
                    names.contains { $0.hasPrefix(module + "-") && $0.hasSuffix(".pcm") },
                    "\(module) is not among \(names)")
            }
        }

        @Test func `a cell that takes too much memory to compile is one error at its line`() throws {
            let (book, outcome) = try render(notebook("limits: {memory: 600 MB}", cell("print(1)"), cell(Bomb.memory)))
            let line = "Notebooks/a.md:10:1: error: "
            #expect(
                outcome.complaints == [
                    line + "the compiler reached the memory limit of 1 GB at this cell; "
                        + "`limits: {memory: …}` in the front matter raises it"
                ])
            #expect(outcome.status == 1)
            #expect(try book.page("a").contains(">1\n</pre>"))
        }

        @Test func `a cell that takes too long to compile is one error at its line`() throws {
            let (book, outcome) = try render(notebook("timeout: 1", cell("print(1)"), cell(Bomb.time)))
            #expect(
                outcome.complaints == [
                    "Notebooks/a.md:10:1: error: the cell took longer to compile than its limit of 30 s of the processor's time; "
                        + "a larger `//| timeout: …` changes that"
                ])
            #expect(try book.page("a").contains(">1\n</pre>"))
            #expect(book.hasNoProcess())
        }

        @Test func `no cell is expected to end its compiler`() throws {
            let (book, outcome) = try render(
                notebook("limits: {memory: 600 MB}", cell(Bomb.memory, "error: true"), cell("print(\"never\")")))
            #expect(outcome.status == 1)
            #expect(outcome.complaints.count == 1 && outcome.errors.contains("reached the memory limit of 1 GB"))
            #expect(try !book.page("a").contains(">never"))
        }

        @Test func `where a cell fails, nothing is compiled behind it any more`() throws {
            let began = ContinuousClock.now
            let (book, outcome) = try render(cell("sleep(2)\nfatalError(\"enough\")") + cell(Bomb.time))
            #expect(outcome.complaints == ["Notebooks/a.md:3:1: error: enough"])
            // Far more than it takes, far less than the compiler would.
            #expect(ContinuousClock.now - began < .seconds(25))
            #expect(book.hasNoProcess())
        }

        @Test(arguments: [SIGINT, SIGTERM, SIGKILL])
        func `no compiler outlives the tool`(signal: Int32) throws {
            let book = try TemporaryBook(["a": cell(Bomb.time)])
            let tool = try RunningTool(["render"], in: book)
            #expect(tool.waits(until: { book.isCompiling("Cell1.swift") }))
            kill(tool.process.processIdentifier, signal)
            tool.process.waitUntilExit()
            #expect(book.hasNoProcess())
        }

        @Test func `a macro is one of the toolchain's`() throws {
            let (_, outcome) = try render(
                cell(
                    "@freestanding(expression) macro planted() -> Int = #externalMacro(module: \"Planted\", type: \"Planted\")\n#planted"
                ))
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("Planted"))
        }

        @Test func `a compiler that was taken over reaches its own folder only`() throws {
            let book = try TemporaryBook(["a": notebook("limits: {memory: 600 MB}", cell("1"))])
            try book.write("a secret", to: "secret.txt")
            let tools = book.root + "/toolchain/usr/bin"
            try FileManager.default.createDirectory(atPath: tools, withIntermediateDirectories: true)
            let probe = testFile("Compiler/taken-over.c")
                .path
            for name in ["swiftc", "swift-frontend"] {
                let made = try Outcome.running("/usr/bin/env", ["cc", probe, "-o", "\(tools)/\(name)"], in: book.root)
                try #require(made.status == 0, "\(made)")
            }
            let outcome = try book.run("render", environment: ["PATH": tools + ":/usr/bin:/bin"])
            #expect(
                outcome.errors.contains(
                    "error: source=0 own=0 read=13 list=13 write=13 store=13 cache=13 remove=13 mode=13 passwords=13 "
                        + "socket=13 local=13 process=13 signal=13 trace=13 program=13 memory=12\n"), "\(outcome)")
            #expect(try book.read("secret.txt") == "a secret")
            #expect(!book.exists("planted"))
            #expect(!book.files(in: ".kdbook").keys.contains { $0.contains("planted") })
        }
    }
}
