/// What YAML may be, so that reading it ends.
enum YAMLBounds {
    private static let longest = 1_000_000
    private static let deepest = 64

    /// What of `yaml` is out of bounds: its size, how deep lists and mappings in brackets stand in each other, and names for
    /// values (`&name`), a few of which can stand for more than there is memory for. Places count from the YAML's own first line.
    static func problem(in yaml: String) -> (place: SourcePosition, message: String)? {
        let bytes = Array(yaml.utf8)
        var (line, start, depth) = (1, 0, 0)
        func problem(_ index: Int, _ message: String) -> (SourcePosition, String) {
            (SourcePosition(line: line, column: index - start + 1), message)
        }
        guard bytes.count <= longest else {
            return problem(0, "this YAML has \(bytes.count.asBytes), it may have 1 MB")
        }
        // Whether a value may begin here.
        var mayBegin = true
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "\n"):
                (line, start, mayBegin) = (line + 1, index + 1, true)
            case UInt8(ascii: " "): continue
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                if mayBegin { depth += 1 }
                if depth > deepest { return problem(index, "lists stand more than \(deepest) deep in each other") }
                mayBegin = true
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                (depth, mayBegin) = (max(0, depth - 1), false)
            case UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "-"), UInt8(ascii: "?"): mayBegin = true
            case UInt8(ascii: "&") where mayBegin && index + 1 < bytes.count && CodeBounds.isOfWord(bytes[index + 1]):
                return problem(index, "a value has no name here (`&`): write it where it is needed, or quote the text")
            default: mayBegin = false
            }
        }
        return nil
    }
}
