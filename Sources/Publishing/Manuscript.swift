import Notebook
import Synchronization

/// A notebook read for its page: what it says besides its cells.
struct Manuscript: Sendable {
    let notebook: Notebook
    let insertions: Insertions
    let document: MarkdownDocument
    let pictures: [ProsePicture]
    let labels: Labels
    /// The front matter's title, and its abstract.
    let title, abstract: Snippet?
    /// The captions of cells, by the cells' numbers.
    let figureCaptions, tableCaptions: [Int: [Snippet]]

    /// What was read last of each notebook, by its path: outline, problems and page are made from the same.
    private static let known = Mutex<[String: Manuscript]>([:])

    init(_ notebook: Notebook) {
        if let known = Manuscript.known.withLock({ $0[notebook.path] }), known.notebook.text == notebook.text,
            known.notebook.name == notebook.name, known.notebook.typography == notebook.typography
        {
            self = known
            return
        }
        self.init(reading: notebook)
        Manuscript.known.withLock { $0[notebook.path] = self }
    }

    private init(reading notebook: Notebook) {
        self.notebook = notebook
        let insertions = Insertions(of: notebook)
        let macros = insertions.macros
        let typography = notebook.typography
        func captions(_ texts: (CellOptions) -> [ShortText]) -> [Int: [Snippet]] {
            notebook.cells.reduce(into: [:]) { captions, cell in
                captions[cell.number] = texts(cell.options).map {
                    Snippet($0, typography, macros: macros, values: notebook.inlineValues)
                }
            }
        }
        self.insertions = insertions
        title = notebook.frontMatter.titleText.map { Snippet($0, typography, macros: macros, isTitle: true) }
        abstract = notebook.frontMatter.abstractText.map { Snippet($0, typography, macros: macros) }
        figureCaptions = captions(\.figureCaptionTexts)
        tableCaptions = captions { $0.tableCaptionText.map { [$0] } ?? [] }
        document = MarkdownDocument(insertions.text, typography)
        pictures = ProsePicture.all(in: document, insertions)
        labels = Labels(notebook, insertions, document, pictures)
    }
}

extension Manuscript {
    /// All that is Markdown beside the prose.
    var snippets: [Snippet] {
        let captions = [figureCaptions, tableCaptions].flatMap { $0.sorted { $0.key < $1.key }.flatMap(\.value) }
        let beside = insertions.all.flatMap { insertion -> [Citation.Words] in
            guard case .citation(let works, _) = insertion.content else { return [] }
            return works.flatMap { [$0.prefix, $0.suffix].compactMap(\.self) }
        }
        return [title, abstract].compactMap(\.self) + captions + beside.map { $0.snippet(in: insertions) }
    }
}
