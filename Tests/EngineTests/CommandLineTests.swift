import Foundation
import Notebook
import Testing
import Wire

private let withParameters = """
    ---
    title: First
    abstract: About it.
    parameters: {epochs: 3, rate: 0.5, wide: true, name: plain}
    editions: {quick: {parameters: {epochs: 1}}}
    ---

    \(cell("import Foundation\nlet twice = epochs * 2\nprint(edition, epochs, rate, wide, name)"))
    \(cell("nowhere()", "error: true"))
    \(cell("twice", "label: answer"))
    """

extension EndToEnd {
    @Suite(.serialized) struct CommandLineTests {
        private static let shared = Result {
            try TemporaryBook(["01-first": withParameters, "02-second": "# Second\n"])
        }
        private let book: TemporaryBook

        init() throws { book = try CommandLineTests.shared.get() }

        @Test func everyCommandExplainsItself() throws {
            func help(_ command: [String]) throws -> String {
                let outcome = try Outcome.running(Installed.prefix + "/bin/kdbook", command + ["--help"], in: book.root)
                #expect(outcome.status == 0 && outcome.errors == "", "\(command): \(outcome)")
                return outcome.output
            }
            let top = try help([])
            let listed = top[(top.firstRange(of: "SUBCOMMANDS:")?.upperBound ?? top.endIndex)...]
            let commands = listed.matches(of: /\n  ([a-z][a-z-]+)/).map { String($0.1) }
            #expect(Set(commands).isSuperset(of: ["init", "render", "watch", "claims", "data"]))
            for command in [[]] + commands.map({ [$0] }) {
                let text = try help(command)
                #expect(text.contains("USAGE: kdbook") && text.contains("Example"), "\(command): \(text)")
            }
        }

        @Test func aWrongRequestHasStatusTwo() throws {
            for (arguments, words) in [
                (["render", "--nonsense"], "--nonsense"), (["nonsense"], "there is no command `nonsense`"),
                (["new"], "name"),
                (["rendr"], "there is no command `rendr`; did you mean `render`?"),
                (["data", "fetsh"], "did you mean `fetch`?"), (["render", "--editon", "quick"], "'--edition'"),
                (["init"], "there is a book already"),
                (["tangle"], "notebook"),
                (["render", "--set", "epochs"], "expected name=value"),
                (["render", "--set", "=3"], "expected name=value"),
                (["render", "--set", "epoch=3"], "no notebook has such a parameter; did you mean `epochs`?"),
                (["render", "--set", "epochs=many"], "--set epochs=many: the parameter is of type Int"),
                (["render", "--edition", "quik"], "the book has default, quick"), (["new", "a b"], "letters, digits"),
                (["new", "../out"], "letters, digits"), (["new", "02-second"], "there is such a notebook already"),
            ] {
                let outcome = try Outcome.running(Installed.prefix + "/bin/kdbook", arguments, in: book.root)
                #expect(outcome.status == 2, "\(arguments): \(outcome)")
                #expect(
                    outcome.errors.lowercased().contains("error: ") && outcome.errors.contains(words),
                    "\(arguments): \(outcome.errors)")
                #expect(outcome.output == "")
            }
            #expect(!book.exists("Output"))
        }

        @Test func aNotebookThatDoesNotExistNamesTheNearest() throws {
            for command in ["render", "tangle"] {
                let outcome = try book.run(command, "01-frist")
                #expect(outcome.status == 2)
                #expect(
                    outcome.errors
                        == "01-frist: error: cannot be found: there is no such notebook; did you mean `01-first`?\n")
            }
            #expect(try book.run("render", "zzzzzzzzzz").errors.contains("`kdbook list` names them"))
        }

        @Test func whatIsWrongInTheBooksOwnFileIsToldAtItsPlace() throws {
            let book = try TemporaryBook(["a": "prose\n"])
            try book.write("title: T\nabstrct: words\n", to: "Notebooks/book.yml")
            let outcome = try book.run("render")
            #expect(outcome.status == 1)
            #expect(
                outcome.errors == "Notebooks/book.yml:2:1: error: unknown entry `abstrct`; did you mean `abstract`?\n")
        }

        @Test func aBeginningThatSeveralNotebooksShareNamesNone() throws {
            #expect(try book.run("tangle", "0").status == 2)
        }

        @Test func anEmptyBookSaysHowToBegin() throws {
            let outcome = try TemporaryBook().run("render")
            #expect(outcome.status == 1 && outcome.errors.contains("kdbook new"))
        }

        @Test func aFolderThatCannotBeWrittenIsNamed() throws {
            try book.write("a file", to: "taken")
            for target in ["taken", "taken/below"] {
                let outcome = try book.run("render", "02-second", "--output", target)
                #expect(outcome.status == 1)
                #expect(outcome.complaints.count == 1 && outcome.errors.contains("/taken"), "\(outcome)")
                #expect(outcome.errors.contains("error: cannot be written: "), "\(outcome)")
            }
            #expect(try book.read("taken") == "a file")
            try book.remove("taken")
        }

        @Test func parametersAreConstantsOfTheirTypes() throws {
            let shown = { (edition: String) in try self.book.record("01-first", edition: edition).cells[0].displays }
            #expect(try book.run("render", "01-first", "--set", "rate=2", "--set", "name=it's \"x\"").status == 0)
            let folders = Set(book.files().keys.compactMap { $0.split(separator: "/").first.map(String.init) })
            let own = try #require(folders.first { $0.hasPrefix("default,") })
            #expect(try shown(own) == [.text("default 3 2.0 true it's \"x\"\n")])
            #expect(try book.run("render", "01-first", "--set", "rate=2").status == 0)
            #expect(try shown("default,rate=2") == [.text("default 3 2.0 true plain\n")])
            #expect(!book.exists("Output/default/01-first"))
            #expect(try book.run("render", "01-first", "--edition", "quick").status == 0)
            #expect(try shown("quick") == [.text("quick 1 0.5 true plain\n")])
            #expect(try book.record("01-first", edition: "quick").edition == "quick")
        }

        @Test func aNotebookIsNamedByNameFileOrPath() throws {
            for word in [
                "02-second", "02", "02-second.md", "Notebooks/02-second.md", book.root + "/Notebooks/02-second.md",
            ] {
                #expect(try book.run("render", word, "--output", "Named").status == 0)
            }
            #expect(
                book.files(in: "Named").keys.sorted().filter { $0.hasSuffix(".html") } == [
                    "default/02-second/index.html", "default/index.html", "default/search.html",
                ])
        }

        @Test func listNamesNotebooksTheirParametersAndEditions() throws {
            let outcome = try book.run("list")
            #expect(outcome.status == 0)
            #expect(
                outcome.output == """
                    01-first  First
                        epochs=3 rate=0.5 wide=true name="plain"
                        editions: default, quick
                    02-second  \n
                    """)
        }

        @Test func listTellsProgramsTheSameInJSON() throws {
            struct Listed: Decodable, Equatable {
                struct Constant: Decodable, Equatable { let name, type, value: String }
                let name, path: String
                let title, abstract: String?
                let parameters: [Constant]
                let editions: [String]
            }
            let outcome = try book.run("list", "--json")
            let listed = try StableJSON.decode([Listed].self, from: Array(outcome.output.utf8))
            let constants = [("epochs", "Int", "3"), ("rate", "Double", "0.5"), ("wide", "Bool", "true")]
                .map { Listed.Constant(name: $0.0, type: $0.1, value: $0.2) }
            #expect(
                listed == [
                    Listed(
                        name: "01-first", path: "Notebooks/01-first.md", title: "First", abstract: "About it.",
                        parameters: constants + [.init(name: "name", type: "String", value: "\"plain\"")],
                        editions: ["default", "quick"]),
                    Listed(
                        name: "02-second", path: "Notebooks/02-second.md", title: nil, abstract: nil, parameters: [],
                        editions: ["default"]),
                ])
        }

        @Test func theLineOfUsageIsBrokenBetweenOptions() throws {
            let outcome = try book.run("help", "render", environment: ["COLUMNS": "60"])
            let lines = outcome.output.split(separator: "\n")
            let usage = try #require(lines.firstIndex { $0.hasPrefix("USAGE: kdbook render") })
            #expect(lines[usage...].prefix(4).allSatisfy { $0.count <= 60 }, "\(outcome)")
            #expect(outcome.output.contains("[--edition <name>]"))
        }

        @Test func helpOfACommandThatIsNoneNamesTheNearest() throws {
            let outcome = try book.run("help", "rendr")
            #expect(outcome.status == 2 && outcome.errors.contains("did you mean `render`?"), "\(outcome)")
        }

        @Test(arguments: [60, 100]) func helpFillsTheWidthThatIsThere(columns: Int) throws {
            let outcome = try book.run("render", "--help", environment: ["COLUMNS": String(columns)])
            let lines = outcome.output.split(separator: "\n")
            #expect(lines.allSatisfy { $0.count <= columns }, "\(outcome.output)")
            let first = try #require(lines.first { $0.hasPrefix("A notebook is run only") })
            #expect(first.count > columns - 20)
        }

        @Test func theManualPageHasEveryCommand() throws {
            let manual = try book.run("manual")
            let commands = try book.run("--help").output.split(separator: "\n")
                .drop { $0 != "SUBCOMMANDS:" }.dropFirst().prefix { $0.hasPrefix("  ") }
                .compactMap { $0.firstMatch(of: /^  ([a-z][a-z-]*)/)?.1 }
            #expect(manual.status == 0 && commands.count > 10)
            for command in commands {
                #expect(manual.output.contains(".SH kdbook \(command.replacing("-", with: "\\-"))\n"), "\(command)")
            }
        }

        @Test func manReadsTheManualPageWithoutAWord() throws {
            try book.write(book.run("manual").output, to: "kdbook.1")
            let page = try Outcome.running(
                "/usr/bin/man", ["--warnings", "-l", "kdbook.1"], in: book.root, environment: ["MANWIDTH": "80"])
            #expect(page.status == 0 && page.errors == "", "\(page.errors)")
            #expect(page.output.contains("kdbook render") && page.output.contains("--edition"))
            try book.remove("kdbook.1")
        }

        @Test func bashCompletesCommandsAndOptions() throws {
            let script = try book.run("--generate-completion-script", "bash")
            #expect(script.status == 0 && script.errors == "")
            try book.write(script.output, to: "completions")
            let asking = """
                source ./completions
                complete -p kdbook
                function=$(complete -p kdbook | sed 's/.*-F \\([^ ]*\\) .*/\\1/')
                for words in "ren" "render --edi" "packages upd"; do
                    unset COMPREPLY
                    COMP_WORDS=(kdbook $words)
                    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                    COMP_LINE="kdbook $words"
                    COMP_POINT=${#COMP_LINE}
                    "$function" kdbook "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
                    echo "${COMPREPLY[@]}"
                done
                """
            let outcome = try Outcome.running("/bin/bash", ["-c", asking], in: book.root)
            #expect(outcome.status == 0 && outcome.errors == "", "\(outcome)")
            #expect(
                outcome.output.split(separator: "\n").dropFirst() == ["render", "--edition", "update"], "\(outcome)")
            try book.remove("completions")
        }

        @Test func aTangledNotebookIsOneProgram() throws {
            let outcome = try book.run("tangle", "01-first", "--edition", "quick")
            #expect(outcome.status == 0 && outcome.errors == "")
            #expect(
                inOrder(
                    [
                        "import Foundation", "import KDBook", "let edition: String = \"quick\"", "let epochs: Int = 1",
                        "let rate: Double = 0.5",
                        "// Notebooks/01-first.md:9 cell 1", "let twice = epochs * 2", "show(print(edition", "answer",
                        "show(twice)",
                    ], in: outcome.output), "\(outcome.output)")
            #expect(outcome.output.contains("\n// nowhere()\n") && outcome.output.count(of: "import Foundation") == 1)
        }

        @Test func cleanRemovesWhatCanBeMadeAgainAndKeepsRecords() throws {
            let book = try TemporaryBook(["a": "prose\n", "b": cell("1")])
            try book.run("render")
            try book.write("own", to: "Output/notes.txt")
            let outcome = try book.run("clean")
            #expect(outcome.status == 0 && outcome.errors == "")
            #expect(!book.exists(".kdbook") && book.exists("Notebooks/a.md"))
            let files = book.files().keys.filter { !$0.hasPrefix("default") || $0.contains(".") }.sorted()
            #expect(files == ["default/a/record.json", "default/b/record.json", "notes.txt"])
        }

        @Test func aNewNotebookRuns() throws {
            let book = try TemporaryBook()
            let made = try book.run("new", "my-question")
            #expect(
                made.status == 0 && made.output.contains("Notebooks/my-question.md")
                    && made.output.contains("kdbook render my-question"))
            let rendered = try book.run("render", "my-question")
            #expect(rendered.status == 0 && rendered.errors == "", "\(rendered)")
            #expect(try book.record("my-question").cells.count == 2)
            #expect(try book.page("my-question").contains("<img"))
        }

        @Test func anInstallationMayBeMovedAnywhere() throws {
            let place = book.root + "/a folder/é"
            try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
            for part in ["bin", "lib"] {
                try FileManager.default.copyItem(atPath: Installed.prefix + "/" + part, toPath: place + "/" + part)
            }
            let moved = try TemporaryBook(["a": cell("1 + 1")])
            #expect(try moved.run("render", prefix: place).status == 0)
            #expect(try moved.page("a").contains(">2</pre>"))
            try FileManager.default.removeItem(atPath: place)
        }

        @Test func anInterruptedRenderLeavesNothingRunningOrHalfWritten() throws {
            let book = try TemporaryBook(["loop": cell("while true {}")])
            let process = Process()
            process.executableURL = URL(fileURLWithPath: Installed.prefix + "/bin/kdbook")
            process.arguments = ["render"]
            process.currentDirectoryURL = URL(fileURLWithPath: book.root)
            process.standardError = FileHandle.nullDevice
            let temporary = book.root + "/temporary"
            try FileManager.default.createDirectory(atPath: temporary, withIntermediateDirectories: true)
            process.environment = ProcessInfo.processInfo.environment.merging(["TMPDIR": temporary]) { $1 }
            try process.run()
            // Its folder appears when it is compiled, just before it runs.
            while process.isRunning,
                !book.files(in: ".kdbook/cells").keys.contains(where: {
                    $0.hasSuffix("libCell1.so") && !$0.contains("~")
                })
            {
                usleep(20_000)
            }
            usleep(200_000)
            kill(process.processIdentifier, SIGINT)
            process.waitUntilExit()
            #expect(process.terminationStatus == 128 + SIGINT)
            #expect(try FileManager.default.contentsOfDirectory(atPath: temporary) == [])
            #expect(!book.files().keys.contains { $0.contains("~") || $0.hasSuffix("loop/index.html") })
            let running = try Outcome.running("/bin/ps", ["-eo", "args"], in: "/").output
            #expect(!running.contains(book.root))
        }
    }
}

extension String {
    fileprivate func count(of word: String) -> Int { ranges(of: word).count }
}
