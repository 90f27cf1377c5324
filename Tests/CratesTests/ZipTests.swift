import Crates
import Foundation
import Testing

private let date = ZipDate(secondsSince1970: 1_700_000_001)

private func files(_ contents: [String: String]) throws -> [ArchivePath: [UInt8]] {
    try contents.reduce(into: [:]) { $0[try ArchivePath($1.key)] = Array($1.value.utf8) }
}

/// The place of a pattern in bytes.
private func place(of pattern: [UInt8], in bytes: [UInt8], from start: Int = 0) throws -> Int {
    try #require((start...bytes.count - pattern.count).first { bytes[$0..<$0 + pattern.count].elementsEqual(pattern) })
}

private let central: [UInt8] = [0x50, 0x4B, 1, 2]

@Suite struct ZipTests {
    @Test func whatIsPackedIsReadBack() throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<50 {
            var contents: [ArchivePath: [UInt8]] = [:]
            for index in 0..<Int.random(in: 0...8, using: &random) {
                let size = Int.random(in: 0...300, using: &random)
                let bytes = (0..<size).map { _ in UInt8.random(in: 0...255, using: &random) }
                contents[try ArchivePath("folder \(index % 3)/é\(index).bin")] = bytes
            }
            let reader = try ZipReader(try ZipWriter.pack(contents, date: date))
            let again = try Dictionary(
                uniqueKeysWithValues: reader.entries.map { ($0.path, try reader.content(of: $0)) })
            #expect(again == contents)
        }
    }

    @Test func theSameFilesAndDateGiveTheSameBytes() throws {
        let contents = try files(["b": "2", "a/c": "1", "a/b": "3"])
        let packed = try ZipWriter.pack(contents, date: date)
        #expect(try ZipWriter.pack(Dictionary(uniqueKeysWithValues: contents.reversed()), date: date) == packed)
        #expect(try ZipReader(packed).entries.map(\.path.description) == ["a/b", "a/c", "b"])
        #expect(try ZipWriter.pack(contents, date: ZipDate(secondsSince1970: 1_700_000_100)) != packed)
    }

    @Test func anotherProgramReadsWhatIsPacked() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("kdbook-zip-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let packed = try ZipWriter.pack(files(["a/é.txt": "text", "b": ""]), date: date)
        try Data(packed).write(to: folder.appendingPathComponent("x.zip"))
        let script = """
            import zipfile, sys
            archive = zipfile.ZipFile("x.zip")
            assert archive.testzip() is None
            print([(i.filename, i.date_time, oct(i.external_attr >> 16), archive.read(i)) for i in archive.infolist()])
            again = zipfile.ZipFile("y.zip", "w", zipfile.ZIP_DEFLATED)
            again.mkdir("empty") if hasattr(again, "mkdir") else None
            again.writestr("deflated.txt", "x" * 100000)
            again.close()
            """
        let (status, output) = try python(script, in: folder)
        #expect(status == 0, "\(output)")
        #expect(
            output
                == "[('a/é.txt', (2023, 11, 14, 22, 13, 20), '0o100644', b'text'), ('b', (2023, 11, 14, 22, 13, 20), '0o100644', b'')]\n"
        )
        let reader = try ZipReader(Array(Data(contentsOf: folder.appendingPathComponent("y.zip"))))
        #expect(reader.entries.map(\.path.description) == ["deflated.txt"])
        #expect(try reader.content(of: reader.entries[0]) == Array(repeating: UInt8(ascii: "x"), count: 100_000))
    }

    @Test(arguments: [
        "/etc/passwd", "../up", "a/../../up", "a//b", "./a", "a/.", "", "a\\b", "C:x", "a\u{0}b", "a\u{202E}b",
        "a\u{2028}",
        "a\u{200B}", "ends.", "ends ", "a /b", String(repeating: "x", count: 256),
        String(repeating: "ab/", count: 400) + "c",
    ])
    func aPathThatLeadsElsewhereOrCannotBeSeenIsRefused(path: String) {
        #expect(throws: ArchiveError.self) { try ArchivePath(path) }
    }

    @Test func twoNamesThatASystemTakesForOneAreRefused() throws {
        for (first, second) in [("A", "a"), ("a", "a/b"), ("a/B", "A/b")] {
            #expect(throws: ArchiveError.self, "\(first) and \(second)") {
                try ZipWriter.pack(files([first: "1", second: "2"]), date: date)
            }
        }
    }

    @Test func namesThatDifferOnlyInHowLettersArePutTogetherAreRefused() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("kdbook-zip-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let script = """
            import zipfile
            with zipfile.ZipFile("two.zip", "w") as archive:
                for name in ("\\u00e9", "e\\u0301"): archive.writestr(name, name)
            """
        let (status, output) = try python(script, in: folder)
        #expect(status == 0, "\(output)")
        let bytes = Array(try Data(contentsOf: folder.appendingPathComponent("two.zip")))
        #expect(refusal(of: bytes).contains("there twice"))
    }

    /// An archive in which one number or letter was changed.
    private func changed(_ change: (inout [UInt8]) throws -> Void) throws -> [UInt8] {
        var bytes = try ZipWriter.pack(files(["first": "one", "other": "two"]), date: date)
        try change(&bytes)
        return bytes
    }

    private func refusal(of bytes: [UInt8], limits: ArchiveLimits = ArchiveLimits()) -> String {
        do {
            let reader = try ZipReader(bytes, limits: limits)
            for entry in reader.entries { _ = try reader.content(of: entry) }
            return ""
        } catch { return error.description }
    }

    @Test func aLinkIsRefused() throws {
        let link = try changed { bytes in
            let mode = try place(of: central, in: bytes) + 40
            bytes[mode] = 0xED
            bytes[mode + 1] = 0xA1
        }
        #expect(refusal(of: link) == "first: it is a link, or something else that is no file")
    }

    @Test func aNameThatIsThereTwiceIsRefused() throws {
        let twice = try changed { bytes in
            var start = 0
            for _ in 0..<2 {
                let found = try place(of: Array("other".utf8), in: bytes, from: start)
                bytes.replaceSubrange(found..<found + 5, with: Array("first".utf8))
                start = found
            }
        }
        #expect(refusal(of: twice) == "first: it is there twice")
    }

    @Test func whatStandsBeforeAFileMustAgreeWithTheDirectory() throws {
        let contradicting = try changed { bytes in
            let found = try place(of: Array("first".utf8), in: bytes)
            bytes[found] = UInt8(ascii: "F")
        }
        #expect(refusal(of: contradicting) == "first: what stands before it contradicts the directory")
    }

    @Test func filesThatShareBytesAreRefused() throws {
        // Both entries of the directory name the first file's place; its own name keeps them from agreeing at once.
        let sharing = try changed { bytes in
            let first = try place(of: central, in: bytes)
            let second = try place(of: central, in: bytes, from: first + 4)
            var header = Array(bytes[first..<second])
            header[46] = UInt8(ascii: "F")
            bytes.replaceSubrange(second..<second + header.count, with: header)
        }
        #expect(!refusal(of: sharing).isEmpty)
    }

    @Test func aSizeThatIsALieIsRefusedBeforeMemoryIsTaken() throws {
        let lying = try changed { bytes in
            let first = try place(of: central, in: bytes)
            for place in [first + 24, 22] { bytes.replaceSubrange(place..<place + 4, with: [0, 0, 0, 0x0F]) }
        }
        #expect(refusal(of: lying) == "first: it states two sizes")
        var limits = ArchiveLimits()
        limits.file = 2
        #expect(refusal(of: try changed { _ in }, limits: limits) == "first: it has 3 bytes, and may have 2")
        limits = ArchiveLimits()
        limits.total = 5
        #expect(refusal(of: try changed { _ in }, limits: limits) == "its files have 6 bytes, and may have 5")
        limits = ArchiveLimits()
        limits.files = 1
        #expect(refusal(of: try changed { _ in }, limits: limits) == "the archive has 2 files, and may have 1")
    }

    @Test func whatUnpacksToMoreThanItStatesIsRefused() throws {
        let script = """
            import struct, zipfile
            with zipfile.ZipFile("bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("bomb", b"0" * 5_000_000)
            data = bytearray(open("bomb.zip", "rb").read())
            for signature, size in ((b"PK\\3\\4", 22), (b"PK\\1\\2", 24)):
                struct.pack_into("<I", data, data.index(signature) + size, 1000)
            open("bomb.zip", "wb").write(data)
            """
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("kdbook-zip-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (status, output) = try python(script, in: folder)
        #expect(status == 0, "\(output)")
        let bytes = Array(try Data(contentsOf: folder.appendingPathComponent("bomb.zip")))
        #expect(refusal(of: bytes) == "bomb: it does not unpack to the 1000 bytes that the archive states")
    }

    @Test func aChangedByteIsFound() throws {
        let damaged = try changed { bytes in
            let found = try place(of: Array("two".utf8), in: bytes)
            bytes[found] ^= 1
        }
        #expect(refusal(of: damaged) == "other: its checksum is not the one that the archive states")
    }

    @Test func everyBeginningAndEveryChangedByteIsReadOrRefused() throws {
        let whole = try changed { _ in }
        for count in 0..<whole.count { #expect(!refusal(of: Array(whole[..<count])).isEmpty) }
        for index in whole.indices {
            for bit in 0..<8 {
                var bytes = whole
                bytes[index] ^= 1 << bit
                _ = refusal(of: bytes)
            }
        }
    }
}

private func python(_ script: String, in folder: URL) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script]
    process.currentDirectoryURL = folder
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
}
