public import Notebook
import Wire

extension Record {
    /// The record as its notebook judges it: a cell whose output is not what its `expect` says has failed, and a diagnostic
    /// says in what.
    ///
    /// `expect` is not part of what a run depends on: to state what is expected runs nothing again.
    public func judged(by notebook: Notebook) -> Record {
        var record = self
        for (index, cell) in notebook.cells.enumerated() where index < cells.count {
            guard let expectation = cell.options.expect, cells[index].status == .asExpected, cell.options.eval else {
                continue
            }
            let problems = expectation.problems(of: cells[index].displays.map(shownText).joined())
            guard !problems.isEmpty else { continue }
            record.cells[index].status = .failed
            // The lines of a cell's diagnostics count from its code; the option stands above that.
            let position = SourcePosition(
                line: expectation.position.line - cell.codeLine + 1, column: expectation.position.column)
            record.cells[index].diagnostics += problems.map { Diagnostic(.error, at: position, $0) }
        }
        return record
    }
}

/// What a reader sees of it: what a progress bar comes to, and no colours.
private func shownText(_ display: Display) -> String { PrintedText(display.plainText).text }

extension ExpectedOutput {
    /// In what `output` is not as expected. Blanks at the ends of lines and of the whole do not count.
    fileprivate func problems(of output: String) -> [String] {
        let output = trimmed(output)
        var problems: [String] = []
        if let contains, !output.contains(trimmed(contains)) {
            problems.append("the output does not contain \(quoted(trimmed(contains))): it is \(quoted(output))")
        }
        if let text {
            problems += mismatches(between: trimmed(text), and: output, within: tolerance).map { mismatch in
                let place = mismatch.what.isEmpty ? "" : mismatch.what + ": "
                let distance = mismatch.distance.map { " (\($0))" } ?? ""
                return "the output is not as expected: \(place)expected \(mismatch.recorded), found \(mismatch.found)"
                    + distance
            }
        }
        return problems
    }
}

private func trimmed(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        String(line.reversed().drop(while: \.isWhitespace).reversed())
    }
    return String(lines.joined(separator: "\n").drop(while: \.isNewline).reversed().drop(while: \.isNewline).reversed())
}
