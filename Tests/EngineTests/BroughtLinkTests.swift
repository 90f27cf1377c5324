import Engine
import Foundation
import Testing

/// A book that came with links to what lies outside of it.
final class LinkedBook {
    let book: TemporaryBook
    let outside: TemporaryBook
    private let before: [String: Data]

    init(_ notebooks: [String: String] = ["a": "prose\n\n" + cell("Chart { Line(y: [1.0, 2.0]) }")]) throws {
        book = try TemporaryBook(notebooks)
        outside = try TemporaryBook()
        for path in ["old.png", "index.html", "record.json", "figures/old.png", "deep/deeper/file", "left~"] {
            try outside.write("another's", to: path)
        }
        before = outside.files(in: "")
    }

    func link(_ path: String, to target: String = "") throws {
        let place = URL(fileURLWithPath: book.root + "/" + path)
        try FileManager.default.createDirectory(
            at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: place.path, withDestinationPath: outside.root + target)
    }

    var isOutsideUntouched: Bool { outside.files(in: "") == before }
}

extension EndToEnd {
    @Suite(.serialized) struct BroughtLinkTests {
        @Test(arguments: [
            "Output", "Output/default", "Output/default/a", "Output/default/a/figures", ".kdbook", ".kdbook/cells",
            ".kdbook/figures", ".kdbook/pages", ".kdbook/plans", ".kdbook/records", ".kdbook/scratch", ".kdbook/search",
            ".kdbook/twins", ".kdbook/workshop",
        ]) func noFolderOfTheToolsOwnMayBeALink(_ path: String) throws {
            let linked = try LinkedBook()
            try linked.link(path)
            for command in [["render"], ["check", "--accept"], ["clean"]] {
                let outcome = try Outcome.running(
                    Installed.prefix + "/bin/kdbook", command, in: linked.book.root)
                #expect(linked.isOutsideUntouched, "\(command)")
                guard command == ["render"] else { continue }
                #expect(outcome.status == 1)
                #expect(outcome.errors.contains("\(path): error: cannot be written: it is a link"), "\(outcome)")
                #expect(outcome.errors.contains("remove it"))
                #expect(outcome.errors.contains("--output DIR") == ["Output", "Output/default"].contains(path))
            }
        }

        @Test(arguments: ["index.html", "record.json", "a/index.html", "a/record.json"])
        func aFileThatIsALinkOrHasASecondNameIsReplaced(_ path: String) throws {
            let linked = try LinkedBook()
            let place = "Output/default/" + path
            try linked.link(place, to: "/index.html")
            #expect(try linked.book.run("render").status == 0)
            #expect(linked.isOutsideUntouched)
            guard path != "record.json" else { return }
            let written = try linked.book.read(place)
            #expect(written != "another's")
            try linked.book.remove(place)
            try FileManager.default.linkItem(
                atPath: linked.outside.root + "/index.html", toPath: linked.book.root + "/" + place)
            #expect(try linked.book.run("render", "--force").status == 0)
            #expect(try linked.book.read(place) == written && linked.isOutsideUntouched)
        }

        @Test func aRecordThatIsALinkIsNotCompared() throws {
            let linked = try LinkedBook(["a": "prose\n"])
            #expect(try linked.book.run("render").status == 0)
            try linked.book.remove("Output/default/a/record.json")
            try linked.link("Output/default/a/record.json", to: "/record.json")
            let outcome = try linked.book.run("check")
            #expect(outcome.status == 1 && outcome.output.contains("it is a link"), "\(outcome)")
        }

        @Test(arguments: ["/nowhere", "/index.html"]) func aLockThatIsALinkIsTold(_ target: String) throws {
            let linked = try LinkedBook(["a": "prose\n"])
            try linked.link(".kdbook/lock", to: target)
            let outcome = try linked.book.run("render")
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains(".kdbook/lock: error: cannot be written: it is a link"), "\(outcome)")
            #expect(linked.isOutsideUntouched)
        }

        @Test func resultsAndPagesThatTheUserSendsThroughALinkOfTheBookAreRefused() throws {
            let linked = try LinkedBook(["a": "prose\n"])
            try linked.link("results")
            for arguments in [
                ["render", "--output", "results"], ["render", "--output", "results/pages"],
                ["run-experiment", "a", "--results", "results"],
                ["export", "a", "--ipynb", "--output", "results/a.ipynb"],
            ] {
                let outcome = try Outcome.running(Installed.prefix + "/bin/kdbook", arguments, in: linked.book.root)
                #expect(
                    outcome.status == 1 && outcome.errors.contains("results: error: cannot be written: it is a link"))
                #expect(linked.isOutsideUntouched, "\(arguments)")
            }
        }

        @Test func aFolderOutsideTheBookMayBeReachedThroughLinks() throws {
            let book = try TemporaryBook(["a": "prose\n"])
            let disk = try TemporaryBook()
            try FileManager.default.createSymbolicLink(
                atPath: disk.root + "/pages", withDestinationPath: disk.root + "/Notebooks")
            #expect(try book.run("render", "--output", disk.root + "/pages").status == 0)
            #expect(disk.exists("Notebooks/default/a/index.html"))
            try FileManager.default.createSymbolicLink(
                atPath: disk.root + "/book", withDestinationPath: book.root)
            let outcome = try Outcome.running(
                Installed.prefix + "/bin/kdbook", ["render"], in: disk.root + "/book")
            #expect(outcome.status == 0 && book.exists("Output/default/a/index.html"))
        }

        @Test func whatIsWatchedIsNotServedThroughLinks() throws {
            let linked = try LinkedBook(["a": "prose\n"])
            #expect(try linked.book.run("render").status == 0)
            try linked.link("Output/default/out")
            try linked.link("Output/default/a/out.html", to: "/index.html")
            try linked.link("Output/default/a/out.png", to: "/old.png")
            let tool = Process()
            tool.executableURL = URL(fileURLWithPath: Installed.prefix + "/bin/kdbook")
            tool.arguments = ["watch", "--port", "0"]
            tool.currentDirectoryURL = URL(fileURLWithPath: linked.book.root)
            let output = Pipe()
            tool.standardOutput = output
            try tool.run()
            defer { kill(tool.processIdentifier, SIGKILL) }
            let said = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
            let address = try #require(said.firstMatch(of: /http:\S+/)).0
            for (path, status) in [
                ("a/index.html", "200"), ("out/index.html", "404"), ("out/old.png", "404"),
                ("out/deep/deeper/file", "404"),
                ("a/out.html", "404"), ("a/out.png", "404"),
            ] {
                let answer = try Outcome.running(
                    "/usr/bin/curl",
                    ["-s", "-w", " %{http_code}", "\(address)/\(path)".replacing(/([^:])\/\//) { "\($0.1)/" }],
                    in: "/")
                #expect(answer.output.hasSuffix(" " + status), "\(path): \(answer.output.suffix(20))")
                #expect(!answer.output.contains("another's"), "\(path)")
            }
        }

        @Test func onlyWhatTheToolWroteIsRemoved() throws {
            let book = try TemporaryBook(["a": cell("Chart { Line(y: [1.0, 2.0]) }"), "b": "prose\n"])
            #expect(try book.run("render").status == 0)
            let own = [
                "Output/default/a/figures/own.png", "Output/default/a/figures/0123456789abcdef.png",
                "Output/default/a/figures/0123456789abcdef.csv",
                "Output/default/a/notes.txt", "Output/default/b/notes.txt",
            ]
            for path in own { try book.write("own", to: path) }
            let before = book.files(in: "Output/default/a/figures").keys
            try book.write(cell("Chart { Line(y: [2.0, 1.0]) }"), to: "Notebooks/a.md")
            try book.remove("Notebooks/b.md")
            #expect(try book.run("render").status == 0)
            let kept = ["0123456789abcdef.csv", "0123456789abcdef.png", "own.png"]
            #expect(Set(book.files(in: "Output/default/a/figures").keys).intersection(before).sorted() == kept)
            #expect(book.files(in: "Output/default/b").keys.sorted() == ["notes.txt"])
            // Also the pictures of a run that failed.
            try book.write(cell("Chart { Line(y: [3.0, 1.0]) }") + cell("nowhere"), to: "Notebooks/a.md")
            #expect(try book.run("render").status == 1)
            try book.write("prose\n", to: "Notebooks/a.md")
            #expect(try book.run("render").status == 0)
            #expect(book.files(in: "Output/default/a/figures").keys.sorted() == kept)
            #expect(try book.run("clean").status == 0)
            for path in own { #expect(try book.read(path) == "own") }
        }

        @Test func scratchOfAnyDepthIsRemoved() throws {
            let book = try TemporaryBook([
                "a": cell(
                    """
                    let home = NSHomeDirectory()
                    chdir(home)
                    for _ in 0..<3000 {
                        mkdir("deeper", 0o777)
                        chdir("deeper")
                    }
                    """)
            ])
            // The supervisor ends what nests so deep, unless it is done before the supervisor looks.
            #expect([0, 1].contains(try book.run("render").status))
            #expect(Files.names(in: book.root + "/.kdbook/scratch") == [])
        }
    }
}
