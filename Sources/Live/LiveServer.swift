import FlyingSocks
public import Foundation
import Synchronization

/// Serves the pages of a book to browsers on this machine, and tells pages that are open what becomes of them.
public final class LiveServer: Sendable {
    /// The port that is taken where none is named and this one is free, so that an open page finds the next session.
    public static let usualPort: UInt16 = 8137

    /// Whether only programs on this machine reach `address`, such as `127.0.0.1`, `::1` or `localhost`.
    public static func isLoopback(_ address: String) -> Bool { ServerAddress(address)?.isLoopback ?? false }

    private let address: String
    private let port: UInt16?
    private let content: any LiveContent
    private let pages = OpenPages()
    private let running = Mutex<Task<Void, Never>?>(nil)

    /// - Parameters:
    ///   - address: an address of this machine. Whoever reaches it can read the book.
    ///   - port: the port to listen on; where it is `nil`, ``usualPort`` or, if that is taken, a free one.
    public init(address: String = "127.0.0.1", port: UInt16?, content: any LiveContent) {
        self.address = address
        self.port = port
        self.content = content
    }

    /// Begins to listen.
    ///
    /// - Returns: the address to open, such as `http://127.0.0.1:8137/`.
    public func start() async throws(LiveServerError) -> URL {
        guard let address = ServerAddress(address) else { throw .noAddress(address) }
        let reception: Reception
        do {
            reception = try await listen(on: address, port: port ?? Self.usualPort)
        } catch .portTaken where port == nil {
            reception = try await listen(on: address, port: 0)
        }
        let port = reception.port
        let handler = PageHandler(rules: RequestRules(address: address, port: port), content: content, pages: pages)
        running.withLock { $0 = Task { await reception.run(handler) } }
        guard let url = URL(string: "http://\(address.hostToOpen):\(port)/") else { throw .noAddress(self.address) }
        return url
    }

    /// Tells `message` to all open pages that it concerns.
    public func send(_ message: LiveMessage) { pages.send(message) }

    /// How many pages are open in browsers.
    public var openPages: Int { pages.count }

    /// Says goodbye to all pages and ends. A server that was stopped is not started again.
    public func stop() async {
        pages.close()
        // Who takes its messages has them in no time; who does not holds up nothing.
        for _ in 0..<50 where pages.count > 0 { try? await Task.sleep(for: .milliseconds(10)) }
        let task = running.withLock { running in
            defer { running = nil }
            return running
        }
        task?.cancel()
        await task?.value
    }

    private func listen(on address: ServerAddress, port: UInt16) async throws(LiveServerError) -> Reception {
        do {
            return try await Reception(at: address.socketAddress(port: port))
        } catch SocketError.failed(_, errno: EADDRINUSE, _) {
            throw .portTaken(port, address: self.address)
        } catch SocketError.failed(_, _, let message) {
            throw .cannotListen(port, address: self.address, cause: message)
        } catch {
            throw .cannotListen(port, address: self.address, cause: error.localizedDescription)
        }
    }
}
