import Digest
import Engine
import Foundation
import Testing

/// Files below a root, beside files that lie outside.
@Suite struct RootedPathTests {
    private let book: TemporaryBook
    private let outside: TemporaryBook
    private let root: RootedPath

    init() throws {
        book = try TemporaryBook()
        outside = try TemporaryBook()
        root = RootedPath(root: book.root)
        try outside.write("another's", to: "kept.txt")
        try outside.write("another's", to: "folder/deep.txt")
    }

    private func link(_ path: String, to target: String) throws {
        let place = URL(fileURLWithPath: book.root + "/" + path)
        try FileManager.default.createDirectory(
            at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: place.path, withDestinationPath: target)
    }

    private var isOutsideUntouched: Bool {
        outside.files(in: "").filter { !$0.value.isEmpty } == [
            "kept.txt": Data("another's".utf8), "folder/deep.txt": Data("another's".utf8),
        ]
    }

    @Test func aFileIsWrittenReadAndRemoved() throws {
        let file = root / "a/b/c.txt"
        try file.write(Array("text".utf8))
        #expect(try file.readText() == "text" && (root / "a/b").entries == ["c.txt"])
        #expect(try file.digest() == SHA256Digest(of: Array("text".utf8)))
        file.removeFile()
        (root / "a/b").removeEmptyFolder()
        #expect(!file.exists && (root / "a").isFolder && (root / "a").entries == [])
    }

    @Test func aFolderHoldsFilesWhoseContentIsAsToldAndNoOthers() throws {
        let texts = ["a.txt": "one", "b/c.txt": "two", "b/d/e.txt": ""]
        for (way, text) in texts { try (root / way).write(Array(text.utf8)) }
        let told = texts.mapValues { SHA256Digest(of: $0.utf8).description }
        #expect(root.holds(told) && root.holds([:]) && (root / "b").holds(["c.txt": told["b/c.txt"] ?? ""]))
        #expect(!root.holds(told.merging(["b/missing.txt": told["a.txt"] ?? ""]) { $1 }))
        #expect(!root.holds(told.merging(["missing/a.txt": told["a.txt"] ?? ""]) { $1 }))
        try (root / "b/c.txt").write(Array("Two".utf8))
        #expect(!root.holds(told))
        try link("l", to: outside.root)
        let kept = SHA256Digest(of: "another's".utf8).description
        #expect(!root.holds(["l/kept.txt": kept]) && RootedPath(root: outside.root).holds(["kept.txt": kept]))
    }

    @Test(arguments: [0, 1, 2, 3]) func aLinkAtAnyPlaceOfTheWayIsNotFollowed(_ place: Int) throws {
        let names = ["a", "b", "folder", "kept.txt"]
        let way = names[...place].joined(separator: "/")
        try link(way, to: place == 3 ? outside.root + "/kept.txt" : outside.root)
        let file = root / names.joined(separator: "/")
        let words = book.root + "/" + way + ": error: cannot be read: it is a link"
        #expect { try file.read() } throws: { "\($0)".hasPrefix(words) }
        #expect(throws: EngineError.self) { try file.digest() }
        #expect(file.parent.parent.isBehindLink == (place < 2))
        if place < 3 {
            #expect(throws: EngineError.self) { try file.write(Array("ours".utf8)) }
            #expect(throws: EngineError.self) { try file.parent.createFolder() }
            #expect(file.parent.entries == [])
        }
        file.removeFile()
        (root / "a").sweep()
        #expect(isOutsideUntouched)
    }

    @Test func aLinkOrASecondNameIsReplacedByWhatIsWritten() throws {
        try link("link.txt", to: outside.root + "/kept.txt")
        try FileManager.default.linkItem(atPath: outside.root + "/kept.txt", toPath: book.root + "/second.txt")
        for name in ["link.txt", "second.txt"] {
            try (root / name).write(Array("ours".utf8))
            #expect(try (root / name).readText() == "ours")
        }
        #expect(isOutsideUntouched)
    }

    @Test(arguments: ["../kept.txt", "a/../../kept.txt", "."]) func noNameLeadsUpwards(_ way: String) throws {
        let inner = RootedPath(root: outside.root + "/folder") / way
        #expect(throws: EngineError.self) { try inner.read() }
        #expect(throws: EngineError.self) { try inner.write([1]) }
        inner.removeFile()
        #expect(isOutsideUntouched)
    }

    @Test func whatIsNoFileIsToldAndNotWaitedFor() throws {
        try (root / "folder").createFolder()
        #expect(mkfifo(book.root + "/pipe", 0o666) == 0)
        for (name, words) in [("folder", "directory"), ("pipe", "neither a file nor a folder"), ("missing", "No such")]
        {
            #expect { try (root / name).read() } throws: { "\($0)".contains(words) }
            #expect(throws: EngineError.self) { try (root / name).digest() }
        }
        #expect { try Files.read("/dev/zero") } throws: { "\($0)".contains("neither a file nor a folder") }
        #expect(throws: EngineError.self) { try (root / "folder").write([1]) }
        #expect((root / "folder").entries == [])
    }

    @Test func aBookReadsThroughItsOwnLinksOnly() throws {
        let own = Book(root: book.root)
        try book.write("inside", to: "Data/a.txt")
        try link("Data/relative.txt", to: "a.txt")
        try link("Data/absolute.txt", to: book.root + "/Data/a.txt")
        try link("Folder", to: "Data")
        for path in ["Data/a.txt", "Data/relative.txt", "Data/absolute.txt", "Folder/a.txt", "Folder/relative.txt"] {
            #expect(try own.resolved(path).readText() == "inside", "\(path)")
        }
        try link("Data/out.txt", to: outside.root + "/kept.txt")
        try link("Out", to: outside.root)
        try link("Data/nothing", to: "nowhere")
        for path in ["Data/out.txt", "Out/kept.txt", "Out", "Data/nothing"] {
            #expect(throws: EngineError.self, "\(path)") { try own.resolved(path) }
        }
    }

    @Test func aFolderOfAnyDepthIsRemovedAndNothingThatLinksStandFor() throws {
        mkdir(book.root + "/scratch", 0o777)
        var folder = open(book.root + "/scratch", O_RDONLY | O_DIRECTORY)
        for depth in 0..<3000 {
            if depth.isMultiple(of: 500) {
                symlinkat(outside.root, folder, "link")
                let file = openat(folder, "file", O_WRONLY | O_CREAT, 0o666)
                #expect(write(file, [UInt8](repeating: 1, count: 100), 100) == 100)
                close(file)
            }
            mkdirat(folder, "inner folder", 0o777)
            let inner = openat(folder, "inner folder", O_RDONLY | O_DIRECTORY)
            #expect(inner >= 0)
            close(folder)
            folder = inner
        }
        close(folder)
        #expect((root / "scratch").removeAll() == 600)
        #expect(root.entries == ["Notebooks"] && isOutsideUntouched)
    }

    @Test func aFolderThatIsClosedToItsOwnerIsRemoved() throws {
        try book.write("1234567", to: "locked/inner/file")
        for folder in ["/locked/inner", "/locked"] { chmod(book.root + folder, 0) }
        #expect((root / "locked").removeAll() == 7)
        #expect(root.entries == ["Notebooks"])
    }
}
