import Charts
import Foundation
import TestSupport
import Testing

/// Pictures and display lists on record beside the tests.
///
/// With `KDBOOK_RECORD_GOLDEN=1` in the environment they are written anew, and the run fails, so that recording is
/// never mistaken for passing.
@Suite struct GoldenTests {
    private static let folder = testFile("Golden")
    private static let isRecording = ProcessInfo.processInfo.environment["KDBOOK_RECORD_GOLDEN"] == "1"

    /// The bytes on record, or a failure of the test that says how to record them.
    private func recorded(_ name: String, _ bytes: [UInt8]) throws -> [UInt8]? {
        let file = Self.folder.appending(path: name)
        if Self.isRecording {
            try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
            try Data(bytes).write(to: file, options: .atomic)
            Issue.record("recorded \(name); run again without KDBOOK_RECORD_GOLDEN")
            return nil
        }
        guard let data = try? Data(contentsOf: file) else {
            Issue.record("\(name) is not on record; run once with KDBOOK_RECORD_GOLDEN=1")
            return nil
        }
        return Array(data)
    }

    @Test(arguments: Samples.all.keys.sorted())
    func theDisplayListIsTheOneOnRecord(name: String) throws {
        let figure = try #require(Samples.all[name])
        let transcript = try figure.displayList(theme: .light).transcript
        guard let bytes = try recorded("\(name).txt", Array(transcript.utf8)) else { return }
        let (now, then) = (
            transcript.split(separator: "\n"), String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        )
        #expect(now.count == then.count)
        for (index, (line, old)) in zip(now, then).enumerated() {
            #expect(line == old, "line \(index + 1) of \(name).txt")
        }
    }

    @Test(arguments: Samples.all.keys.sorted(), Theme.allCases)
    func thePixelsAreThoseOnRecord(name: String, theme: Theme) throws {
        let figure = try #require(Samples.all[name])
        let png = try figure.png(theme: theme, scale: 1)
        guard let bytes = try recorded("\(name)-\(theme.rawValue).png", png) else { return }
        let now = try #require(DecodedPNG(png))
        let then = try #require(DecodedPNG(bytes))
        #expect((now.width, now.height) == (then.width, then.height))
        let different = zip(now.samples, then.samples).count { $0 != $1 }
        #expect(different == 0, "\(different) of \(now.samples.count) samples differ")
    }
}
