public import Notebook

/// What the other notebooks of an edition have written: inputs such as `02-train/results.csv`.
public struct OtherOutputs: Sendable {
    private let store: Store
    /// Where the edition's pages and records lie.
    private let folder: RootedPath
    /// What a notebook wrote; `nil` where that is not known.
    private let outputs: @Sendable (_ notebook: String) -> [Record.Output]?

    /// - Parameters:
    ///   - folder: where the edition's pages and records lie.
    ///   - outputs: what the record of a notebook has; `nil` where there is none.
    public init(store: Store, folder: RootedPath, outputs: @escaping @Sendable (String) -> [Record.Output]?) {
        (self.store, self.folder, self.outputs) = (store, folder, outputs)
    }

    /// The notebook and the file that an input means; `nil` where it is a file of the book.
    public static func parts(of input: String, in book: Book) -> (notebook: String, file: String)? {
        let names = input.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard names.count == 2, (try? book.resolved("\(Book.notebookFolder)/\(names[0]).md"))?.exists == true,
            (try? book.resolved(input))?.exists != true
        else { return nil }
        return (names[0], names[1])
    }

    /// The file that an input means; `nil` where it is a file of the book.
    ///
    /// - Throws: that the notebook did not write it, or that it is gone.
    func file(of input: String, in book: Book) throws(EngineError) -> (output: Record.Output, place: RootedPath)? {
        guard let (notebook, name) = OtherOutputs.parts(of: input, in: book) else { return nil }
        let cure = "`kdbook render \(notebook)` makes it"
        guard let written = outputs(notebook) else {
            throw EngineError(.read, file: input, cause: "`\(notebook)` has not written it yet; \(cure)")
        }
        guard let output = written.first(where: { $0.name == name }) else {
            let known = written.map(\.name)
            throw EngineError(
                .read, file: input,
                cause: "`\(notebook)` has no such output"
                    + (known.isEmpty ? ": it declares none" : "; \(suggestion(for: name, in: known))"))
        }
        if !store.hasOutput(output) {
            let copy = folder / "\(notebook)/\(output.path)"
            guard let bytes = try? copy.read(), try store.keepOutput(bytes, as: name) == output else {
                throw EngineError(.read, file: input, cause: "what `\(notebook)` wrote is not kept any more; \(cure)")
            }
        }
        store.use(["outputs/" + Store.name(of: output)])
        return (output, store.output(output))
    }
}
