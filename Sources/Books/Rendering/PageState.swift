import Digest
import Engine
import Notebook
import Publishing

/// What a page was made from, and what was written.
struct PageState: Codable, Hashable {
    let source: String
    /// The page's own place in the outline.
    let entry: OutlineEntry
    /// How the book has typed signs stand in it.
    let typography: Typography
    /// Stands for all the outline: neighbours, and what can be referred to on other pages.
    let outline: String
    /// Tool, runtime, compiler, what the book says of itself, bibliography, claims, edition and settings.
    let circumstances: String
    /// Files, or folders that stand for all files in them, that cells may read.
    let declared: [String]
    /// What was in them.
    let inputs: [Record.Input]
    /// What was in the files that its prose shows or leads to.
    let attached: [Record.Input]
    /// What was in the records that its prose quotes, as ``BookRenderer/quotedInputs(_:)`` has it.
    let quoted: [Record.Input]
    /// Stands for the book's shared code, where its cells import anything.
    let shared: String?
    /// What of the store it was made from.
    let entries: [String]
    /// Each file's digest, by its path from the page's folder.
    let files: [String: String]
    /// What the page says of how it was made.
    let provenance: Provenance

    init(
        source: NotebookSource, outline: [OutlineEntry], plan: Plan, record: Record, controlled: [ControlledRun],
        attached: AttachedFiles, files: [String: [UInt8]], provenance: Provenance, renderer: BookRenderer
    ) {
        self.source = source.digest
        entry = source.outline
        typography = source.typography
        self.outline = PageState.digest(of: outline)
        declared = plan.declaredInputs.declared
        inputs = plan.inputs
        self.attached = Inputs(attached.paths, in: renderer.book)?.files ?? []
        quoted = renderer.quotedInputs(renderer.quotedFiles(of: plan.notebook))
        shared = plan.sharedDigest
        entries =
            renderer.store.names(of: plan, record)
            + controlled.flatMap { renderer.store.names(of: $0.plan, $0.record) }
        circumstances = PageState.circumstances(renderer, of: source.name)
        self.files = files.mapValues { SHA256Digest(of: $0).description }
        self.provenance = provenance
    }

    /// Stands for an outline.
    static func digest(of outline: [OutlineEntry]) -> String {
        SHA256Digest(of: outline.map(\.text).joined(separator: "\n").utf8).description
    }

    /// What the book says of itself as far as it matters: to a page, what stands on all pages.
    private static func aboutBook(_ renderer: BookRenderer, isOfPage: Bool) -> String {
        guard isOfPage, let frame = try? renderer.references.frame(), let said = try? StableJSON.encodeCompactly(frame)
        else {
            return renderer.references.digest(of: BookConfiguration.fileName) + (renderer.references.otherAddress ?? "")
        }
        let citations = (try? renderer.references.configuration())?.citations ?? .authorYear
        return String(decoding: said, as: UTF8.self) + citations.rawValue
    }

    /// - Parameter name: the notebook's; `nil` for what is about the whole book.
    static func circumstances(_ renderer: BookRenderer, of name: String? = nil) -> String {
        let settings = renderer.settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        return
            ([
                renderer.installation.toolDigest, renderer.installation.runtimeDigest,
                renderer.installation.compilerVersion, renderer.references.digest(of: Bibliography.fileName),
                renderer.references.digest(of: BookClaims.fileName), aboutBook(renderer, isOfPage: name != nil),
                renderer.edition, name.map { renderer.sandbox(of: $0).key } ?? "",
            ] + settings).joined(separator: "\n")
    }

    static func load(_ path: RootedPath) -> PageState? { SealedFile.read(PageState.self, from: path) }

    func save(_ path: RootedPath, by workshop: RootedPath) throws(EngineError) {
        try SealedFile.write(self, to: path, by: workshop)
    }
}
