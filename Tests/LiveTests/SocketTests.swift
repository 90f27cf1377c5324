import Foundation
import Live
import Testing

/// What open pages are told.
@Suite struct SocketTests {
    private let book = Book()

    private func serving(_ body: (LiveServer, URL) async throws -> Void) async throws {
        try await book.serving(body)
    }

    private func opened(_ page: String, at address: URL) async throws -> Client {
        let client = try Client(address)
        let response = try await client.open(page)
        #expect(response.status == 101)
        // From RFC 6455, 1.3.
        #expect(response.headers["sec-websocket-accept"] == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
        return client
    }

    private func message(to client: Client) async throws -> LiveMessage {
        let frame = try await client.frame()
        #expect(frame.opcode == 1)
        return try JSONDecoder().decode(LiveMessage.self, from: frame.payload)
    }

    /// Waits until as many pages are open as are expected; a test that waits in vain ends at its time limit.
    private func expect(_ count: Int, openPagesOf server: LiveServer) async throws {
        while server.openPages != count { try await Task.sleep(for: .milliseconds(5)) }
    }

    @Test(.timeLimit(.minutes(1))) func aPageIsToldHowThingsStandWhenItOpens() async throws {
        let state = LiveState(
            phase: .running, activities: [.init(cell: 2, kind: .running, seconds: 1.5, progress: "epoch 3 of 10")],
            firstError: 1, note: "Cell 1 is run again.", cells: 5)
        book.greeting = [
            .cell(page: "04-x", number: 1, html: "<b>\"é\"</b>"), .state(page: "04-x", state), .changed(page: "other"),
        ]
        try await serving { server, address in
            let client = try await opened("04-x", at: address)
            #expect(try await message(to: client) == .cell(page: "04-x", number: 1, html: "<b>\"é\"</b>"))
            #expect(try await message(to: client) == .state(page: "04-x", state))
        }
    }

    @Test(.timeLimit(.minutes(1))) func newsGoToThePagesThatTheyConcern() async throws {
        try await serving { server, address in
            let (one, two) = (try await opened("04-x", at: address), try await opened("04-x", at: address))
            let (other, front) = (try await opened("05-%C3%BC", at: address), try await opened("", at: address))
            try await expect(4, openPagesOf: server)
            for page in ["04-x", "05-ü", ""] { server.send(.changed(page: page)) }
            for client in [one, two] { #expect(try await message(to: client) == .changed(page: "04-x")) }
            #expect(try await message(to: other) == .changed(page: "05-ü"))
            #expect(try await message(to: front) == .changed(page: ""))
        }
    }

    /// The name that a page is served with is the one that its news go to, whatever is in it.
    @Test(.timeLimit(.minutes(1))) func aPageKnowsItsName() async throws {
        let name = "07 a&b=\"ü\"+%41<"
        book["\(name)/index.html"] = book["index.html"]
        try await serving { server, address in
            let target = "/" + (name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "") + "/index.html"
            let html = try await Client(address).request(target).text
            let known = try #require(html.firstMatch(of: /data-page="([^"]*)"/)).output.1
            let client = try await opened(String(known), at: address)
            server.send(.changed(page: name))
            #expect(try await message(to: client) == .changed(page: name))
        }
    }

    @Test(.timeLimit(.minutes(1))) func aLongMessageArrivesWhole() async throws {
        let html = String(repeating: "<p>ä</p>", count: 200_000)
        try await serving { server, address in
            let client = try await opened("04-x", at: address)
            server.send(.cell(page: "04-x", number: 1, html: html))
            #expect(try await message(to: client) == .cell(page: "04-x", number: 1, html: html))
        }
    }

    /// A page that reads nothing holds up no other, and then learns the last of everything, with no change lost.
    @Test(.timeLimit(.minutes(1))) func aSlowPageIsToldTheLastOnly() async throws {
        let filler = String(repeating: "x", count: 100_000)
        try await serving { server, address in
            let slow = try await opened("04-x", at: address)
            let fast = try await opened("05-y", at: address)
            for count in 0..<1_000 {
                server.send(.cell(page: "04-x", number: 1, html: "\(count) \(filler)"))
                server.send(.state(page: "04-x", LiveState(phase: .running, cells: count)))
                if count == 500 { server.send(.changed(page: "04-x")) }
            }
            server.send(.changed(page: "05-y"))
            #expect(try await message(to: fast) == .changed(page: "05-y"))
            var received: [LiveMessage] = []
            while received.last != .state(page: "04-x", LiveState(phase: .running, cells: 999)) {
                received.append(try await message(to: slow))
            }
            #expect(received.contains(.changed(page: "04-x")))
            #expect(received.contains(.cell(page: "04-x", number: 1, html: "999 \(filler)")))
            #expect(received.count < 500)
        }
    }

    @Test(.timeLimit(.minutes(1))) func pagesThatGoAwayAreForgotten() async throws {
        try await serving { server, address in
            let closing = try await opened("04-x", at: address)
            let staying = try await opened("04-x", at: address)
            do {
                let vanishing = try await opened("04-x", at: address)
                try await expect(3, openPagesOf: server)
                _ = vanishing
            }
            try await expect(2, openPagesOf: server)
            try await closing.send(opcode: 8)
            #expect(try await closing.frame().opcode == 8)
            try await expect(1, openPagesOf: server)
            server.send(.changed(page: "04-x"))
            #expect(try await message(to: staying) == .changed(page: "04-x"))
        }
    }

    @Test(.timeLimit(.minutes(1))) func aPingIsAnsweredAndWordsAreIgnored() async throws {
        try await serving { server, address in
            let client = try await opened("04-x", at: address)
            try await client.send(opcode: 1, "anything")
            try await client.send(opcode: 9, "there?")
            #expect(try await client.frame() == Client.Frame(opcode: 10, payload: Data("there?".utf8)))
        }
    }

    @Test func whatIsNoHandshakeIsRefused() async throws {
        try await serving { _, address in
            let response = try await Client(address).request("/~live/socket?page=04-x")
            #expect(response.status == 400)
        }
    }

    /// Pages that were closed in the middle of a message leave nothing that later pages could suffer from.
    @Test(.timeLimit(.minutes(1))) func manyPagesComeAndVanish() async throws {
        try await serving { server, address in
            for round in 0..<30 {
                var clients: [Client] = []
                for _ in 0..<4 { clients.append(try await opened("04-x", at: address)) }
                for count in 0..<20 { server.send(.state(page: "04-x", LiveState(phase: .running, cells: count))) }
                clients.prefix(2).forEach { $0.abort() }
                clients = []
                let page = try Client(address)
                for _ in 0..<3 {
                    try await Task.sleep(for: .milliseconds(2))
                    #expect(try await page.request("/index.html").status == 200, "round \(round)")
                }
            }
            try await expect(0, openPagesOf: server)
        }
    }

    @Test(.timeLimit(.minutes(1))) func stoppingSaysGoodbyeAndLeavesNothing() async throws {
        let server = LiveServer(port: 0, content: book)
        let address = try await server.start()
        let client = try await opened("04-x", at: address)
        let idle = try Client(address)
        #expect(try await idle.request("/").status == 200)
        server.send(.changed(page: "04-x"))
        await server.stop()
        #expect(try await message(to: client) == .changed(page: "04-x"))
        #expect(try await client.frame().opcode == 8)
        await #expect(throws: Client.Failure.ended) { try await client.frame() }
        await #expect(throws: Client.Failure.ended) { try await idle.request("/") }
        #expect(throws: Client.Failure.noConnection) { try Client(address) }
        #expect(server.openPages == 0)
        let successor = LiveServer(port: address.port.map { UInt16($0) }, content: book)
        #expect(try await successor.start() == address)
        await successor.stop()
    }
}
