package import Notebook

extension KernelTape {
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
