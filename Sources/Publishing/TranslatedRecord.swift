public import Notebook
import Wire

extension Record {
    /// The same with the words that cells show in another language, as far as there are terms for them. Numbers stay.
    public func translated(by terms: Terms) -> Record {
        var record = self
        for cell in cells.indices {
            record.cells[cell].displays = cells[cell].displays.map { $0.translated(by: terms) }
        }
        return record
    }
}

extension DecidedClaim {
    /// The same with the words of the cell that decided it in another language.
    public func translated(by terms: Terms) -> DecidedClaim {
        var decided = self
        decided.claim = claim.translated(by: terms)
        return decided
    }
}

extension Display {
    fileprivate func translated(by terms: Terms) -> Display {
        func words(_ text: String) -> String { terms.translation(of: text) ?? text }
        func lines(_ text: String) -> String {
            text.split(separator: "\n", omittingEmptySubsequences: false).map { words(String($0)) }
                .joined(separator: "\n")
        }
        switch self {
        case .text(let text): return .text(lines(text))
        case .value(let text): return .value(lines(text))
        case .table(let table):
            return .table(
                TableContent(
                    caption: table.caption.map(words), columns: table.columns.map(words), alignments: table.alignments,
                    rows: table.rows.map { $0.map(words) }))
        case .frame(var frame):
            for index in frame.columns.indices { frame.columns[index].name = words(frame.columns[index].name) }
            return .frame(frame)
        case .claim(let claim): return .claim(claim.translated(by: terms))
        case .figure, .html: return self
        }
    }
}

extension Claim {
    fileprivate func translated(by terms: Terms) -> Claim {
        var claim = self
        claim.measured = terms.translation(of: measured) ?? measured
        for index in findings.indices {
            let setting = findings[index].setting
            claim.findings[index].setting = terms.translation(of: setting) ?? setting
        }
        return claim
    }
}
