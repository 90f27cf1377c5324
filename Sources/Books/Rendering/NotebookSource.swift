import Digest
import Engine
package import Notebook
package import Publishing
import Synchronization

/// A notebook's file, read but not yet understood: what has not changed need not be parsed.
package final class NotebookSource: Sendable {
    let path: String
    let name: String
    /// With what it includes.
    var text: String { whole.text }
    private let whole: NotebookText
    let digest: String
    let statePath: RootedPath
    private let known: Mutex<PageFindings?> = Mutex(nil)
    package let outline: OutlineEntry
    /// How the book has typed signs stand in its prose.
    let typography: Typography
    private let state: PageState?
    /// The notebook as it was read for the outline, where that was needed.
    private let reading: Mutex<(notebook: Notebook, diagnostics: [Diagnostic])?> = Mutex(nil)
    private let parsing: Mutex<(notebook: Notebook, diagnostics: [Diagnostic])?> = Mutex(nil)

    /// Why the file cannot be read.
    let failure: EngineError?

    package init(_ path: String, renderer: BookRenderer) {
        self.path = path
        name = Book.name(of: path)
        do {
            whole = try renderer.book.notebookText(path)
            failure = nil
        } catch {
            whole = NotebookText("")
            failure = error
        }
        typography = renderer.references.typography()
        digest = SHA256Digest(of: whole.text.utf8).description
        statePath = renderer.stateFolder / "\(name).json"
        state = PageState.load(statePath)
        if let state, state.source == digest, state.typography == typography {
            outline = state.entry
        } else {
            let parsed = NotebookSource.parsed(whole, name, path, typography)
            outline = OutlineEntry(parsed.notebook)
            reading.withLock { $0 = parsed }
        }
    }

    /// The files that make its text, from the book's folder.
    var paths: [String] { [path] + whole.includes.map { "\(Book.notebookFolder)/\($0)" } }

    /// Whether there is nothing in the file, as in the midst of a save. A watched notebook that stays so is one without cells
    /// when all has settled.
    var isBeingWritten: Bool { failure == nil && text.isEmpty }

    /// What the notebook gives to the front page, as far as is known; `nil` where no page of it is.
    var findings: PageFindings? {
        get {
            known.withLock { known in
                if known == nil, state != nil { known = PageFindings.load(besideState: statePath) }
                return known
            }
        }
        set { known.withLock { $0 = newValue } }
    }

    private static func parsed(
        _ text: NotebookText, _ name: String, _ path: String, _ typography: Typography
    ) -> (notebook: Notebook, diagnostics: [Diagnostic]) {
        let (notebook, diagnostics) = Notebook.parsed(text, name: name, path: path)
        return (notebook.showing(typography), diagnostics)
    }

    /// The notebook, and what is wrong with its text.
    package func parsed() -> (notebook: Notebook, diagnostics: [Diagnostic]) {
        parsing.withLock { parsing in
            if let parsing { return parsing }
            var parsed = reading.withLock { $0 } ?? NotebookSource.parsed(whole, name, path, typography)
            parsed.diagnostics += diagramProblems(in: parsed.notebook)
            parsed.diagnostics.sort { $0.position < $1.position }
            parsing = parsed
            return parsed
        }
    }

    /// The claims that the notebook decides: as rendered, else as they are on record.
    func decidedClaims(renderer: BookRenderer) -> [DecidedClaim] {
        if let findings { return findings.claims }
        return recordedClaims(in: renderer.folder)
    }

    /// The claims that the notebook decides by the record in an edition's folder.
    func recordedClaims(in folder: RootedPath) -> [DecidedClaim] {
        record(in: folder).map { DecidedClaim.all(in: $0, of: parsed().notebook) } ?? []
    }

    /// The notebook's record in an edition's folder; `nil` where there is none that can be read.
    func record(in folder: RootedPath) -> Record? {
        try? Record(contentsOf: folder / "\(name)/record.json")
    }

    /// What the notebook's page was made from, as long as the text is the same: it spares reading the text as Markdown.
    private var current: PageState? { state.flatMap { $0.source == digest ? $0 : nil } }

    /// The paths of the inputs that the notebook declares in the renderer's edition.
    func declaredInputs(in renderer: BookRenderer) -> [String] {
        current?.declared ?? parsed().notebook.declaredInputs(in: renderer.edition).map(\.path)
    }

    /// The paths of the records that its prose quotes.
    func quotedFiles(in renderer: BookRenderer) -> [String] {
        current?.quoted.map(\.path) ?? renderer.quotedFiles(of: parsed().notebook)
    }

    /// What is to be watched for its page besides its own file, from the book's folder.
    func watched(by renderer: BookRenderer) -> [String] {
        renderer.watched(state?.declared ?? []) + (state?.attached.map(\.path) ?? [])
            + (state?.quoted.map(\.path) ?? [])
            + (state?.shared == nil ? [] : SharedCode.watched(for: parsed().notebook, in: renderer.book))
    }

    /// Whether the page that stands in the output folder is what rendering would write there again.
    ///
    /// - Parameter outline: what stands for the book's outline.
    func isUpToDate(outline: String, renderer: BookRenderer) -> Bool {
        guard failure == nil, let state, state.source == digest, state.outline == outline,
            state.circumstances == PageState.circumstances(renderer, of: name)
        else { return false }
        let folder = renderer.folder / name
        guard Inputs(state.declared, in: renderer.book, renderer.outputs)?.files == state.inputs,
            Inputs(state.attached.map(\.path), in: renderer.book)?.files == state.attached,
            renderer.quotedInputs(state.quoted.map(\.path)) == state.quoted,
            state.shared == nil || state.shared == SharedCode.digest(of: renderer.book),
            folder.holds(state.files)
        else { return false }
        renderer.store.use(state.entries)
        return true
    }
}
