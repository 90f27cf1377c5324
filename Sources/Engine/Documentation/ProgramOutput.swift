/// What a fence's program printed, taken apart at its marks.
struct ProgramOutput {
    /// A value as the program described it.
    struct Value {
        let isOrdered: Bool
        /// As text, and as code would have it.
        let described: String
        let reflected: String
        /// Its elements, where it is a collection.
        let elements: String
    }

    /// What the last fence printed, marks apart.
    private(set) var own = ""
    /// What statements printed that claims belong to, by their numbers.
    private(set) var printed: [Int: String] = [:]
    /// The values that claims are about, by the claims' numbers.
    private(set) var values: [Int: Value] = [:]

    /// - Parameter output: with `\u{1}` and a line of words for each mark.
    init(_ output: String) {
        let pieces = output.split(separator: "\u{1}", omittingEmptySubsequences: false)
        own = String(pieces.first ?? "")
        var statement: Int?
        for piece in pieces.dropFirst() {
            let end = piece.firstIndex(of: "\n") ?? piece.endIndex
            let words = piece[..<end].split(separator: " ", maxSplits: 1)
            let text = end < piece.endIndex ? piece[piece.index(after: end)...] : ""
            switch (words.first, words.count > 1 ? words[1] : "") {
            case ("begin", ""): (own, printed, values) = ("", [:], [:])
            case ("begin", let number):
                statement = Int(number)
                if let statement { printed[statement] = "" }
            case ("end", _): statement = nil
            case (_, let rest): add(rest)
            }
            own += text
            if let statement { printed[statement, default: ""] += text }
        }
    }

    private mutating func add(_ words: Substring) {
        let parts = words.split(separator: "\u{2}", omittingEmptySubsequences: false)
        let head = parts[0].split(separator: " ")
        guard parts.count == 4, head.count == 2, let number = Int(head[0]) else { return }
        let texts = parts.dropFirst().map { String($0.replacing("\u{3}", with: "\n")) }
        values[number] = Value(
            isOrdered: head[1] == "own", described: texts[0], reflected: texts[1], elements: texts[2])
    }
}
