/// Where each `<` of some markup ends a tag if it begins one: behind the first `>` that stands in no quotation marks.
///
/// Found in one pass from the end, because markup in which no tag is ever closed would be searched to its end from each `<`.
struct TagEnds {
    /// The ends of all `<`, the last one first; `nil` where there is none.
    private var ends: [String.Index?] = []

    init(of markup: String) {
        let bytes = markup.utf8
        // Where a tag ends that goes on from here: outside of quotation marks, within `"`, within `'`.
        var (outside, double, single): (String.Index?, String.Index?, String.Index?)
        var next = bytes.endIndex
        while next > bytes.startIndex {
            let index = bytes.index(before: next)
            switch bytes[index] {
            case UInt8(ascii: ">"): outside = next
            case UInt8(ascii: "\""): (outside, double) = (double, outside)
            case UInt8(ascii: "'"): (outside, single) = (single, outside)
            case UInt8(ascii: "<"): ends.append(outside)
            default: break
            }
            next = index
        }
    }

    /// The end of the next `<`.
    mutating func next() -> String.Index? { ends.popLast() ?? nil }

    /// Leaves out the `<` of a tag or comment but the first, which was asked for.
    mutating func skip(in tag: Substring) {
        ends.removeLast(min(ends.count, tag.utf8.dropFirst().count { $0 == UInt8(ascii: "<") }))
    }
}
