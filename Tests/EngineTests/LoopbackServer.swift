import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// A server on loopback that speaks just enough HTTP to serve files, well or badly.
final class LoopbackServer: Sendable {
    /// What is done with a request.
    enum Answer: Sendable {
        /// The content, from where the request asks for it.
        case content([UInt8])
        /// The content from its start, whatever was asked for.
        case contentFromStart([UInt8])
        /// The content from where the request asks for it, cut off after so many bytes.
        case cut([UInt8], after: Int)
        case status(Int)
        /// Nothing, for as long as the client waits.
        case silence
    }

    struct Request: Sendable, Hashable {
        let path: String
        /// The first byte that is asked for.
        let start: Int
    }

    /// Ends in a slash.
    let address: String
    private let listener: Int32
    private let seen = Mutex<[Request]>([])

    /// The requests so far.
    var requests: [Request] { seen.withLock { $0 } }

    /// - Parameter answer: takes a request, and how many there were before it.
    init(_ answer: @escaping @Sendable (Request, Int) -> Answer) throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let port: UInt16? = withUnsafeMutablePointer(to: &place) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address -> Bool in
                bind(listener, address, length) == 0 && listen(listener, 16) == 0
                    && getsockname(listener, address, &length) == 0
            } ? UInt16(bigEndian: pointer.pointee.sin_port) : nil
        }
        guard let port else { throw POSIXError(.EADDRNOTAVAIL) }
        address = "http://127.0.0.1:\(port)/"
        Thread.detachNewThread { [weak self] in
            while case let connection = accept(listener, nil, nil), connection >= 0 {
                guard let self else { return }
                Thread.detachNewThread { self.serve(connection, answer) }
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    private func serve(_ connection: Int32, _ answer: (Request, Int) -> Answer) {
        defer { close(connection) }
        var head = ""
        while !head.contains("\r\n\r\n") {
            var bytes = [UInt8](repeating: 0, count: 4096)
            let count = recv(connection, &bytes, bytes.count, 0)
            guard count > 0 else { return }
            head += String(decoding: bytes[..<count], as: UTF8.self)
        }
        let path = head.split(separator: " ").dropFirst().first.map(String.init) ?? ""
        let start = head.firstMatch(of: /[Rr]ange: bytes=(\d+)-/).flatMap { Int($0.1) } ?? 0
        let request = Request(path: path, start: start)
        let before = seen.withLock { seen in
            seen.append(request)
            return seen.count - 1
        }
        switch answer(request, before) {
        case .status(let code):
            write("HTTP/1.1 \(code) No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", connection)
        case .content(let content): send(content, from: start, upTo: content.count, connection)
        case .contentFromStart(let content): send(content, from: 0, upTo: content.count, connection)
        case .cut(let content, let count): send(content, from: start, upTo: start + count, connection)
        case .silence:
            var byte: UInt8 = 0
            while recv(connection, &byte, 1, 0) > 0 {}
        }
    }

    private func send(_ content: [UInt8], from start: Int, upTo end: Int, _ connection: Int32) {
        guard start < content.count || start == 0 else {
            return write("HTTP/1.1 416 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", connection)
        }
        let status = start == 0 ? "200 OK" : "206 Partial Content"
        let range = start == 0 ? "" : "Content-Range: bytes \(start)-\(content.count - 1)/\(content.count)\r\n"
        write(
            "HTTP/1.1 \(status)\r\n\(range)Content-Length: \(content.count - start)\r\nConnection: close\r\n\r\n",
            connection)
        write(Array(content[start..<min(end, content.count)]), connection)
    }

    private func write(_ text: String, _ connection: Int32) { write(Array(text.utf8), connection) }

    private func write(_ bytes: [UInt8], _ connection: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
