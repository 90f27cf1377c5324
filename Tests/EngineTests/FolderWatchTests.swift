import Engine
import Foundation
import Testing

/// How a watch learns of changes.
enum WatchKind: CaseIterable { case system, polling }

/// A folder under watch, and what was told of it.
private final class WatchedFolder {
    let root: String
    let watch: FolderWatch
    private var bursts: AsyncStream<Set<String>>.Iterator

    /// - Parameter watched: names of what is watched in the folder; the folder where there are none.
    init(_ kind: WatchKind, _ watched: [String] = [], prepare: (String) throws -> Void = { _ in }) throws {
        root = FileManager.default.temporaryDirectory.path + "/watch-\(UUID().uuidString)"
        try Files.createFolder(root)
        try prepare(root)
        let paths = watched.isEmpty ? [root] : watched.map { [root] in root + "/" + $0 }
        watch = try kind == .system ? FolderWatch(paths) : FolderWatch(paths, by: FolderPolling())
        bursts = watch.bursts.makeAsyncIterator()
    }

    deinit {
        watch.end()
        try? FileManager.default.removeItem(atPath: root)
    }

    func path(_ name: String) -> String { root + "/" + name }

    /// Writes a file as it stands, not by rename.
    func write(_ text: String, to name: String) throws {
        try WatchedFolder.write(text, to: path(name))
    }
    static func write(_ text: String, to path: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }

    /// The names of what the next burst tells.
    func next() async -> Set<String> {
        let burst = await bursts.next() ?? []
        return Set(burst.map { $0 == root ? "." : String($0.dropFirst(root.count + 1)) })
    }

    /// The names of what is told until `name` is.
    func until(_ name: String) async -> Set<String> { await until([name]) }
    func until(_ names: Set<String>) async -> Set<String> {
        var told: Set<String> = []
        while !told.isSuperset(of: names) {
            let burst = await next()
            if burst.isEmpty { break }
            told.formUnion(burst)
        }
        return told
    }
}

@Suite(.timeLimit(.minutes(2))) struct FolderWatchTests {
    @Test(arguments: WatchKind.allCases) func aFileIsToldWhenItIsWritten(kind: WatchKind) async throws {
        let folder = try WatchedFolder(kind) { try WatchedFolder.write("old", to: $0 + "/a.md") }
        try folder.write("newer", to: "a.md")
        #expect(await folder.next() == ["a.md"])
    }

    @Test(arguments: WatchKind.allCases) func aNewFileIsTold(kind: WatchKind) async throws {
        let folder = try WatchedFolder(kind)
        try folder.write("new", to: "a.md")
        #expect(await folder.next() == ["a.md"])
    }

    @Test(arguments: WatchKind.allCases) func aFileThatIsGoneIsTold(kind: WatchKind) async throws {
        let folder = try WatchedFolder(kind) { try WatchedFolder.write("old", to: $0 + "/a.md") }
        try FileManager.default.removeItem(atPath: folder.path("a.md"))
        #expect(await folder.next() == ["a.md"])
    }

    @Test(arguments: WatchKind.allCases) func whatASaveByRenameLeavesBesideIsNotTold(kind: WatchKind) async throws {
        let folder = try WatchedFolder(kind) { try WatchedFolder.write("old", to: $0 + "/a.md") }
        for name in [".a.md.swp", "4913", "a.md~", "#a.md#", "a.swp"] { try folder.write("beside", to: name) }
        try Files.write(Array("newer".utf8), to: folder.path("a.md"))
        #expect(await folder.until("a.md") == ["a.md"])
    }

    @Test func aFileWrittenInPiecesIsToldOnceItIsClosed() async throws {
        let folder = try WatchedFolder(.system) { try WatchedFolder.write("old", to: $0 + "/a.md") }
        let file = try #require(FileHandle(forWritingAtPath: folder.path("a.md")))
        try file.truncate(atOffset: 0)
        for piece in 0..<20 {
            try file.write(contentsOf: Data("piece \(piece)\n".utf8))
            try await Task.sleep(for: .milliseconds(3))
        }
        try file.close()
        #expect(await folder.next() == ["a.md"])
        #expect(try Files.readText(folder.path("a.md")).contains("piece 19"))
        try folder.write("end", to: "end.md")
        #expect(await folder.next() == ["end.md"])
    }

    @Test func whatIsRenamedOrLinkedIsToldUnderItsNames() async throws {
        let folder = try WatchedFolder(.system) { try WatchedFolder.write("old", to: $0 + "/a.md") }
        try FileManager.default.moveItem(atPath: folder.path("a.md"), toPath: folder.path("b.md"))
        #expect(await folder.until(["a.md", "b.md"]) == ["a.md", "b.md"])
        try FileManager.default.linkItem(atPath: folder.path("b.md"), toPath: folder.path("c.md"))
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("d.md"), withDestinationPath: folder.path("b.md"))
        #expect(await folder.until(["c.md", "d.md"]) == ["c.md", "d.md"])
    }

    @Test(arguments: WatchKind.allCases) func aNewFolderIsWatchedAndItsFilesAreTold(kind: WatchKind) async throws {
        let folder = try WatchedFolder(kind)
        try Files.createFolder(folder.path("part/one"))
        try folder.write("at once", to: "part/one/a.md")
        let told = await folder.until("part/one/a.md")
        #expect(told.isSubset(of: ["part", "part/one", "part/one/a.md"]))
        try folder.write("later", to: "part/one/b.md")
        #expect(await folder.until("part/one/b.md").contains("part/one/b.md"))
        try FileManager.default.removeItem(atPath: folder.path("part"))
        _ = await folder.until(kind == .system ? "part" : "part/one/a.md")
    }

    @Test func aFolderThatWasMovedIsToldAndWatchedWhereItIs() async throws {
        let folder = try WatchedFolder(.system) { root in
            try Files.createFolder(root + "/old")
            try WatchedFolder.write("text", to: root + "/old/a.md")
        }
        try FileManager.default.moveItem(atPath: folder.path("old"), toPath: folder.path("new"))
        #expect(await folder.until(["old", "new", "new/a.md"]) == ["old", "new", "new/a.md"])
        try folder.write("newer", to: "new/a.md")
        #expect(await folder.next() == ["new/a.md"])
        // Out of sight it is no longer told.
        let elsewhere = folder.root + "-elsewhere"
        defer { try? FileManager.default.removeItem(atPath: elsewhere) }
        try FileManager.default.moveItem(atPath: folder.path("new"), toPath: elsewhere)
        #expect(await folder.until("new") == ["new"])
        try WatchedFolder.write("unseen", to: elsewhere + "/a.md")
        try folder.write("seen", to: "b.md")
        #expect(await folder.until("b.md") == ["b.md"])
    }

    @Test(arguments: WatchKind.allCases) func manyFilesComeInFewBursts(kind: WatchKind) async throws {
        let folder = try WatchedFolder(kind)
        let names = Set((0..<200).map { "\($0).md" })
        for name in names { try folder.write("text", to: name) }
        var told: Set<String> = []
        var bursts = 0
        while told != names, case let burst = await folder.next(), !burst.isEmpty {
            told.formUnion(burst)
            bursts += 1
        }
        #expect(told == names)
        #expect(bursts < 100)
    }

    @Test(arguments: WatchKind.allCases) func aSingleFileIsToldAndItsNeighboursAreNot(kind: WatchKind) async throws {
        let folder = try WatchedFolder(kind, ["kdbook.yml", "not/yet/there.csv", ".hidden"])
        try folder.write("beside", to: "other.md")
        try folder.write("title: Book", to: "kdbook.yml")
        #expect(await folder.until("kdbook.yml") == ["kdbook.yml"])
        try Files.createFolder(folder.path("not/yet"))
        try folder.write("1,2", to: "not/yet/there.csv")
        #expect(await folder.until("not/yet/there.csv") == ["not/yet/there.csv"])
        try Files.write(Array("3,4".utf8), to: folder.path("not/yet/there.csv"))
        #expect(await folder.until("not/yet/there.csv") == ["not/yet/there.csv"])
        try folder.write("watched, though hidden", to: ".hidden")
        #expect(await folder.until(".hidden") == [".hidden"])
    }

    @Test(arguments: WatchKind.allCases) func whatIsToBeWatchedLaterIsToldFromThenOn(kind: WatchKind) async throws {
        let folder = try WatchedFolder(kind, ["a.csv"])
        try folder.write("unseen", to: "b.csv")
        folder.watch.watch([folder.path("b.csv"), folder.path("data")])
        try folder.write("seen by now", to: "b.csv")
        #expect(await folder.until("b.csv") == ["b.csv"])
        try Files.createFolder(folder.path("data"))
        try folder.write("1", to: "data/c.csv")
        #expect(await folder.until("data/c.csv").contains("data/c.csv"))
        #expect(folder.watch.problem == nil)
    }

    @Test(arguments: WatchKind.allCases) func aFolderMadeAgainIsStillWatched(kind: WatchKind) async throws {
        let folder = try WatchedFolder(kind, ["above/Notebooks"]) { root in
            try Files.createFolder(root + "/above/Notebooks")
            try WatchedFolder.write("old", to: root + "/above/Notebooks/a.md")
        }
        for (round, gone) in ["above/Notebooks", "above"].enumerated() {
            if round == 0 {
                try FileManager.default.removeItem(atPath: folder.path(gone))
            } else {
                try FileManager.default.moveItem(atPath: folder.path(gone), toPath: folder.path("moved"))
            }
            _ = await folder.until(kind == .system ? "above/Notebooks" : "above/Notebooks/a.md")
            try Files.createFolder(folder.path("above/Notebooks"))
            try folder.write("again", to: "above/Notebooks/a.md")
            _ = await folder.until("above/Notebooks/a.md")
            try folder.write("and again", to: "above/Notebooks/a.md")
            _ = await folder.until("above/Notebooks/a.md")
        }
    }

    #if os(Linux)
        @Test func theEndEndsTheStreamAndClosesWhatWasOpen() async throws {
            let folder = try WatchedFolder(.system)
            var status = stat()
            #expect(stat(folder.root, &status) == 0)
            let mark = "ino:\(String(status.st_ino, radix: 16)) "
            func isWatched() -> Bool {
                Files.names(in: "/proc/self/fdinfo").contains { name in
                    guard let text = try? String(contentsOfFile: "/proc/self/fdinfo/\(name)", encoding: .utf8) else {
                        return false
                    }
                    return text.contains("inotify wd:") && text.contains(mark)
                }
            }
            #expect(isWatched())
            folder.watch.end()
            #expect(!isWatched())
            #expect(await folder.next() == [])
            // Both may come late.
            folder.watch.end()
            folder.watch.watch([folder.root])
        }

        @Test func whenTheSystemLosesCountAllIsToldAndWatchedAgain() async throws {
            let folder = try WatchedFolder(.system) { try Files.createFolder($0 + "/part") }
            var inotify = try Inotify()
            defer { inotify.close() }
            try inotify.watch([folder.root])
            let limit = try #require(
                Int(
                    String(contentsOfFile: "/proc/sys/fs/inotify/max_queued_events", encoding: .utf8)
                        .trimmingCharacters(in: .whitespacesAndNewlines)))
            // Nobody reads meanwhile. Two events alike that follow each other count as one.
            try folder.write("", to: "part/a.md")
            for _ in 0...(limit / 2) {
                rename(folder.path("part/a.md"), folder.path("part/b.md"))
                rename(folder.path("part/b.md"), folder.path("part/a.md"))
            }
            #expect(inotify.changes().contains(folder.root))
            try folder.write("newer", to: "part/a.md")
            #expect(inotify.changes() == [folder.path("part/a.md")])
        }
    #endif
}
