extension Display {
    /// How many bytes of text it puts on the page; a figure and a claim count as none.
    public var textSize: Int {
        switch self {
        case .text(let text), .value(let text), .html(let text): text.utf8.count
        case .table(let table): table.rows.reduce(size(table.columns)) { $0 + size($1) }
        case .frame(let frame): frame.columns.reduce(0) { $0 + size([$1.name]) + size($1.values.map { $0 ?? "" }) }
        case .figure, .claim: 0
        }
    }

    /// Its beginning with at most `limit` bytes of text: whole rows of a table; nothing of markup, which cannot be cut.
    public func bounded(to limit: Int) -> Display {
        guard textSize > limit else { return self }
        switch self {
        case .text(let text): return .text(text.prefix(bytes: limit))
        case .value(let text): return .value(text.prefix(bytes: limit))
        case .html: return .html("")
        case .table(var table):
            var left = limit - size(table.columns)
            table.rows = Array(
                table.rows.prefix {
                    left -= size($0)
                    return left >= 0
                })
            return .table(table)
        case .frame(let frame): return .table(frame.shown)
        case .figure, .claim: return self
        }
    }
}

/// Cells without text count, too: a table of millions of them is no small one.
private func size(_ texts: [String]) -> Int { texts.reduce(0) { $0 + max(1, $1.utf8.count) } }

extension String {
    /// The longest beginning that has at most `bytes` bytes of UTF-8 and cuts no character's encoding apart.
    package func prefix(bytes: Int) -> String {
        var end = utf8.index(utf8.startIndex, offsetBy: max(0, bytes), limitedBy: utf8.endIndex) ?? utf8.endIndex
        while end < utf8.endIndex, end > utf8.startIndex, utf8[end] & 0xC0 == 0x80 { end = utf8.index(before: end) }
        return String(decoding: utf8[..<end], as: UTF8.self)
    }
}
