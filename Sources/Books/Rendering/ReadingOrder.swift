import Engine
import Notebook

/// Which notebooks of an edition read what others of it write, such as their outputs and records: those others come first.
struct ReadingOrder {
    /// By a notebook's name, the names of the notebooks that it reads from.
    private let sources: [String: Set<String>]

    /// - Throws: where notebooks read from each other.
    init(of notebooks: [NotebookSource], renderer: BookRenderer) throws(EngineError) {
        let names = Set(notebooks.map(\.name))
        var sources: [String: Set<String>] = [:]
        for notebook in notebooks {
            sources[notebook.name] = notebook.providers(in: renderer).union(notebook.recordsRead(in: renderer))
                .intersection(names)
        }
        self.sources = sources
        for notebook in notebooks {
            guard let circle = way(from: notebook.name, to: notebook.name) else { continue }
            throw EngineError(
                .read, file: notebook.path,
                cause:
                    "it reads what is made from itself: \(circle.joined(separator: " reads from ")); take one of these away "
                    + "from `inputs`, or from the values on record")
        }
    }

    /// The names on a way by which one notebook reads from another; the shortest that there is.
    private func way(from start: String, to end: String) -> [String]? {
        var ways = [[start]]
        var seen: Set<String> = []
        while !ways.isEmpty {
            var longer: [[String]] = []
            for way in ways {
                for next in (sources[way[way.count - 1]] ?? []).sorted() {
                    if next == end { return way + [next] }
                    if seen.insert(next).inserted { longer.append(way + [next]) }
                }
            }
            ways = longer
        }
        return nil
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

    /// The notebooks in their order, but each behind those that it reads from.
    func sorted(_ notebooks: [NotebookSource]) -> [NotebookSource] {
        var waiting = notebooks
        var sorted: [NotebookSource] = []
        while let place = waiting.firstIndex(where: { !reads($0.name, from: Set(waiting.map(\.name))) }) {
            sorted.append(waiting.remove(at: place))
        }
        return sorted
    }
}

extension NotebookSource {
    /// The names of the notebooks whose outputs its cells read.
    func providers(in renderer: BookRenderer) -> Set<String> {
        // To parse a notebook takes longer than to see that it names no input.
        guard text.contains("inputs") else { return [] }
        return Set(
            declaredInputs(in: renderer).compactMap { OtherOutputs.parts(of: $0, in: renderer.book)?.notebook })
    }

    /// The names of the notebooks whose records its cells read, or its prose quotes.
    fileprivate func recordsRead(in renderer: BookRenderer) -> Set<String> {
        let folder = renderer.pathInBook
        guard text.contains(folder + "/") || text.contains(RecordedValue.opening) else { return [] }
        func notebooks(_ paths: [String], below folder: String) -> [String] {
            paths.filter { $0.hasPrefix(folder + "/") }
                .compactMap { $0.dropFirst(folder.count + 1).split(separator: "/").first.map(String.init) }
        }
        return Set(
            notebooks(declaredInputs(in: renderer), below: folder)
                + notebooks(quotedFiles(in: renderer), below: renderer.folder.path))
    }
}

extension BookRenderer {
    /// The folder of the pages as a notebook's inputs would name it; of a folder elsewhere, its whole path.
    fileprivate var pathInBook: String {
        let root = book.folder.path + "/"
        return folder.path.hasPrefix(root) ? String(folder.path.dropFirst(root.count)) : folder.path
    }

    /// The notebooks at `paths`, and those whose outputs they read, near and far.
    func withProviders(of paths: [String], among sources: [NotebookSource]) -> [NotebookSource] {
        var names: Set<String> = []
        var next = Set(sources.filter { paths.contains($0.path) }.map(\.name))
        while let name = next.popFirst() {
            guard names.insert(name).inserted, let source = sources.first(where: { $0.name == name }) else { continue }
            next.formUnion(source.providers(in: self))
        }
        return sources.filter { names.contains($0.name) }
    }

    /// What is to be watched for inputs: of what another notebook writes, the record that tells of it.
    func watched(_ inputs: [String]) -> [String] {
        inputs.map { input in
            guard let (notebook, _) = OtherOutputs.parts(of: input, in: book) else { return input }
            return (folder / "\(notebook)/record.json").path
        }
    }
}

extension BookEdition {
    /// The notebooks at `paths` in their order, but each behind those that it reads from.
    ///
    /// - Throws: where notebooks read from each other.
    func ordered(_ paths: [String]) throws -> [String] {
        let renderer = try renderer(force: false)
        let sources = paths.map { NotebookSource($0, renderer: renderer) }
        return try ReadingOrder(of: sources, renderer: renderer).sorted(sources).map(\.path)
    }
}
