public import Notebook
import Math
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
    let figureCaptions, tableCaptions: [Int: Snippet]

    /// What was read last of each notebook, by its path: outline, problems and page are made from the same.
    private static let known = Mutex<[String: Manuscript]>([:])

    init(_ notebook: Notebook) {
        if let known = Manuscript.known.withLock({ $0[notebook.path] }), known.notebook.text == notebook.text,
            known.notebook.name == notebook.name
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
        func captions(_ text: (CellOptions) -> ShortText?) -> [Int: Snippet] {
            var captions: [Int: Snippet] = [:]
            for cell in notebook.cells {
                captions[cell.number] = text(cell.options).map {
                    Snippet($0, macros: macros, values: notebook.inlineValues)
                }
            }
            return captions
        }
        self.insertions = insertions
        title = notebook.frontMatter.titleText.map { Snippet($0, macros: macros, isTitle: true) }
        abstract = notebook.frontMatter.abstractText.map { Snippet($0, macros: macros) }
        figureCaptions = captions(\.figureCaptionText)
        tableCaptions = captions(\.tableCaptionText)
        document = MarkdownDocument(insertions.text)
        pictures = ProsePicture.all(in: document, insertions)
        labels = Labels(notebook, insertions, document, pictures)
    }
}

extension Manuscript {
    /// What the notebook is called, without links: its front matter's title, else the heading that it begins with, else
    /// its name.
    func titleMarkup(_ writer: inout ProseWriter) -> String {
        if let title { return writer.snippet(title, isLinked: false) }
        let first = document.root.children.first { $0.typeName != "footnote_definition" }
        guard let first, first.isTitle else { return escaped(notebook.name) }
        return writer.repeated(first)
    }

    /// All that is Markdown beside the prose.
    var snippets: [Snippet] {
        let captions = [figureCaptions, tableCaptions].flatMap { $0.sorted { $0.key < $1.key }.map(\.value) }
        return [title, abstract].compactMap(\.self) + captions
    }
}

/// What is wrong with `notebook`'s prose: formulas that cannot be read, labels that are taken, references that lead
/// nowhere, works that the bibliography does not have, files that are not there, images that lie on a network.
///
/// - Parameters:
///   - outline: all notebooks of the book, with what can be referred to.
///   - claims: the claims that the book is about.
///   - files: the book's files that the prose shows or leads to.
public func proseProblems(
    in notebook: Notebook, outline: [OutlineEntry], bibliography: Bibliography, claims: BookClaims? = nil,
    files: AttachedFiles = AttachedFiles()
) -> [Diagnostic] {
    let manuscript = Manuscript(notebook)
    let references = References(own: manuscript.labels.all, page: notebook.name, outline: outline, claims: claims)
    let citations = Citations(bibliography)
    var problems = manuscript.labels.problems + manuscript.insertions.problems
    problems += alertProblems(in: manuscript.document.root)
    func report(_ message: String?, at position: SourcePosition) {
        if let message { problems.append(Diagnostic(.error, at: position, message)) }
    }
    report(problemWithMacros(of: notebook), at: notebook.frontMatter.macrosPosition)
    problems += manuscript.snippets.flatMap(\.problems)
    for insertion in manuscript.insertions.all + manuscript.snippets.flatMap(\.checked) {
        switch insertion.content {
        case .formula(let formula):
            if let problem = formula.problem { problems.append(problem) }
        case .reference(let label): report(references.problem(with: label), at: insertion.position)
        case .citation(let works, _):
            for work in works {
                report(
                    work.isReference ? references.problem(with: work.key) : citations.problem(with: work.key),
                    at: work.position)
            }
        case .value: break
        }
    }
    problems += LinkCheck(manuscript, references, outline: outline, files: files).problems
    return problems.sorted { $0.position < $1.position }
}

/// What is wrong with the quotations that begin as GitHub's alerts do.
private func alertProblems(in node: MarkdownNode) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    if let alert = node.alert, case .failure(let error) = alert.kind {
        let known = Callout.allCases.map { "`[!\($0.rawValue.uppercased())]`" }.joined(separator: ", ")
        let message = "an alert `[!\(error.name)]` is not known: there are \(known)"
        problems.append(Diagnostic(.error, at: SourcePosition(line: node.lines.lowerBound), message))
    }
    return problems + node.children.flatMap(alertProblems)
}

/// Why the commands of a notebook's front matter cannot be read.
private func problemWithMacros(of notebook: Notebook) -> String? {
    guard let definitions = notebook.frontMatter.macros else { return nil }
    do throws(MathError) {
        _ = try MathMacros(definitions: definitions)
        return nil
    } catch {
        return
            "in `macros`, at `\(definitions.utf8.dropFirst(error.offset).prefix(20).split(separator: 0x0A).first.map { String(decoding: $0, as: UTF8.self) } ?? "")`: \(error)"
    }
}

extension Formula {
    /// Why the formula cannot be read, placed in the notebook.
    fileprivate var problem: Diagnostic? {
        do throws(MathError) {
            _ = try mathML(tex(with: []), display: isDisplayed, macros: macros)
            return nil
        } catch {
            return Diagnostic(.error, at: position(atByte: error.offset), "in this formula: \(error)")
        }
    }
}
