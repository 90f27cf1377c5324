import Foundation
import Live
import Publishing
import Synchronization

/// A book of two pages and a picture.
final class Book: LiveContent {
    private struct State {
        var files: [String: [UInt8]] = [:]
        var asked: [String] = []
        var greeting: [LiveMessage] = []
    }

    private let state = Mutex(State())

    init() {
        self["index.html"] = weaveFrontPage(title: "Book", introduction: nil, outline: [])
        self["04-x/index.html"] = weaveFrontPage(title: "Fourth", introduction: "Words", outline: [])
        self["04-x/figures/ab.png"] = "a picture"
        self["04-x/record.json"] = "{}"
    }

    subscript(path: String) -> String? {
        get { state.withLock { $0.files[path] }.map { String(decoding: $0, as: UTF8.self) } }
        set { state.withLock { $0.files[path] = newValue.map { Array($0.utf8) } } }
    }

    /// What pages are told when they are opened.
    var greeting: [LiveMessage] {
        get { state.withLock { $0.greeting } }
        set { state.withLock { $0.greeting = newValue } }
    }

    /// The paths that were asked for.
    var asked: [String] { state.withLock { $0.asked } }

    func file(at path: String) async -> [UInt8]? {
        state.withLock { state in
            state.asked.append(path)
            return state.files[path]
        }
    }

    func opened(page: String) async -> [LiveMessage] { greeting.filter { $0.page == page } }
}

extension Book {
    /// Runs `body` with a server of the book on a free port.
    func serving(_ body: (LiveServer, URL) async throws -> Void) async throws {
        let server = LiveServer(port: 0, content: self)
        let address = try await server.start()
        let result: Result<Void, any Error>
        do { result = .success(try await body(server, address)) } catch { result = .failure(error) }
        await server.stop()
        try result.get()
    }
}
