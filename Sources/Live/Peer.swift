import FlyingSocks
import Foundation

/// Who is at the other end of a connection. The connection is closed when nobody refers to it any more: until then its number
/// is no other connection's.
final class Peer: Sendable {
    private let socket: AsyncSocket

    /// - Parameter socket: a connection that is nobody else's.
    init(_ socket: AsyncSocket) { self.socket = socket }

    deinit { try? socket.close() }

    /// What has arrived, once there is something; empty at the end.
    func receive(atMost count: Int) async throws -> [UInt8] {
        do {
            return try await socket.read(atMost: count)
        } catch SocketError.disconnected {
            return []
        }
    }

    func send(_ bytes: Data) async throws { try await socket.write(bytes) }

    /// Sends as much of `bytes` as can be sent without waiting.
    func sendWithoutWaiting(_ bytes: Data) { _ = try? socket.socket.write(bytes) }

    /// Ends the connection for both sides: whoever still receives finds its end.
    func hangUp() { shutdown(socket.socket.file.rawValue, Int32(SHUT_RDWR)) }

    /// Lets the peer know that nothing more comes, and gives it a moment to read what has come: a connection that is closed
    /// with something unread takes the answer along.
    func sayGoodbye() async {
        shutdown(socket.socket.file.rawValue, Int32(SHUT_WR))
        try? await within(.seconds(1)) {
            var unread = 1 << 20
            while unread > 0, case let bytes = try await receive(atMost: 4096), !bytes.isEmpty { unread -= bytes.count }
        }
    }

    /// Does `body`, and hangs up on a peer that has it take longer than `patience`.
    func within<Result>(_ patience: Duration, _ body: () async throws -> Result) async throws -> Result {
        try await hangingUp(after: { try await Task.sleep(for: patience) }, body)
    }

    /// Does `body`, which receives something, and hangs up on a peer that does not send it within `patience`. What has come
    /// in time and was not read yet, as nobody had the time, is no fault of the peer's.
    func hearing<Result>(within patience: Duration, _ body: () async throws -> Result) async throws -> Result {
        try await hangingUp(after: { [self] in repeat { try await Task.sleep(for: patience) } while hasUnread }, body)
    }

    private func hangingUp<Result>(
        after wait: @escaping @Sendable () async throws -> Void, _ body: () async throws -> Result
    ) async throws -> Result {
        let alarm = Task { [self] in
            try await wait()
            hangUp()
        }
        defer { alarm.cancel() }
        return try await body()
    }

    private var hasUnread: Bool {
        var byte: UInt8 = 0
        return recv(socket.socket.file.rawValue, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT)) > 0
    }
}
