import Crates
import Foundation
import Testing

/// What the fuzzer found, read again: archives and metadata, each read or refused with a word.
@Suite struct CrateCorpusTests {
    @Test func `what the fuzzer found is read, and packed again as it was, or refused`() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("crates.base64")
        let corpus = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
            Array(try #require(Data(base64Encoded: String($0))))
        }
        #expect(corpus.count > 5)
        for bytes in corpus {
            do throws(ArchiveError) {
                let archive = try ZipReader(bytes)
                var files: [ArchivePath: [UInt8]] = [:]
                for entry in archive.entries { files[entry.path] = try archive.content(of: entry) }
                let again = try ZipReader(try ZipWriter.pack(files, date: ZipDate(secondsSince1970: 0)))
                #expect(again.entries.map(\.path) == files.keys.sorted())
                for entry in again.entries { #expect(try again.content(of: entry) == files[entry.path]) }
            } catch { #expect(!error.cause.isEmpty) }
            do throws(ArchiveError) {
                let manifest = try CrateManifest(parsing: bytes)
                #expect(manifest.files.map(\.path) == manifest.files.map(\.path).sorted())
            } catch { #expect(!error.cause.isEmpty) }
        }
    }
}
