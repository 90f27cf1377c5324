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
        insertions = Insertions(of: notebook)
        document = MarkdownDocument(insertions.text)
        pictures = ProsePicture.all(in: document, insertions)
        labels = Labels(notebook, insertions, document, pictures)
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
    var problems = manuscript.labels.problems
    func report(_ message: String?, at position: SourcePosition) {
        if let message { problems.append(Diagnostic(.error, at: position, message)) }
    }
    report(problemWithMacros(of: notebook), at: notebook.frontMatter.macrosPosition)
    for insertion in manuscript.insertions.all {
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
