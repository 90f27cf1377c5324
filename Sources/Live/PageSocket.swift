import FlyingFox
import Foundation

/// The WebSocket of one open page: it tells the page what is in its outbox, one message at a time, as fast as the page takes
/// them. Of what the page sends, only that it goes away matters.
struct PageSocket: WSHandler {
    let page: String
    let pages: OpenPages
    let content: any LiveContent

    func makeFrames(for client: AsyncThrowingStream<WSFrame, any Error>) async throws -> AsyncStream<WSFrame> {
        let outbox = Outbox()
        // News from now on are kept while the page's beginning is asked for.
        pages.add(outbox, page: page)
        outbox.begin(with: await content.opened(page: page))
        let listener = Task {
            defer { outbox.close() }
            for try await frame in client {
                if frame.opcode == .close { return }
                if frame.opcode == .ping { outbox.push(.pong(frame.payload)) }
            }
        }
        let ending = Ending { [pages] in
            pages.remove(outbox)
            outbox.close()
            listener.cancel()
        }
        return AsyncStream {
            if let item = await outbox.next() { return WSFrame(item) }
            ending.run()
            // The connection is closed after this; nobody may then still wait for it.
            _ = await listener.result
            return nil
        } onCancel: {
            outbox.close()
        }
    }

    /// What is to be done when a page has gone, even where it is not listened to until the end, as when sending fails.
    private final class Ending: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
        deinit { run() }
    }
}

extension WSFrame {
    fileprivate init(_ item: Outbox.Item) {
        switch item {
        case .message(let message):
            let encoder = JSONEncoder()
            encoder.outputFormatting = .withoutEscapingSlashes
            // Of strings and numbers; these have no seconds that are not finite.
            let payload = (try? encoder.encode(message)) ?? Data()
            self.init(fin: true, opcode: .text, mask: nil, payload: payload)
        case .pong(let payload): self.init(fin: true, opcode: .pong, mask: nil, payload: payload)
        case .goodbye: self = .close(code: .goingAway)
        }
    }
}
