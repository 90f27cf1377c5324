import CCMarkGFM

/// How deep prose may be nested, so that reading it ends and what walks over it has room.
///
/// Quotations and lists that begin on one line are counted before Markdown is read: each line below would be compared with
/// all of them. All else is counted in what was read.
enum MarkdownBounds {
    static let deepest = 100
    /// Each row of a table is filled up to its columns.
    private static let mostColumns = 200

    private static func failure(line: Int) -> Diagnostic {
        let message = "prose is nested more than \(deepest) deep: quotations, lists, emphasis; take some levels away"
        return Diagnostic(.error, at: SourcePosition(line: line), message)
    }

    /// What is wrong with a text before it is read.
    static func problem(in text: String) -> Diagnostic? {
        var text = text
        return text.withUTF8 { bytes in
            var (line, start) = (1, 0)
            while start < bytes.count {
                var index = start
                if opensTooMuch(bytes, &index) { return failure(line: line) }
                while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { index += 1 }
                if isRuleOfWideTable(bytes[start..<index]) {
                    return Diagnostic(
                        .error, at: SourcePosition(line: line),
                        "a table may have \(mostColumns) columns: show a wider one by a cell")
                }
                start = index + 1
                line += 1
            }
            return nil
        }
    }

    /// Whether the line at `index` opens too many quotations and lists, or stands too far in; goes on to what follows them.
    private static func opensTooMuch(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> Bool {
        var (opened, columns, kinds) = (0, 0, Set<UInt8>())
        while index < bytes.count {
            let byte = bytes[index]
            let next = index + 1 < bytes.count ? bytes[index + 1] : UInt8(ascii: "\n")
            switch byte {
            case UInt8(ascii: " "): columns += 1
            case UInt8(ascii: "\t"): columns += 4
            case UInt8(ascii: ">"): opened += 1
            case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "*"), UInt8(ascii: "."), UInt8(ascii: ")"):
                // The sign of a list has a space behind it.
                guard next <= UInt8(ascii: " ") else { return isTooMuch(opened, columns) }
                opened += 1
            case UInt8(ascii: "0")...UInt8(ascii: "9"): break
            case UInt8(ascii: "\n") where kinds.count == 1 && !kinds.contains(UInt8(ascii: ">")):
                // A line of one sign alone is a rule, not many lists.
                return false
            default: return isTooMuch(opened, columns)
            }
            if byte > UInt8(ascii: " ") { kinds.insert(byte) }
            index += 1
        }
        return isTooMuch(opened, columns)
    }

    /// Whether a line is the rule below a table's header, of too many columns.
    private static func isRuleOfWideTable(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        guard line.count > 2 * mostColumns, line.count(where: { $0 == UInt8(ascii: "|") }) > mostColumns else {
            return false
        }
        let signs = Set("|-: \t\r>".utf8)
        return line.allSatisfy(signs.contains)
    }

    /// Each level of a list is two columns further in.
    private static func isTooMuch(_ opened: Int, _ columns: Int) -> Bool {
        opened > 0 && opened + columns / 2 > 2 * deepest
    }

    /// What is wrong with a tree.
    static func problem(in root: OpaquePointer) -> Diagnostic? {
        guard let iterator = cmark_iter_new(root) else { return nil }
        defer { cmark_iter_free(iterator) }
        var (depth, line) = (0, 1)
        while true {
            switch cmark_iter_next(iterator) {
            case CMARK_EVENT_ENTER:
                let node = cmark_iter_get_node(iterator)
                line = max(line, Int(cmark_node_get_start_line(node)))
                // What holds nothing is entered and not left.
                if cmark_node_first_child(node) != nil { depth += 1 }
                if depth > deepest { return failure(line: line) }
            case CMARK_EVENT_EXIT:
                if cmark_node_first_child(cmark_iter_get_node(iterator)) != nil { depth -= 1 }
            default: return nil
            }
        }
    }
}
