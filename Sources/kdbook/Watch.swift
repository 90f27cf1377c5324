import ArgumentParser
import Books
import Console
import Engine
import Foundation
import Live
import Synchronization

struct Watch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Serve the book to this machine's browsers, and show each change of a notebook at once.",
        discussion: helpText(
            """
            kdbook brings a page up to date as soon as you save its notebook, also where a browser shows it. Only the cells
            that a change concerns run again, on the state that the cells above have left. The output folder gets the
            same files as from `kdbook render`. Ctrl-C ends it.

            Examples:
              kdbook watch
              kdbook watch 04-four-students --open   its cells run at once, so that the first change is fast, too
              kdbook watch --port 9000
              kdbook watch --edition mnist
            """))

    @OptionGroup var request: Request

    @Option(help: ArgumentHelp("Listen on this port; on 8137 or a free one, if not given.", valueName: "n"))
    var port: UInt16?

    @Option(
        help: ArgumentHelp(
            "Listen on this address. At another than 127.0.0.1, others can read the book.", valueName: "address"))
    var address = "127.0.0.1"

    @Flag(name: .customLong("public"), help: "Let the address be one that other machines can reach.")
    var isPublic = false

    @Flag(help: "Open the book in a browser.")
    var open = false

    func run() async throws {
        guard isPublic || LiveServer.isLoopback(address) else {
            throw UsageError(
                description:
                    "--address \(address): other machines may reach it and read the book; --public permits that")
        }
        let environment = try Environment()
        let renderer = BookRenderer(
            book: environment.book, installation: environment.installation, output: environment.book.output,
            edition: request.choice.edition, settings: try request.choice.parsedSettings(),
            references: BookReferences(of: environment.book), force: false,
            jobs: ProcessInfo.processInfo.activeProcessorCount)
        let named = try request.notebooks.isEmpty ? [] : request.paths(in: environment.book).map(Book.name(of:))
        let paths = try environment.book.wholeBook()
        try checkRequest(
            edition: renderer.edition, settings: renderer.settings,
            matters: paths.map { NotebookSource($0, renderer: renderer).parsed().notebook.frontMatter })
        try renderer.store.prepare()
        try renderer.preparePackages()
        let audience = Audience()
        let book = try WatchedBook(renderer) { audience.tell($0) }
        let server = LiveServer(address: address, port: port, content: book)
        audience.join(server)
        let url: URL
        do {
            url = try await server.start()
        } catch {
            throw UsageError(description: error.description.replacing("error: ", with: ""))
        }
        Terminal.say(url.absoluteString)
        if open { openInBrowser(url) }
        try await book.run(ready: named)
    }
}

/// Who is told of changes: the pages that a server has open.
private final class Audience: Sendable {
    private let server = Mutex<LiveServer?>(nil)

    func join(_ server: LiveServer) { self.server.withLock { $0 = server } }

    func tell(_ message: LiveMessage) { server.withLock { $0 }?.send(message) }
}

/// Opens an address in the browser that the user has chosen.
private func openInBrowser(_ url: URL) {
    #if os(macOS)
        let opener = "/usr/bin/open"
    #else
        let opener = "/usr/bin/xdg-open"
    #endif
    let process = Process()
    process.executableURL = URL(fileURLWithPath: opener)
    process.arguments = [url.absoluteString]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    do {
        try process.run()
    } catch {
        Terminal.complain(
            "kdbook: warning: no browser could be started by \(opener): open \(url.absoluteString) yourself")
    }
}
