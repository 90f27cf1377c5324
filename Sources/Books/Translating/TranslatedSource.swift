import Console
import Digest
import Engine
import Notebook
import Publishing

/// A notebook with its translation, where it has one; what has not changed is not parsed.
final class TranslatedSource {
    let original: NotebookSource
    /// The translation's file as messages name it.
    let path: String
    let statePath: RootedPath
    /// The digest of the translation's text; empty where there is none.
    let digest: String
    let state: TranslatedState?
    let outline: OutlineEntry
    private let text: String?
    private let typography: Typography
    private var parsed: Translation?

    var name: String { original.name }

    init(_ original: NotebookSource, text: String?, path: String, statePath: RootedPath, _ typography: Typography) {
        self.original = original
        self.text = text
        self.typography = typography
        self.path = path
        self.statePath = statePath
        digest = text.map { SHA256Digest(of: $0.utf8).description } ?? ""
        state = TranslatedState.load(statePath)
        if let state, state.source == digest, state.original == original.digest,
            state.typography == [typography, original.typography]
        {
            outline = state.outline
        } else {
            parsed = text.map {
                Translation(of: original.parsed().notebook, text: $0, path: path, typography: typography)
            }
            outline = parsed.map { OutlineEntry($0.notebook) } ?? original.outline
        }
    }

    /// How typed signs stand in the translation's prose, and in the original's.
    var typographies: [Typography] { [typography, original.typography] }

    /// `nil` where the notebook is not translated.
    var translation: Translation? {
        if parsed == nil, let text {
            parsed = Translation(of: original.parsed().notebook, text: text, path: path, typography: typography)
        }
        return parsed
    }
}

/// What a translated page was made from, and what was written.
struct TranslatedState: Codable {
    /// The digests of the translation and of the original.
    let source, original: String
    let outline: OutlineEntry
    /// How typed signs stand in its prose, and in the original's.
    let typography: [Typography]
    /// Stands for all that the page was made from.
    let key: String
    /// Each file's digest, by its path from the page's folder.
    let files: [String: String]

    /// Whether what was written stands in the folder of the language's pages.
    func isWritten(in folder: RootedPath) -> Bool { (folder / outline.name).holds(files) }

    static func load(_ path: RootedPath) -> TranslatedState? { SealedFile.read(TranslatedState.self, from: path) }

    func save(to path: RootedPath, by workshop: RootedPath) throws(EngineError) {
        try SealedFile.write(self, to: path, by: workshop)
    }
}

/// The figures of a translated page, as a front page shows them. They are kept beside the page's state, which is read at each start.
struct TranslatedFindings: FindingsBesideState {
    /// The one that stands for the notebook.
    let figure: FrontFigure?
    /// Those that have labels.
    let figures: [String: FrontFigure]
}
