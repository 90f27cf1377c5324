import Engine
import Notebook

/// Which notebooks of an edition read what others of it write, such as their records: those others come first.
struct ReadingOrder {
    /// By a notebook's name, the names of the notebooks that it reads from.
    private let sources: [String: Set<String>]

    /// - Parameter folder: where the edition's pages and records go, from the book's folder.
    /// - Throws: where notebooks read from each other.
    init(of notebooks: [NotebookSource], edition: String, folder: String) throws(EngineError) {
        let names = Set(notebooks.map(\.name))
        var sources: [String: Set<String>] = [:]
        // To parse a notebook takes longer than to see that it names no such file.
        for notebook in notebooks
        where notebook.text.contains(folder + "/") || notebook.text.contains(RecordedValue.opening) {
            let parsed = notebook.parsed().notebook
            let inputs = parsed.declaredInputs(in: edition).map(\.path)
            let quoted = parsed.recordedValues.filter { $0.edition == nil || $0.edition == edition }
                .compactMap(\.notebook)
            sources[notebook.name] = Set(
                inputs.filter { $0.hasPrefix(folder + "/") }
                    .compactMap { $0.dropFirst(folder.count + 1).split(separator: "/").first.map(String.init) }
                    + quoted.filter { $0 != notebook.name }
            ).intersection(names)
        }
        self.sources = sources
        for notebook in notebooks where sourcesOf(notebook.name).contains(notebook.name) {
            throw EngineError(
                .read, file: notebook.path,
                cause:
                    "it reads what is made from itself: of the notebooks that its inputs under \(folder) or its values on record "
                    + "come from, one reads from this one; take one of these away")
        }
    }

    /// All that `name` is made from, near and far.
    private func sourcesOf(_ name: String) -> Set<String> {
        var found: Set<String> = []
        var next = sources[name] ?? []
        while let one = next.popFirst() {
            if found.insert(one).inserted { next.formUnion(sources[one] ?? []) }
        }
        return found
    }

    /// Whether `name` is made from any of `others`.
    func reads(_ name: String, from others: Set<String>) -> Bool { !sourcesOf(name).isDisjoint(with: others) }
}
