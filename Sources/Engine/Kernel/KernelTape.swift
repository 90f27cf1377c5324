import Foundation
package import Notebook

/// What has come through the pipes of a kernel, to be heard again where there is none: for tests, which write on it what no
/// kernel says.
package struct KernelTape: Sendable {
    /// What came through the pipe of events.
    package var events: [UInt8]
    /// What was printed, with its marks.
    package var printed: [UInt8]

    /// The word that marks are made with.
    package static let nonce = "word"
    /// The most bytes of each that are heard: what a pipe holds.
    static let longest = 60_000

    package init(events: [UInt8], printed: [UInt8]) {
        self.events = events
        self.printed = printed
    }

    /// What the engine makes of it, as if it had come from a kernel that ran `notebook`.
    ///
    /// - Parameters:
    ///   - notebook: one that reads no inputs.
    ///   - folder: that of a book, where pictures are stored.
    /// - Throws: that the kernel could not be made ready, as it says; what is wrong with the notebook.
    package func record(of notebook: Notebook, in folder: String) throws -> Record {
        let book = Book(root: folder)
        let installation = Installation()
        let plan = try Plan(
            notebook, edition: "default", settings: [:], book: book, installation: installation, sandbox: .off)
        let store = Store(book)
        let kernel = try Kernel(self, limits: plan.limits, store: store)
        defer { kernel.end() }
        var session = Session(
            run: NotebookRun(plan, book: book, installation: installation, store: store), kernel: kernel,
            report: { _ in })
        for unit in plan.units where !session.stopped {
            let compiled = CompiledUnit(unit: unit, folder: RootedPath(root: folder), diagnostics: [], moduleDigest: "")
            try session.step(unit, .built(compiled))
        }
        return session.record
    }
}
