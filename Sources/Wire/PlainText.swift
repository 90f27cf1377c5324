extension Display {
    /// What an ordinary program prints for it, which has no page to put it on.
    public var plainText: String {
        switch self {
        case .text(let text): text
        case .value(let text), .html(let text): text + "\n"
        case .table(let content): content.plainText + "\n"
        case .frame(let content): content.shown.plainText + "\n"
        case .figure(let content): "[figure: \(content.alternativeText)]\n"
        case .claim(let claim): claim.plainText + "\n"
        }
    }
}

extension Claim {
    /// The verdict and what was measured, on one line.
    public var plainText: String { "[claim \(id): \(verdict.rawValue)] \(measured)" }
}

extension TableContent {
    /// The table as lines of text, columns aligned.
    public var plainText: String {
        let lines = [columns] + rows
        let widths = columns.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
        return lines.map { line in
            zip(line.indices, line).map { column, entry in
                let padding = String(repeating: " ", count: widths[column] - entry.count)
                return alignments[column] == .trailing ? padding + entry : entry + padding
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }
}
