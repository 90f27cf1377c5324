import Synchronization

/// The pages that are open in browsers, each with what it has yet to be told.
final class OpenPages: Sendable {
    private struct State {
        var outboxes: [ObjectIdentifier: (page: String, outbox: Outbox)] = [:]
        var isClosed = false
    }

    private let state = Mutex(State())

    var count: Int { state.withLock { $0.outboxes.count } }

    func add(_ outbox: Outbox, page: String) {
        let isClosed = state.withLock { state in
            if !state.isClosed { state.outboxes[ObjectIdentifier(outbox)] = (page, outbox) }
            return state.isClosed
        }
        if isClosed { outbox.close() }
    }

    func remove(_ outbox: Outbox) {
        state.withLock { state in state.outboxes[ObjectIdentifier(outbox)] = nil }
    }

    func send(_ message: LiveMessage) {
        let concerned = state.withLock { $0.outboxes.values.filter { $0.page == message.page } }
        for (_, outbox) in concerned { outbox.push(.message(message)) }
    }

    /// Says goodbye to all, and to whoever still comes.
    func close() {
        let all = state.withLock { state in
            state.isClosed = true
            return state.outboxes.values.map(\.outbox)
        }
        all.forEach { $0.close() }
    }
}
