import Foundation

/// A client that speaks HTTP and WebSocket over a socket of its own, byte by byte, so that it can also say what no browser
/// would.
final class Client: Sendable {
    struct Response {
        var status: Int
        var headers: [String: String]
        var body: Data
        var text: String { String(decoding: body, as: UTF8.self) }
    }

    struct Frame: Equatable {
        var opcode: UInt8
        var payload: Data
        var text: String { String(decoding: payload, as: UTF8.self) }
    }

    enum Failure: Error { case noConnection, ended, silent }

    let port: UInt16
    private let file: Int32
    private let queue = DispatchQueue(label: "client")

    init(_ server: URL) throws {
        port = UInt16(server.port ?? 80)
        file = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(file, $0, size) }
        }
        guard status == 0 else { throw Failure.noConnection }
        // A test that fails is not to wait for ever.
        var patience = timeval(tv_sec: 120, tv_usec: 0)
        setsockopt(file, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(file) }

    /// Ends the connection at once, as when a browser is killed: what is under way to it is refused.
    func abort() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(file, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
        shutdown(file, Int32(SHUT_RDWR))
    }

    func request(
        _ target: String, method: String = "GET", host: String? = nil, headers: [String: String] = [:]
    ) async throws -> Response {
        try await onQueue { [self] in
            var lines = ["\(method) \(target) HTTP/1.1", "Host: \(host ?? "127.0.0.1:\(port)")"]
            lines += headers.map { "\($0.key): \($0.value)" }
            send((lines + ["", ""]).joined(separator: "\r\n"))
            return try readResponse(hasBody: method != "HEAD")
        }
    }

    /// Sends bytes as they are; what the server does not take is left out.
    func say(_ text: String) async throws { try await onQueue { [self] in send(text) } }

    /// The next response from the server.
    func response() async throws -> Response { try await onQueue { [self] in try readResponse(hasBody: true) } }

    private func readResponse(hasBody: Bool) throws -> Response {
        var head = Data()
        while !head.suffix(4).elementsEqual("\r\n\r\n".utf8) { head += try read(1) }
        let received = String(decoding: head, as: UTF8.self).components(separatedBy: "\r\n").filter { !$0.isEmpty }
        var response = Response(status: Int(received[0].split(separator: " ")[1]) ?? 0, headers: [:], body: Data())
        for line in received.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            response.headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
        }
        if hasBody, let length = response.headers["content-length"].flatMap({ Int($0) }) {
            response.body = try read(length)
        }
        return response
    }

    /// Opens the WebSocket of `page`.
    func open(_ page: String, host: String? = nil, headers: [String: String] = [:]) async throws -> Response {
        let handshake = [
            "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        ]
        return try await request(
            "/~live/socket?page=\(page)", host: host, headers: handshake.merging(headers) { $1 })
    }

    /// The next frame from the server.
    func frame() async throws -> Frame {
        try await onQueue { [self] in
            let head = try read(2)
            var length = Int(head[1] & 0x7f)
            if length >= 126 { length = try read(length == 126 ? 2 : 8).reduce(0) { $0 << 8 | Int($1) } }
            return Frame(opcode: head[0] & 0xf, payload: try read(length))
        }
    }

    /// Sends bytes as they are.
    func send(bytes: [UInt8]) async throws { try await onQueue { [self] in send(Data(bytes)) } }

    /// Sends a frame as a browser does: masked.
    func send(opcode: UInt8, _ payload: String = "") async throws {
        try await onQueue { [self] in
            let mask: [UInt8] = [1, 2, 3, 4]
            let masked = payload.utf8.enumerated().map { $1 ^ mask[$0 % 4] }
            send(Data([0x80 | opcode, 0x80 | UInt8(payload.utf8.count)] + mask + masked))
        }
    }

    private func send(_ text: String) { send(Data(text.utf8)) }

    private func send(_ data: Data) {
        _ = data.withUnsafeBytes { Glibc.send(file, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    }

    private func read(_ count: Int) throws -> Data {
        var bytes = [UInt8](repeating: 0, count: count)
        var got = 0
        while got < count {
            let piece = bytes.withUnsafeMutableBytes { recv(file, $0.baseAddress?.advanced(by: got), count - got, 0) }
            guard piece >= 0 || errno == ECONNRESET else { throw Failure.silent }
            guard piece > 0 else { throw Failure.ended }
            got += piece
        }
        return Data(bytes)
    }

    /// Reading waits, which the threads that the server needs may not.
    private func onQueue<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try body() }) }
        }
    }
}
