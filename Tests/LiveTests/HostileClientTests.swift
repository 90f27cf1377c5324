import Foundation
import Live
import Testing

/// Clients that no browser is: the server answers the others meanwhile, and keeps nothing of them.
@Suite struct HostileClientTests {
    private let book = Book()

    private func serving(_ body: (URL) async throws -> Void) async throws {
        try await book.serving { _, address in try await body(address) }
    }

    private func expectService(at address: URL) async throws {
        #expect(try await Client(address).request("/index.html").status == 200)
    }

    /// What is sent in place of a request, and the status that answers it.
    struct Nonsense: CustomTestStringConvertible {
        let testDescription: String
        let text: String
        let status: Int

        init(_ description: String, _ text: String, _ status: Int) {
            (testDescription, self.text, self.status) = (description, text, status)
        }
    }

    private static let nonsense = [
        Nonsense("a long header", "GET / HTTP/1.1\r\nX: \(String(repeating: "x", count: 1 << 20))\r\n\r\n", 431),
        Nonsense("many headers", "GET / HTTP/1.1\r\n\(String(repeating: "X: x\r\n", count: 1 << 16))\r\n", 431),
        Nonsense("a long target", "GET /\(String(repeating: "x", count: 10_000)) HTTP/1.1\r\n\r\n", 414),
        Nonsense("a body", "GET / HTTP/1.1\r\nHost: HOST\r\nContent-Length: 5\r\n\r\nwords", 413),
        Nonsense("a huge body", "POST / HTTP/1.1\r\nContent-Length: 123456789012345678901234567890\r\n\r\n", 413),
        Nonsense("chunks", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nwords\r\n0\r\n\r\n", 411),
        Nonsense("two hosts", "GET / HTTP/1.1\r\nHost: HOST\r\nHost: evil.example\r\n\r\n", 400),
        Nonsense("a folded header", "GET / HTTP/1.1\r\nHost: HOST\r\n folded: line\r\n\r\n", 400),
        Nonsense("a control character", "GET / HTTP/1.1\r\nHost: HOST\r\nX: \u{1}\r\n\r\n", 400),
        Nonsense("no version", "GET /\r\n\r\n", 400), Nonsense("nothing", "\r\n\r\n", 400),
        Nonsense("another version", "GET / HTTP/3.0\r\nHost: HOST\r\n\r\n", 505),
    ]

    @Test(.timeLimit(.minutes(1)), arguments: nonsense)
    func aRequestThatIsNoneIsRefusedAndEndsTheConnection(nonsense: Nonsense) async throws {
        try await serving { address in
            let client = try Client(address)
            try await client.say(nonsense.text.replacing("HOST", with: "127.0.0.1:\(address.port ?? 0)"))
            let response = try await client.response()
            #expect(response.status == nonsense.status)
            #expect(response.headers["connection"] == "close")
            await #expect(throws: Client.Failure.ended) { try await client.response() }
            #expect(book.asked == [])
            try await expectService(at: address)
        }
    }

    @Test(.timeLimit(.minutes(1))) func headsThatNeverEndHoldUpNobody() async throws {
        try await serving { address in
            var clients: [Client] = []
            for _ in 0..<40 {
                let client = try Client(address)
                try await client.say("GET / HTTP/1.1\r\nX: \(String(repeating: "x", count: 15_000))")
                clients.append(client)
            }
            try await expectService(at: address)
            clients.forEach { $0.abort() }
            try await expectService(at: address)
        }
    }

    /// One says nothing, one a byte now and then, one nothing more after its first answer.
    @Test(.timeLimit(.minutes(1))) func whoeverTakesTooLongToAskIsHungUpOn() async throws {
        try await serving { address in
            let silent = try Client(address)
            let idle = try Client(address)
            #expect(try await idle.request("/index.html").status == 200)
            let slow = try Client(address)
            let talking = Task {
                while !Task.isCancelled {
                    try await slow.say("x")
                    try await Task.sleep(for: .milliseconds(300))
                }
            }
            for client in [silent, idle] {
                await #expect(throws: Client.Failure.ended) { try await client.response() }
            }
            // Its words and what is read of the answer go by one queue.
            try await Task.sleep(for: .seconds(1))
            talking.cancel()
            _ = try? await talking.value
            await #expect(throws: Client.Failure.ended) { try await slow.response() }
            try await expectService(at: address)
        }
    }

    @Test(.timeLimit(.minutes(1))) func noMoreConnectionsAreServedThanThereShouldBe() async throws {
        try await serving { address in
            var clients: [Client] = []
            for _ in 0..<256 { clients.append(try Client(address)) }
            let surplus = try Client(address)
            #expect(try await surplus.response().status == 503)
            clients.removeAll()
            // The server hears of it a moment later.
            var status = 503
            while status == 503 { status = (try? await Client(address).request("/index.html").status) ?? 503 }
            #expect(status == 200)
        }
    }

    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            // Unmasked; longer than a page has anything to say, in each way to say so; a ping that is too long.
            [0x81, 0x02, 0x61, 0x62], [0x81, 0xFE, 0x20, 0x00, 1, 2, 3, 4],
            [0x81, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3, 4],
            [0x89, 0xFE, 0x00, 0x7E, 1, 2, 3, 4],
        ] as [[UInt8]])
    func aFrameThatNoPageSendsEndsItsConnection(frame: [UInt8]) async throws {
        try await serving { address in
            let client = try Client(address)
            #expect(try await client.open("04-x").status == 101)
            try await client.send(bytes: frame)
            #expect(try await client.frame().opcode == 8)
            await #expect(throws: Client.Failure.ended) { try await client.frame() }
            try await expectService(at: address)
        }
    }
}
