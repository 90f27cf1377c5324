import FlyingFox
import FlyingSocks
import Foundation
import Synchronization

/// Takes connections to one address and serves each.
final class Reception: Sendable {
    /// How many connections are served at a time. Each page that is open has one.
    static let mostConnections = 256

    /// The port that it listens on.
    let port: UInt16
    private let listening: AsyncSocket
    private let pool: SocketPool<SocketPoll>
    private let connections = Atomic(0)

    /// Begins to listen; connections wait until it runs.
    init(at address: some SocketAddress) async throws {
        let socket = try Socket(domain: Int32(type(of: address).family))
        do {
            try socket.setValue(true, for: .localAddressReuse)
            try socket.bind(to: address)
            try socket.listen()
            port =
                switch try socket.sockname() {
                case .ip4(_, let port), .ip6(_, let port): port
                case .unix: 0
                }
            pool = SocketPool(queue: SocketPoll())
            try await pool.prepare()
            listening = try AsyncSocket(socket: socket, pool: pool)
        } catch {
            try? socket.close()
            throw error
        }
    }

    deinit { try? listening.close() }

    /// Serves until the task is cancelled.
    func run(_ handler: PageHandler) async {
        await withTaskGroup { group in
            group.addTask { [pool] in try? await pool.run() }
            group.addTask { [self] in await takeConnections(handler) }
            await group.next()
            group.cancelAll()
        }
    }

    private func takeConnections(_ handler: PageHandler) async {
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                guard let socket = try? await listening.accept() else {
                    // For want of file descriptors, for example: some may be free a moment later.
                    try? await Task.sleep(for: .milliseconds(50))
                    continue
                }
                let peer = Peer(socket)
                guard connections.load(ordering: .relaxed) < Self.mostConnections else {
                    peer.sendWithoutWaiting(HTTPResponse(statusCode: .serviceUnavailable).encodedHead)
                    continue
                }
                connections.add(1, ordering: .relaxed)
                group.addTask { [self] in
                    await Connection(with: peer, handler: handler).serve()
                    connections.subtract(1, ordering: .relaxed)
                }
            }
        }
    }
}
