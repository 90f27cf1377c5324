import CellSyntax
import Notebook
import Wire

extension ModuleWriter {
    static func module(ofValuesBehind cells: Int) -> String { "Values\(cells)" }

    /// The source of a module that shows the inline values of the prose between two cells, what the compiler is told for it
    /// alone, and what is wrong with them.
    ///
    /// It is the same wherever the prose stands: lines count the values, columns the bytes of an expression.
    func add(_ values: [InlineValue], file: String) -> (source: String, flags: [String], problems: [Diagnostic]) {
        let expressions = values.map { CellSource($0.expression) }
        let problems = zip(expressions, 1...).compactMap { expression, line in
            expression.isOneExpression
                ? nil : Diagnostic(.error, at: SourcePosition(line: line), "an inline value is one Swift expression")
        }
        // What is no expression is not compiled: what the compiler would say of the call around it misleads.
        let calls = zip(values, expressions).enumerated().compactMap { index, item -> String? in
            guard item.1.isOneExpression else { return nil }
            let location = "#sourceLocation(file: \"\(file)\", line: \(CellSource.firstLine + index - 1))"
            return "\(location)\n\(CellSupport.showInline)(\n\(item.0.expression)\n)"
        }
        let end = expressions.contains(where: \.awaits) ? [CellSupport.awaitEnd] : []
        let source = ([prelude(for: CellSource(""))] + calls + end).joined(separator: "\n") + "\n"
        return (source, flags(for: CellSource(source)), problems)
    }
}

extension CompilationUnit {
    /// What stopped the inline value behind those that `displays` hold, placed at it.
    func placed(_ diagnostics: [Diagnostic], behind displays: [Display]) -> [Diagnostic] {
        let line = displays.count(where: \.isValue) + 1
        return diagnostics.map { diagnostic in
            guard !values.isEmpty, diagnostic.cell == nil else { return diagnostic }
            let column = diagnostic.position.line == line ? diagnostic.position.column : 1
            return Diagnostic(diagnostic.severity, at: SourcePosition(line: line, column: column), diagnostic.message)
        }
    }

    /// What the unit's inline values gave, by their numbers.
    ///
    /// - Parameter diagnostics: their lines count the unit's values.
    func records(displays: [Display], diagnostics: [Diagnostic]) -> [Int: ValueRecord] {
        var records = values.map { ValueRecord(expression: $0.expression) }
        var index = 0
        for display in displays {
            guard index < records.count else { break }
            if case .value(let text) = display {
                records[index].text = text
                index += 1
            } else {
                let message = "an inline value shows its value alone, not what it prints or shows besides"
                records[index].diagnostics.append(Diagnostic(.warning, at: SourcePosition(line: 1), message))
            }
        }
        index = 0
        for var diagnostic in diagnostics {
            if diagnostic.cell == nil {
                index = min(max(0, diagnostic.position.line - 1), records.count - 1)
                diagnostic.position.line = 1
            }
            records[index].diagnostics.append(diagnostic)
        }
        return Dictionary(zip(values.map(\.number), records), uniquingKeysWith: { first, _ in first })
    }
}

extension Display {
    fileprivate var isValue: Bool { if case .value = self { true } else { false } }
}
