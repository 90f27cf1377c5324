import DataFiles
import Digest
import Engine
import Foundation
import Synchronization
import Testing

/// Getting a data set from servers on loopback.
@Suite struct DataFetchTests {
    private let book: TemporaryBook
    /// 200,000 bytes that do not compress, and their gzip.
    private let content: [UInt8]
    private let compressed: [UInt8]

    init() throws {
        book = try TemporaryBook()
        var state: UInt32 = 1
        content = (0..<200_000).map { _ in
            state = state &* 1_664_525 &+ 1_013_904_223
            return UInt8(state >> 24)
        }
        compressed = try Self.gzip(content, in: book)
    }

    private static func gzip(_ bytes: [UInt8], in book: TemporaryBook) throws -> [UInt8] {
        try book.write(bytes, to: "plain")
        _ = try Outcome.running("/bin/gzip", ["-kf", "plain"], in: book.root)
        return Array(try Data(contentsOf: URL(fileURLWithPath: book.root + "/plain.gz")))
    }

    private func data(_ mirrors: String...) -> PublishedData {
        let digest = SHA256Digest(of: content).description
        return PublishedData(
            name: "set", content: "numbers", licence: "none", citation: "nobody",
            files: [PublishedData.File(name: "numbers", sha256: digest, path: "numbers.gz")], mirrors: mirrors)
    }

    private let complaints = Complaints()

    final class Complaints: Sendable {
        private let list = Mutex<[String]>([])
        func add(_ text: String) { list.withLock { $0.append(text) } }
        var all: [String] { list.withLock { $0 } }
    }

    @discardableResult
    private func fetch(_ data: PublishedData, retries: Int = 1, timeout: Int = 20) async throws -> [String] {
        let complaints = complaints
        return try await DataFetch(
            data, book: Book(root: book.root), retries: retries, timeout: timeout, progress: { _ in },
            complain: complaints.add
        ).fetch()
    }

    private func states(_ data: PublishedData) -> [StoredDataFile.State] {
        DataFetch.verify(data, in: Book(root: book.root)).map(\.state)
    }

    private var files: [String] { book.files(in: "Data/set").keys.sorted() }

    @Test func aFileIsGotAndVerified() async throws {
        let compressed = compressed
        let server = try LoopbackServer { _, _ in .content(compressed) }
        let data = data(server.address)
        #expect(states(data) == [.missing])
        #expect(try await fetch(data) == ["Data/set/numbers.gz"])
        #expect(states(data) == [.right])
        #expect(files == ["numbers.gz"])
        #expect(server.requests == [LoopbackServer.Request(path: "/numbers.gz", start: 0)])
        // What is there is not got again.
        #expect(try await fetch(data) == [])
        #expect(server.requests.count == 1)
    }

    @Test func aFileThatIsPublishedPlainIsKeptUnderItsOwnName() async throws {
        let content = content
        let server = try LoopbackServer { _, _ in .content(content) }
        var data = data(server.address)
        data.files[0].path = "owner/set/commit/data.txt"
        #expect(try await fetch(data) == ["Data/set/numbers"])
        #expect(states(data) == [.right])
        #expect(files == ["numbers"])
        #expect(server.requests.map(\.path) == ["/owner/set/commit/data.txt"])
    }

    @Test func whatWasCutOffIsContinued() async throws {
        let compressed = compressed
        let server = try LoopbackServer { _, before in
            before < 3 ? .cut(compressed, after: 50_000) : .content(compressed)
        }
        try await fetch(data(server.address), retries: 0)
        #expect(server.requests.map(\.start) == [0, 50_000, 100_000, 150_000])
        #expect(states(data()) == [.right])
    }

    @Test func whatAnEarlierRunBeganIsContinued() async throws {
        let compressed = compressed
        let server = try LoopbackServer { _, before in
            before == 0 ? .cut(compressed, after: 70_000) : before == 1 ? .status(404) : .content(compressed)
        }
        await #expect(throws: EngineError.self) { try await fetch(data(server.address)) }
        #expect(files.count == 1 && files[0].hasSuffix(".part"))
        try await fetch(data(server.address))
        #expect(server.requests.map(\.start) == [0, 70_000, 70_000])
        #expect(files == ["numbers.gz"])
    }

    @Test func aServerThatCannotContinueIsAskedFromTheStart() async throws {
        let compressed = compressed
        let server = try LoopbackServer { _, before in
            before == 0 ? .cut(compressed, after: 70_000) : .contentFromStart(compressed)
        }
        try await fetch(data(server.address), retries: 0)
        #expect(states(data()) == [.right])
    }

    @Test func aPartOfAnotherFileIsThrownAway() async throws {
        let compressed = compressed
        let other = compressed.map { ~$0 }
        let server = try LoopbackServer { _, before in
            before == 0 ? .cut(other, after: 70_000) : .content(compressed)
        }
        try await fetch(data(server.address))
        #expect(server.requests.map(\.start) == [0, 70_000, 0])
        #expect(states(data()) == [.right])
    }

    @Test(arguments: [404, 500, 503])
    func theNextMirrorIsAskedWhereOneFails(status: Int) async throws {
        let compressed = compressed
        let bad = try LoopbackServer { _, _ in .status(status) }
        let good = try LoopbackServer { _, _ in .content(compressed) }
        try await fetch(data(bad.address, good.address))
        // What the client did wrong is not tried again, what the server did is.
        #expect(bad.requests.count == (status == 404 ? 1 : 2))
        #expect(complaints.all == ["\(bad.address)numbers.gz: HTTP status \(status)"])
        #expect(states(data()) == [.right])
    }

    @Test func contentThatIsNotAsPublishedNeverCountsAsThere() async throws {
        let wrong = try Self.gzip([1, 2, 3], in: book)
        let server = try LoopbackServer { _, _ in .content(wrong) }
        await #expect(throws: EngineError(.find, file: "Data/set/numbers.gz", cause: "no mirror gives it")) {
            try await fetch(data(server.address))
        }
        #expect(complaints.all.count == 1 && complaints.all[0].contains("not as published (SHA-256 039058c6f2c0cb49"))
        #expect(files == [])
        #expect(server.requests.count == 1)
    }

    @Test func damagedGzipIsToldAndTheNextMirrorAsked() async throws {
        let compressed = compressed
        var damaged = compressed
        for index in 60_000..<60_100 { damaged[index] ^= 0xFF }
        let (bad, torn) = (damaged, Array(compressed.dropLast(9_000)))
        let servers = try [
            LoopbackServer { _, _ in .content(bad) }, LoopbackServer { _, _ in .content(torn) },
            LoopbackServer { _, _ in .content(compressed) },
        ]
        try await fetch(data(servers[0].address, servers[1].address, servers[2].address))
        #expect(complaints.all.count == 2)
        #expect(complaints.all.allSatisfy { $0.contains("the content is damaged") || $0.contains("not as published") })
        #expect(states(data()) == [.right])
    }

    @Test func aServerThatSaysNothingIsGivenUp() async throws {
        let compressed = compressed
        let silent = try LoopbackServer { _, _ in .silence }
        let good = try LoopbackServer { _, _ in .content(compressed) }
        try await fetch(data(silent.address, good.address), retries: 0, timeout: 1)
        #expect(complaints.all == ["\(silent.address)numbers.gz: nothing came for 1 s"])
        #expect(states(data()) == [.right])
    }

    @Test func aServerThatIsNotThereIsNamed() async throws {
        let gone = try LoopbackServer { _, _ in .status(404) }.address
        await #expect(throws: EngineError.self) { try await fetch(data(gone)) }
        #expect(complaints.all.count == 1 && complaints.all[0].hasPrefix("\(gone)numbers.gz: Failed to connect"))
    }

    @Test func aWrongFileIsReplacedAndAPlainOneLeftAlone() async throws {
        let compressed = compressed
        let server = try LoopbackServer { _, _ in .content(compressed) }
        try book.write("not it", to: "Data/set/numbers.gz")
        let digest = SHA256Digest(of: "not it".utf8).description
        #expect(states(data()) == [.wrong(sha256: digest)])
        try await fetch(data(server.address))
        #expect(states(data()) == [.right])
        try book.write("not it", to: "Data/set/numbers")
        await #expect(throws: EngineError.self) { try await fetch(data(server.address)) }
        #expect(try book.read("Data/set/numbers") == "not it")
        try book.write(content, to: "Data/set/numbers")
        #expect(states(data()) == [.right])
    }
}

/// The same from the command line.
@Suite struct DataCommandTests {
    @Test func verifyNamesEachFileAndWhatIsWrongWithIt() throws {
        let book = try TemporaryBook()
        try book.write("no images", to: "Data/mnist/train-images-idx3-ubyte")
        try book.write([0x1F, 0x8B, 8, 0, 1], to: "Data/mnist/t10k-labels-idx1-ubyte.gz")
        let outcome = try book.run("data", "verify", "mnist")
        #expect(outcome.status == 1)
        let lines = outcome.output.split(separator: "\n").map(String.init)
        #expect(lines.count == 7)
        #expect(
            lines[4...] == [
                "mnist: 70,000 images of handwritten digits, 28×28", "  licence: CC BY-SA 3.0",
                "  cite: LeCun, Bottou, Bengio, Haffner, Gradient-based learning applied to document recognition, "
                    + "Proceedings of the IEEE 86 (1998)",
            ])
        #expect(lines[0].hasPrefix("Data/mnist/train-images-idx3-ubyte  wrong: SHA-256 "))
        #expect(lines[0].hasSuffix("published as ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"))
        #expect(lines[1] == "Data/mnist/train-labels-idx1-ubyte.gz  missing")
        #expect(lines[3].hasPrefix("Data/mnist/t10k-labels-idx1-ubyte.gz  wrong: "))
    }

    @Test func everySetTellsItsTermsAndADigestForEachFile() {
        #expect(PublishedData.all.map(\.name) == ["mnist", "fsdd", "atis", "sms-spam", "uci"])
        #expect(PublishedData.all.map(\.files.count) == [4, 3000, 3, 1, 7])
        for data in PublishedData.all {
            #expect(!data.content.isEmpty && data.licence.hasPrefix("CC BY") && !data.citation.isEmpty)
            #expect(data.mirrors.allSatisfy { $0.hasPrefix("https://") && $0.hasSuffix("/") })
            for file in data.files {
                #expect(file.sha256.count == 64 && file.sha256.allSatisfy { "0123456789abcdef".contains($0) })
            }
            #expect(Set(data.files.map(\.name)).count == data.files.count)
            #expect(Set(data.files.map(\.path)).count == data.files.count)
        }
    }

    @Test func fetchSaysWhichMirrorFailedAndWhy() throws {
        let book = try TemporaryBook()
        let server = try LoopbackServer { _, _ in .status(403) }
        let outcome = try book.run("data", "fetch", "mnist", "--mirror", server.address, "--retries", "0")
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("\(server.address)train-images-idx3-ubyte.gz: HTTP status 403"))
        #expect(
            outcome.errors.contains("Data/mnist/train-images-idx3-ubyte.gz: error: cannot be found: no mirror gives it")
        )
        #expect(book.files(in: "Data/mnist").isEmpty)
    }

    @Test(arguments: [
        ["fetch", "mnits"], ["verify", "cifar"], ["fetch", "mnist", "--mirror", "file:///etc/"],
        ["fetch", "mnist", "--retries", "-1"], ["fetch", "mnist", "--timeout", "0"],
    ])
    func aRequestThatMakesNoSenseIsRefused(arguments: [String]) throws {
        let book = try TemporaryBook()
        let outcome = try Outcome.running(Installed.prefix + "/bin/kdbook", ["data"] + arguments, in: book.root)
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("rror:"))
        #expect(!book.exists("Data"))
    }
}
