import Math
public import Notebook

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
