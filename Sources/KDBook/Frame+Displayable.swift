import Digest
public import Frames
import Wire

extension Frame: Displayable {
    /// A table; the record keeps the columns' kinds and exact values.
    public var display: Displayed { .frame(self) }
}

extension Frame: CustomStringConvertible {
    /// The table as lines of text, as a page shows it.
    public var description: String {
        let table = content.shown
        return table.plainText + (table.caption.map { "\n\($0)" } ?? "")
    }
}

extension Frame {
    var content: FrameContent {
        FrameContent(columns: names.map { self[$0].content(named: $0) }, rowCount: rowCount)
    }
}

extension Column {
    fileprivate func content(named name: String) -> FrameContent.Column {
        let texts = (0..<min(count, FrameContent.recordedRows)).map { text(at: $0) }
        return FrameContent.Column(
            name: name, kind: contentKind, values: texts, rest: count > texts.count ? rest : nil)
    }

    private func text(at row: Int) -> String? {
        let value = self[row]
        return value.isMissing ? nil : value.description
    }

    private var rest: FrameContent.Rest {
        var hasher = SHA256Hasher()
        // A length before each value keeps one apart from the next.
        for row in 0..<count { hasher.update(Array((text(at: row).map { "\($0.utf8.count):\($0)" } ?? "-").utf8)) }
        return FrameContent.Rest(
            sha256: hasher.finalize().description, missing: missingCount, numbers: kind.isNumeric ? sums : [])
    }

    private var sums: [String] {
        let frame = Frame([("x", self)])
        let sums = frame.summarise(["mean": .mean("x"), "least": .least("x"), "greatest": .greatest("x")])
        return sums.names.map { sums[$0][0].description }
    }

    private var contentKind: FrameContent.Kind {
        switch kind {
        case .number: .number
        case .integer: .integer
        case .text: .text
        case .truth: .truth
        case .date: .date
        case .time: .time
        }
    }
}

extension Column.Kind {
    fileprivate var isNumeric: Bool { self == .number || self == .integer }
}
