import Foundation
import Notebook
import Publishing
import TestSupport
import Testing

@testable import Engine

/// What a kernel's pipes may hold, heard again: what the fuzzer found, and what no kernel says.
@Suite(.timeLimit(.minutes(3))) struct PipeCorpusTests {
    private static let notebook = Notebook.parsed(
        "---\nparameters: {a: 1}\n---\n\n```swift\nlet b = a\nb\n```\n\n`{swift} b`\n\n```swift\n//| error: true\nb\n```\n",
        name: "n", path: "Notebooks/n.md"
    ).notebook

    private static var corpus: [Data] {
        get throws {
            let file = testFile("pipes.base64")
            return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
                try #require(Data(base64Encoded: String($0)))
            }
        }
    }

    private func record(events: some Sequence<UInt8>, printed: some Sequence<UInt8>) throws -> Record {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("kdbook-test-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let tape = KernelTape(events: Array(events), printed: Array(printed))
        return try tape.record(of: PipeCorpusTests.notebook, in: folder.path)
    }

    private func mark(_ number: Int) -> String { "\u{1E}\(KernelTape.nonce):\(number)\u{1E}" }

    private let ready = "{\"ready\":{\"_0\":{\"filtersCalls\":true,\"instructionSet\":\"avx2\",\"landlock\":7}}}\n"
    private let constants = "{\"loaded\":{\"base\":4096,\"cell\":0}}\n{\"ended\":{\"cell\":0,\"mark\":1}}\n"
    private let loaded = "{\"loaded\":{\"base\":4096,\"cell\":1}}\n"
    private func value(_ text: String, mark: Int) -> String {
        "{\"shown\":{\"_0\":{\"value\":\"\(text)\"},\"isCut\":false,\"mark\":\(mark)}}\n"
    }

    @Test func `what the fuzzer found makes a record that can be kept, and a page`() throws {
        let corpus = try PipeCorpusTests.corpus
        #expect(corpus.count > 10)
        for bytes in corpus {
            let events = bytes.prefix { $0 != 0 }
            guard let record = try? record(events: events, printed: bytes.dropFirst(events.count + 1)) else { continue }
            #expect(try StableJSON.decode(Record.self, from: StableJSON.encode(record)) == record)
            let page = weave(
                PipeCorpusTests.notebook, record: record, problems: [],
                provenance: Provenance(key: "k", compiler: "c", edition: "default"), outline: [])
            #expect(page.hasSuffix("</html>\n"))
        }
    }

    @Test func `what a kernel says is in the record, in the order in which it came`() throws {
        let events = ready + constants + loaded + value("1", mark: 2) + "{\"ended\":{\"cell\":1,\"mark\":3}}\n"
        let cells = try record(
            events: events.utf8, printed: "\(mark(1))before\n\(mark(2))after\n\(mark(3))".utf8
        ).cells
        #expect(cells[0].displays == [.text("before\n"), .value("1"), .text("after\n")])
        #expect(cells[0].status == .asExpected)
    }

    @Test func `no mark stands in a record, also one that a cell has copied`() throws {
        let events = ready + constants + loaded + value("1", mark: 2) + "{\"ended\":{\"cell\":1,\"mark\":3}}\n"
        let printed = "\(mark(1))a\(mark(77))b\(mark(2))\(mark(3))"
        #expect(try record(events: events.utf8, printed: printed.utf8).cells[0].displays.first == .text("ab"))
    }

    @Test(arguments: [
        "not an event", "{\"ended\":{\"cell\":1,\"mark\":2}}", "{\"loaded\":{\"base\":4095,\"cell\":1}}",
        "{\"loaded\":{\"base\":18446744073709547520,\"cell\":1}}", "{\"loaded\":{\"base\":4096,\"cell\":2}}",
        "{\"halted\":{\"_0\":\"\"}}", "{\"unready\":{\"reason\":\"\"}}", "{\"copied\":{\"line\":0,\"process\":7}}",
        "{\"copyEnded\":{\"mark\":2,\"status\":0}}", "!crash 99 0", "!crash 4 g", "!over time",
    ])
    func `an event that is not due ends the cell with one error`(event: String) throws {
        let cells = try record(events: (ready + constants + event + "\n").utf8, printed: mark(1).utf8).cells
        #expect(cells[0].status == .failed)
        #expect(
            cells[0].diagnostics.map(\.message) == ["the cell wrote into the pipe that its results go through"],
            "\(event)")
        #expect(cells[1].status == .skipped)
    }

    @Test(arguments: ["!crash 4 1000 1000 0 ffffffffffffffff", "!thrown 1000\n!crash 5 0", "!memory\n!crash 11 fff"])
    func `a crash at an address where no cell lies has no place`(report: String) throws {
        let cells = try record(events: (ready + constants + loaded + report + "\n").utf8, printed: mark(1).utf8).cells
        #expect(cells[0].status == .failed)
        #expect(cells[0].diagnostics.map(\.position) == [SourcePosition(line: 1)])
    }

    @Test func `what is not ready first is no kernel`() throws {
        let cells = try? record(events: (constants + loaded).utf8, printed: mark(1).utf8).cells
        #expect(cells == nil)
    }
}
