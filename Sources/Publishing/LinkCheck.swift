import CCMarkGFM
import Foundation
import Notebook

/// Finds the links and pictures in a notebook's prose that lead nowhere, or onto a network.
struct LinkCheck {
    private(set) var problems: [Diagnostic] = []

    init(_ manuscript: Manuscript, _ references: References, outline: [OutlineEntry], files: AttachedFiles) {
        let anchors = LinkCheck.anchors(manuscript, references)
        func visit(_ node: MarkdownNode) {
            let problem: String? =
                switch node.typeName {
                case "image": LinkCheck.problem(withPicture: node, files: files)
                case "link":
                    LinkCheck.problem(withLink: node.address, anchors: anchors, outline: outline)
                        ?? files.problem(with: node.address)
                case "html_inline", "html_block": LinkCheck.problem(withMarkup: node.literal)
                default: nil
                }
            if let problem {
                let position = SourcePosition(line: node.lines.lowerBound, column: node.column)
                problems.append(Diagnostic(.error, at: position, problem))
            }
            node.children.forEach(visit)
        }
        visit(manuscript.document.root)
        for picture in manuscript.pictures {
            guard let problem = picture.problem else { continue }
            problems.append(Diagnostic(.error, at: SourcePosition(line: picture.line, column: picture.column), problem))
        }
    }

    /// All that a link to a place on the own page can lead to.
    private static func anchors(_ manuscript: Manuscript, _ references: References) -> Set<String> {
        var prose = ProseWriter(
            references: references, insertions: manuscript.insertions, bibliography: Bibliography())
        for node in manuscript.document.root.children where node.typeName != "code_block" { _ = prose.block(node) }
        return Set(prose.headings.map(\.anchor) + references.own.map(\.name))
    }

    private static func problem(withPicture node: MarkdownNode, files: AttachedFiles) -> String? {
        let address = node.address
        if address.hasPrefix("data:image/") { return nil }
        guard Address.mayBeLoaded(address) else {
            return "pages load nothing from a network: `\(address)` can be linked to, not shown; "
                + "a copy in the book's folder can be shown"
        }
        return files.files[address] == nil ? files.problem(with: address) ?? "there is no picture `\(address)`" : nil
    }

    /// What markup of the author's shows or leads to is copied nowhere, so that a file beside the notebook is not beside the page.
    private static func problem(withMarkup markup: String) -> String? {
        let found = RawMarkup.address(in: markup) { address in
            !address.isEmpty && Address.isRelative(address) && !address.hasPrefix("#") && !address.hasPrefix("data:")
        }
        guard let (element, address) = found else { return nil }
        let form = element == "img" ? "![words](\(address))" : "[words](\(address))"
        return "`\(address)` in markup leads nowhere from the page: write `\(form)`, whose file is copied beside it"
    }

    private static func problem(
        withLink address: String, anchors: Set<String>, outline: [OutlineEntry]
    ) -> String? {
        if address.hasPrefix("#") {
            let name = address.dropFirst().removingPercentEncoding ?? ""
            guard !anchors.contains(name) else { return nil }
            return "no section of this page has the anchor `\(name)`"
                + (nearestName(to: name, in: anchors).map { "; did you mean `#\($0)`?" } ?? "")
        }
        guard let name = address.firstMatch(of: NotebookLink.pattern)?.1 else { return nil }
        let names = outline.map(\.name)
        guard !names.contains(String(name)) else { return nil }
        return "the book has no notebook `\(name)`"
            + (nearestName(to: String(name), in: names).map { "; did you mean `\($0).md`?" } ?? "")
    }
}
