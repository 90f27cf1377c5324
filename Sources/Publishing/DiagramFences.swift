import Diagrams
import Math
public import Notebook

/// A fence of Mermaid's notation in a notebook's prose.
enum DiagramFence {
    static let word = "mermaid"

    /// The diagram as a figure; its source where it cannot be read, which ``diagramProblems(in:)`` tells.
    static func html(_ source: String) -> String {
        guard let drawing = try? flowchartSVG(mermaid: source, formula: { try? mathML($0, display: false) }) else {
            return element("pre", element("code", escaped(source))) + "\n"
        }
        return element("figure", ["class": "diagram"], drawing) + "\n"
    }
}

/// What is wrong with the diagrams in `notebook`'s prose.
public func diagramProblems(in notebook: Notebook) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    func visit(_ node: MarkdownNode) {
        if node.typeName == "code_block", node.fenceWord == DiagramFence.word {
            do throws(DiagramError) {
                _ = try flowchartSVG(mermaid: node.literal)
            } catch {
                let position = SourcePosition(
                    line: notebook.lines(of: node).lowerBound + error.line, column: node.column - 1 + error.column)
                problems.append(Diagnostic(.error, at: position, "in this diagram: \(error)"))
            }
        }
        node.children.forEach(visit)
    }
    visit(notebook.markdown.root)
    return problems
}
