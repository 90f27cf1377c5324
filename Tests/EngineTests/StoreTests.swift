import Engine
import Foundation
import Notebook
import Testing

@Suite struct EvictionTests {
    /// A store with three compiled cells of a thousand bytes, used one after another.
    private func book() throws -> TemporaryBook {
        let book = try TemporaryBook()
        for (age, name) in ["old", "middle", "new"].enumerated() {
            try book.write([UInt8](repeating: 0, count: 1000), to: ".kdbook/cells/\(name)/module")
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 1e9 + Double(age))],
                ofItemAtPath: book.root + "/.kdbook/cells/\(name)")
        }
        return book
    }

    @Test(arguments: [(3000, 3), (2999, 2), (2000, 1), (999, 0)])
    func whatWasNotUsedForTheLongestTimeGoesFirst(limit: Int, kept: Int) throws {
        let book = try book()
        let store = Store(Book(root: book.root))
        try store.prepare()
        try store.evict(limit: limit)
        let cells = Files.names(in: book.root + "/.kdbook/cells")
        #expect(cells == ["old", "middle", "new"].suffix(kept).sorted())
        #expect(Files.names(in: book.root + "/.kdbook/workshop") == [])
    }

    @Test func whatLiesInFoldersOfAnEntryCounts() throws {
        let book = try book()
        try book.write([UInt8](repeating: 0, count: 1000), to: ".kdbook/cells/new/build/deep/library")
        let store = Store(Book(root: book.root))
        try store.prepare()
        try store.evict(limit: 3500)
        #expect(Files.names(in: book.root + "/.kdbook/cells") == ["middle", "new"])
    }

    @Test func toUseAnEntryKeepsIt() throws {
        let book = try book()
        let store = Store(Book(root: book.root))
        try store.prepare()
        store.use(["cells/old", "cells/gone"])
        try store.evict(limit: 2000)
        #expect(Files.names(in: book.root + "/.kdbook/cells") == ["old"])
    }
}

extension EndToEnd {
    @Suite(.serialized) struct StoreTests {
        @Test func whileARenderRunsNothingIsTakenFromIt() throws {
            let book = try TemporaryBook(["loop": cell("while true {}"), "quick": cell("1 + 1")])
            try book.write("cache-limit: 1 kB\n", to: "Notebooks/book.yml")
            let tool = try RunningTool(["render", "loop"], in: book)
            #expect(tool.waits(until: { book.kernels == 1 }))
            try book.write("left by one that was killed", to: ".kdbook/scratch/left")
            let refused = try book.run("clean", "--cache")
            #expect(refused.status == 1 && refused.errors.contains("a render is using it"), "\(refused)")
            let cells = book.files(in: ".kdbook/cells").count
            #expect(try book.run("render", "quick").status == 0)
            #expect(book.files(in: ".kdbook/cells").count > cells && book.exists(".kdbook/scratch/left"))
            kill(tool.process.processIdentifier, SIGINT)
            tool.process.waitUntilExit()
            // Alone, the next one sweeps, and makes room when it is done.
            try book.write(cell("2 + 2"), to: "Notebooks/quick.md")
            #expect(try book.run("render", "quick").status == 0)
            #expect(!book.exists(".kdbook/scratch/left"))
            #expect(Files.names(in: book.root + "/.kdbook/cells") == [])
            #expect(try book.run("render", "quick").output.contains("1 unchanged"))
        }

        /// Whoever has the folder at hand on the search path has the book's there.
        @Test func noProgramThatABookBringsIsRun() throws {
            let book = try TemporaryBook(["a": cell("print(1)")])
            for name in ["swiftc", "swift-frontend", "ld.lld"] {
                try book.write("#!/bin/sh\ntouch \(book.root)/run\nexit 1\n", to: name)
                try FileManager.default.setAttributes(
                    [.posixPermissions: 0o755], ofItemAtPath: book.root + "/" + name)
            }
            let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin"
            let outcome = try Outcome.running(
                Installed.prefix + "/bin/kdbook", ["render"], in: book.root, environment: ["PATH": ":.:" + path])
            #expect(outcome.status == 0 && !book.exists("run"), "\(outcome)")
        }

        @Test func whatIsDamagedInTheStoreIsMadeAgain() throws {
            let book = try TemporaryBook([
                "a": cell("let height = 3.0") + cell("Chart { Line(y: [1.0, height]) }") + cell("height * 2")
            ])
            try book.run("render")
            let clean = book.files()
            let entries = book.files(in: ".kdbook").filter { !$0.value.isEmpty }
            for (index, (path, whole)) in entries.sorted(by: { $0.key < $1.key }).enumerated() {
                var damaged = [UInt8](whole)
                damaged[damaged.count / 2] ^= 1
                try book.write(index.isMultiple(of: 2) ? damaged : damaged.dropLast(9), to: ".kdbook/" + path)
                try book.remove("Output")
                // The record would make all else unneeded.
                if path.hasPrefix("cells") { try book.remove(".kdbook/records") }
                let outcome = try book.run("render")
                #expect(outcome.status == 0 && outcome.errors == "", "\(path): \(outcome)")
                #expect(book.files() == clean, "\(path)")
            }
        }

        @Test func anInputThatChangesWhileTheNotebookRunsIsNoResultOfEither() throws {
            let book = try TemporaryBook([
                "a": cell(
                    "print(try String(contentsOfFile: \"Data/a.txt\", encoding: .utf8))\nusleep(400_000)",
                    "inputs: Data/a.txt")
            ])
            try book.write("1", to: "Data/a.txt")
            let tool = try RunningTool(["render"], in: book)
            #expect(tool.waits(until: { book.kernels == 1 }))
            try book.write("2", to: "Data/a.txt")
            tool.process.waitUntilExit()
            #expect(tool.process.terminationStatus == 1)
            #expect(try book.page("a").contains("the input `Data/a.txt` changed while the notebook ran"))
            for content in ["1", "2"] {
                try book.write(content, to: "Data/a.txt")
                #expect(try book.run("render").status == 0)
                #expect(try book.record("a").cells[0].displays.first == .text(content + "\n"))
            }
        }

        @Test func cleaningTheStoreKeepsThePagesAndSaysWhatItFreed() throws {
            let book = try TemporaryBook(["a": cell("1 + 1")])
            try book.run("render")
            let pages = book.files()
            let outcome = try book.run("clean", "--cache")
            #expect(outcome.status == 0 && outcome.errors == "")
            #expect(outcome.output.wholeMatch(of: /\d+ kB freed in \.kdbook\n/) != nil, "\(outcome)")
            #expect(!book.exists(".kdbook") && book.files() == pages)
            #expect(try book.run("render").output.contains("1 cell in "))
            #expect(book.files() == pages)
        }

        @Test(arguments: ["lots", "0 MB", "-1 GB", "1 PB"]) func aLimitThatIsNoSizeIsToldAtItsPlace(_ size: String)
            throws
        {
            let book = try TemporaryBook(["a": "prose\n"])
            try book.write("title: T\ncache-limit: \(size)\n", to: "Notebooks/book.yml")
            let outcome = try book.run("render")
            #expect(outcome.status == 1)
            #expect(
                outcome.errors
                    == "Notebooks/book.yml:2:14: error: entry `cache-limit`: expected a size such as 500 MB or 2 GB, found `\(size)`\n"
            )
        }
    }
}
