import Foundation
import Synchronization

/// What one open page has yet to be told. It cannot grow beyond what a page consists of: what later news supersede is left
/// out.
final class Outbox: Sendable {
    enum Item: Hashable, Sendable {
        case message(LiveMessage)
        /// The answer to a ping with this content.
        case pong(Data)
        case goodbye
    }

    private struct State {
        var items: [Item] = []
        var isOpen = true
        var reader: CheckedContinuation<Item?, Never>?

        mutating func append(_ item: Item) {
            items.removeAll { $0.isSuperseded(by: item) }
            items.append(item)
        }

        /// What a waiting reader is to get.
        mutating func delivery() -> (CheckedContinuation<Item?, Never>, Item?)? {
            guard let waiting = reader, !items.isEmpty || !isOpen else { return nil }
            reader = nil
            return (waiting, items.isEmpty ? nil : items.removeFirst())
        }
    }

    private let state = Mutex(State())

    func push(_ item: Item) {
        change { state in
            if state.isOpen { state.append(item) }
        }
    }

    /// Puts messages before those that have come in the meantime.
    func begin(with messages: [LiveMessage]) {
        change { state in
            let later = state.items
            state.items = []
            (messages.map(Item.message) + later).forEach { state.append($0) }
        }
    }

    /// Ends with a goodbye after what is still to be told.
    func close() {
        change { state in
            if state.isOpen { state.append(.goodbye) }
            state.isOpen = false
        }
    }

    /// The next item, once there is one; `nil` at the end. To be called by one reader.
    func next() async -> Item? {
        await withCheckedContinuation { continuation in
            change { $0.reader = continuation }
        }
    }

    private func change(_ body: (inout State) -> Void) {
        let delivery = state.withLock { state in
            body(&state)
            return state.delivery()
        }
        if let (reader, item) = delivery { reader.resume(returning: item) }
    }
}

extension Outbox.Item {
    fileprivate func isSuperseded(by later: Outbox.Item) -> Bool {
        switch (self, later) {
        case (.message(let message), .message(let other)): message.isSuperseded(by: other)
        case (.pong, .pong): true
        default: false
        }
    }
}
