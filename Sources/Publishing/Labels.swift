import Notebook

/// What can be referred to on a notebook's page, and what is wrong with the labels in its prose.
struct Labels {
    private(set) var all: [Label] = []
    private(set) var problems: [Diagnostic] = []
    private var places: [String: Int] = [:]
    /// The headings of the sections that have a label.
    private(set) var headings: [String: MarkdownNode] = [:]

    init(
        _ notebook: Notebook, _ insertions: Insertions, _ document: MarkdownDocument, _ pictures: [ProsePicture]
    ) {
        let numbers = CaptionNumbers(notebook, pictures)
        for cell in notebook.cells {
            guard let name = cell.options.label else { continue }
            // Two cells with one label are told of by the parser.
            places[name] = cell.lines.lowerBound
            if let number = numbers.figure(cell) { all.append(Label(name: name, kind: .figure, number: number)) }
            if let number = numbers.table(cell) { all.append(Label(name: name, kind: .table, number: number)) }
        }
        for picture in pictures {
            guard let name = picture.label else { continue }
            let label = PlacedLabel(name: name, position: SourcePosition(line: picture.line, column: picture.column))
            guard take(label, as: .figure) else { continue }
            all.append(Label(name: name, kind: .figure, number: numbers.picture(picture)))
        }
        var equations = 0
        for formula in insertions.formulas {
            for label in formula.furtherLabels {
                report(
                    label,
                    "a second \\label in a formula, which has one number: give each equation a formula of its own")
            }
            guard let label = formula.label, take(label, as: .equation) else { continue }
            if formula.tag == nil { equations += 1 }
            var equation = Label(name: label.name, kind: .equation, number: formula.tag == nil ? equations : nil)
            equation.tag = formula.tag
            all.append(equation)
        }
        readHeadings(document.root, SourceLines(notebook.text), insertions)
    }

    private mutating func readHeadings(_ node: MarkdownNode, _ source: SourceLines, _ insertions: Insertions) {
        if node.typeName == "heading" {
            let heading = HeadingText(insertions.plainText(node.plainText))
            guard let name = heading.label else { return }
            let line = node.lines.lowerBound
            let content = source.content(line)
            let column = content.firstRange(of: "{#").map { content[..<$0.upperBound].utf8.count + 1 } ?? 1
            let label = PlacedLabel(name: name, position: SourcePosition(line: line, column: column))
            if take(label, as: .section) {
                all.append(Label(name: name, kind: .section, title: heading.title))
                headings[name] = node
            }
        }
        for child in node.children { readHeadings(child, source, insertions) }
    }

    /// Whether a label is in order and its name is free.
    private mutating func take(_ label: PlacedLabel, as kind: CrossReference.Kind) -> Bool {
        let start = kind.rawValue + "-"
        let rest = label.name.hasPrefix(start) ? label.name.dropFirst(start.count) : ""
        let allowed = rest.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
        let endsWell = rest.last.map { $0.isLetter || $0.isNumber } ?? false
        if !allowed || !endsWell {
            let form = "`\(start)` and then letters, digits, - and _, such as `{#\(start)name}`"
            report(label, "the label of this \(kind) must be \(form), not `\(label.name)`")
            return false
        }
        if let earlier = places[label.name] {
            report(label, "the label `\(label.name)` is taken on line \(earlier)")
            return false
        }
        places[label.name] = label.position.line
        return true
    }

    private mutating func report(_ label: PlacedLabel, _ message: String) {
        problems.append(Diagnostic(.error, at: label.position, message))
    }
}
