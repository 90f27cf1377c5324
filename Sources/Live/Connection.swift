import FlyingFox
import Foundation

/// A connection of a browser: its requests are answered one after the other, until one opens a page's WebSocket.
struct Connection: Sendable {
    /// How long a request may take to arrive, from the moment that there could be one.
    private static let patienceForRequest = Duration.seconds(10)
    /// How long a browser may take to take an answer.
    private static let patienceForAnswer = Duration.seconds(60)

    private let peer: Peer
    private let received: ReceivedBytes
    private let handler: PageHandler

    init(with peer: Peer, handler: PageHandler) {
        self.peer = peer
        self.handler = handler
        received = ReceivedBytes(from: peer)
    }

    /// Answers until either side ends the connection.
    func serve() async {
        defer { peer.hangUp() }
        do {
            while try await answerNext() {}
            await peer.sayGoodbye()
        } catch let refusal as RequestHead.Refusal {
            try? await send(HTTPResponse(refusal))
            await peer.sayGoodbye()
        } catch {
            // The peer has gone, or was too slow: there is nobody to tell.
        }
    }

    /// - Returns: whether there may be another request.
    private func answerNext() async throws -> Bool {
        let request = try await peer.hearing(within: Self.patienceForRequest) {
            try await RequestHead.read(from: received)
        }
        var response = try await handler.handleRequest(request)
        if case .webSocket(let socket) = response.payload {
            try await send(response)
            try await converse(socket)
            return false
        }
        let isLast = !request.isKeptAlive
        if isLast { response.headers[.connection] = "close" }
        try await send(response)
        return !isLast
    }

    private func send(_ response: HTTPResponse) async throws {
        let body = try await response.bodyData
        try await peer.within(Self.patienceForAnswer) { try await peer.send(response.encodedHead + body) }
    }

    private func converse(_ socket: any WSHandler) async throws {
        let frames = AsyncThrowingStream<WSFrame, any Error> { [received] in
            do {
                return try await WSFrame(from: received)
            } catch ReceivedBytes.Failure.ended {
                return nil
            }
        }
        for await frame in try await socket.makeFrames(for: frames) { try await peer.send(frame.encoded) }
    }
}

extension HTTPRequest {
    /// Whether the browser may send another request after this one.
    fileprivate var isKeptAlive: Bool {
        version == .http11 && headers[.connection]?.lowercased().contains("close") != true
    }
}

extension HTTPResponse {
    fileprivate init(_ refusal: RequestHead.Refusal) {
        let body = Data("\(refusal.reason)\n".utf8)
        self.init(
            statusCode: refusal.status,
            headers: [
                .contentType: "text/plain; charset=utf-8", .contentLength: String(body.count), .connection: "close",
                HTTPHeader("X-Content-Type-Options"): "nosniff",
            ], body: body)
    }

    /// Status and headers, up to the empty line.
    var encodedHead: Data {
        let lines = headers.map { "\($0.key.rawValue): \($0.value)" }.sorted()
        let head = ["HTTP/1.1 \(statusCode.code) \(statusCode.phrase)"] + lines + ["", ""]
        return Data(head.joined(separator: "\r\n").utf8)
    }
}
