import FlyingSocks
import Foundation
import Synchronization

/// Tells which sockets can be read or written, by `poll`.
///
/// FlyingFox's own queue remembers a socket that was closed while somebody waited for it, and is then deaf to the next one
/// that has its number: that happens when a browser vanishes in the middle of a message. This one asks afresh each time.
struct SocketPoll: EventQueue {
    private var state: Waits?

    mutating func open() throws { state = try Waits() }

    mutating func stop() throws {
        state?.hasStopped.withLock { $0 = true }
        state?.rouse()
    }

    /// Whoever still waits keeps the state until it has woken.
    mutating func close() throws { state = nil }

    mutating func addEvents(_ events: Socket.Events, for socket: Socket.FileDescriptor) throws {
        guard let state else { throw SocketError.disconnected }
        // The head of an answer and its body are sent one after the other: the second is not to wait until the first has
        // been acknowledged, which takes 40 ms. Connections have this from the socket that listens.
        var isOn: Int32 = 1
        setsockopt(
            socket.rawValue, Int32(IPPROTO_TCP), TCP_NODELAY, &isOn, socklen_t(MemoryLayout<Int32>.size))
        state.events.withLock { $0[socket.rawValue, default: []].formUnion(events) }
        state.rouse()
    }

    mutating func removeEvents(_ events: Socket.Events, for socket: Socket.FileDescriptor) throws {
        state?.events.withLock { waits in
            waits[socket.rawValue]?.subtract(events)
            if waits[socket.rawValue]?.isEmpty == true { waits[socket.rawValue] = nil }
        }
    }

    func getNotifications() throws -> [EventNotification] {
        guard let state else { throw SocketError.disconnected }
        while true {
            if state.hasStopped.withLock({ $0 }) { throw SocketError.disconnected }
            var files = [pollfd(fd: state.wake.read, events: Int16(POLLIN), revents: 0)]
            files += state.events.withLock { $0 }.map { pollfd(fd: $0, events: $1.pollEvents, revents: 0) }
            guard poll(&files, nfds_t(files.count), -1) >= 0 else {
                if errno == EINTR { continue }
                throw SocketError.makeFailed("poll")
            }
            if files[0].revents != 0 {
                var bytes = [UInt8](repeating: 0, count: 64)
                while read(state.wake.read, &bytes, bytes.count) > 0 {}
            }
            let ready = files.dropFirst().filter { $0.revents != 0 }
            if !ready.isEmpty { return ready.map(EventNotification.init) }
        }
    }
}

/// What is waited for, on the thread that waits, too.
private final class Waits: Sendable {
    let events = Mutex<[Int32: Socket.Events]>([:])
    let hasStopped = Mutex(false)
    /// A pipe that ends the wait when something is to be waited for in addition.
    let wake: (read: Int32, write: Int32)

    init() throws {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw SocketError.makeFailed("pipe") }
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        wake = (ends[0], ends[1])
    }

    deinit {
        close(wake.read)
        close(wake.write)
    }

    func rouse() { _ = write(wake.write, [0], 1) }
}

extension Socket.Events {
    fileprivate var pollEvents: Int16 { reduce(0) { $0 | Int16($1 == .read ? POLLIN : POLLOUT) } }
}

extension EventNotification {
    /// Of a socket that has ended, too, it is told that it can be read and written: reading and writing say how it ended.
    fileprivate init(_ file: pollfd) {
        let (canRead, canWrite) = (file.revents & Int16(POLLIN) != 0, file.revents & Int16(POLLOUT) != 0)
        let events: Socket.Events = canRead && !canWrite ? [.read] : canWrite && !canRead ? [.write] : [.read, .write]
        self.init(file: .init(rawValue: file.fd), events: events, errors: [])
    }
}
