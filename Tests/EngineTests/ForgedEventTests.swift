import Foundation
import Notebook
import Testing
import Wire

/// Cells that write into the pipe of events what no kernel would, each in a notebook of its own; rendered once.
private struct ForgersBook {
    let book: TemporaryBook
    let outcome: Outcome
    static let rendered = Result { try ForgersBook() }

    private init() throws {
        var notebooks = ["good": cell("print(\"as ever\")")]
        for (name, code) in ForgersBook.forgers {
            notebooks[name] = cell(ForgersBook.forge + code) + cell("print(\"never\")")
        }
        book = try TemporaryBook(notebooks)
        outcome = try Outcome.running(Installed.prefix + "/bin/kdbook", ["render"], in: book.root, timeLimit: 400)
    }

    /// The descriptors that a kernel has its pipes at.
    private static let forge = """
        func forge(_ line: String, to pipe: Int32 = 200) { _ = write(pipe, line + "\\n", line.utf8.count + 1) }

        """

    private static func shown(_ display: String, mark: Int = 1) -> String {
        "forge(##\"{\"shown\":{\"_0\":\(display),\"isCut\":false,\"mark\":\(mark)}}\"##)"
    }

    private static func claim(
        line: String = "1", successes: Int = 1, tolerance: String = "0", verdict: String = "supported"
    )
        -> String
    {
        shown(
            """
            {"claim":{"combination":"all","findings":[{"n":1,"observations":{"count":{"of":2,"successes":\(successes)}},\
            "rule":{"holds":{"condition":"c"}},"setting":"","verdict":"supported"}],"id":"C1","measured":"m",\
            "place":{"file":"cell-1","line":\(line)},"tolerance":\(tolerance),"verdict":"\(verdict)"}}
            """)
    }

    private static let digest = String(repeating: "ab", count: 32)

    static let forgers = [
        "claim-before-all-lines": claim(line: "-9223372036854775808"),
        "claim-behind-all-lines": claim(line: "9223372036854775807"),
        "claim-of-more-than-all": claim(successes: 9),
        "claim-with-no-tolerance": claim(tolerance: "-1"),
        "claim-that-does-not-follow": claim(verdict: "refuted"),
        "number-beyond-all": claim(tolerance: "1e999"),
        "ragged-table": shown(##"{"table":{"alignments":["leading"],"columns":["a"],"rows":[["1","2"]]}}"##),
        "table-without-alignments": shown(##"{"table":{"alignments":[],"columns":["a"],"rows":[]}}"##),
        "figure-of-no-picture":
            shown(
                ##"{"figure":{"alternativeText":"","data":{},"dark":"\##(digest)","height":1,"light":"\##(digest)","width":1}}"##
            ),
        "picture-of-another":
            "forge(##\"{\"picture\":{\"digest\":\"\(digest)\",\"png\":\"iVBORw0KGgo=\"}}\"##)",
        "text-without-its-mark": shown(##"{"text":"a"}"##),
        "mark-of-another": shown(##"{"text":"a"}"##, mark: 7),
        "mark-of-none": shown(##"{"text":"a"}"##, mark: .min),
        "ready-again":
            "forge(##\"{\"ready\":{\"_0\":{\"filtersCalls\":true,\"instructionSet\":\"av\"## + ##\"x9\",\"landlock\":99}}}\"##)",
        "unready": "forge(##\"{\"unready\":{\"reason\":\"r\"}}\"##)",
        "halted": "forge(##\"{\"halted\":{\"_0\":\"done\"}}\"##)",
        "loaded-again": "forge(##\"{\"loaded\":{\"base\":4096,\"cell\":1}}\"##)",
        "loaded-another": "forge(##\"{\"loaded\":{\"base\":4096,\"cell\":2}}\"##)",
        "ended-another": "forge(##\"{\"ended\":{\"cell\":2,\"mark\":1}}\"##)",
        "ended-without-its-mark": "forge(##\"{\"ended\":{\"cell\":1,\"mark\":1}}\"##)",
        "copy-ended": "forge(##\"{\"copyEnded\":{\"mark\":1,\"status\":0}}\"##)",
        "copied": "forge(##\"{\"copied\":{\"line\":0,\"process\":1}}\"##)",
        "went-back": "forge(##\"{\"wentBack\":{\"token\":0}}\"##)",
        "lost-copy":
            "forge(##\"{\"lostCopy\":{\"mark\":9223372036854775807,\"process\":-2147483648,\"status\":0}}\"##)",
        "crash-without-number": "forge(\"!crash x y\")",
        "excess-of-nothing": "forge(\"!over all\")",
        "deep":
            "forge(String(repeating: \"[\", count: 100_000) + String(repeating: \"]\", count: 100_000))",
    ].mapValues { $0 + "\nsleep(20)" }
}

extension EndToEnd {
    /// What comes through the pipe of events and is none ends its own notebook, at its line; never the tool.
    @Suite(.serialized) struct ForgedEventTests {
        private let book: TemporaryBook
        private let outcome: Outcome

        init() throws {
            let rendered = try ForgersBook.rendered.get()
            (book, outcome) = (rendered.book, rendered.outcome)
        }

        @Test func `each forger is told of at its line, and the others render`() throws {
            #expect(outcome.status == 1, "\(outcome.errors)")
            let words = "2:1: error: the cell wrote into the pipe that its results go through"
            #expect(
                outcome.complaints.sorted() == ForgersBook.forgers.keys.sorted().map { "Notebooks/\($0).md:\(words)" })
            #expect(try book.record("good").cells.map(\.displays) == [[.text("as ever\n")]])
            for name in ForgersBook.forgers.keys {
                #expect(try !book.page(name).contains(">never"), "\(name)")
            }
        }

        @Test func `what is said of the sandbox is what the kernel said before any cell`() throws {
            #expect(try !book.page("ready-again").contains("avx9"))
            #expect(!outcome.errors.contains("avx9"))
        }

        @Test func `a picture that is no picture is not kept`() {
            #expect(book.files(in: ".kdbook/figures").isEmpty)
        }

        @Test func `a crash that is told of at addresses where nothing lies is a crash without a place`() throws {
            let crash = try TemporaryBook([
                "crash": cell(
                    """
                    let base = UInt(bitPattern: #dsohandle)
                    let top = String(UInt.max, radix: 16)
                    let line = "!crash 4 " + String(base, radix: 16) + " " + String(base, radix: 16) + " " + top + "\\n"
                    _ = write(200, line, line.utf8.count)
                    _exit(0)
                    """)
            ]).run("render")
            #expect(crash.status == 1)
            #expect(
                crash.complaints.count == 1 && crash.errors.contains("Notebooks/crash.md:2:1: error: "),
                "\(crash.errors)")
        }

        @Test func `no cell finds the word that marks are made with in its environment`() throws {
            let environment = try TemporaryBook([
                "environment": cell(
                    """
                    let whole = try Data(contentsOf: URL(fileURLWithPath: "/proc/self/environ"))
                    String(decoding: whole, as: UTF8.self).split(separator: "\\0").map { $0.prefix { $0 != "=" } }.sorted()
                    """)
            ])
            _ = try environment.run("render")
            let names = "\(try environment.record("environment").cells[0].displays)"
            #expect(names.contains("KDBOOK_FOLDER"), "\(names)")
            #expect(!names.contains("NONCE"))
        }
    }
}
