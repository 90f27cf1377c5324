import Notebook

/// A work as prose cites it: `see @hinton2015, section 2`.
struct Citation: Hashable {
    let key: String
    let position: SourcePosition
    /// What stands before it and behind it in the brackets.
    var prefix: Words?
    var suffix: Words?
    /// Whether the author is named in the sentence already: `-@hinton2015`.
    var yearOnly = false
    /// Whether it is a figure, section or the like, which may stand in the same brackets.
    var isReference: Bool { CrossReference.isLabel(key) }

    /// Markdown beside a work, and what sets it apart from the work.
    struct Words: Hashable {
        let text: ShortText
        let separator: String

        init(_ text: String, at position: SourcePosition, separator: String) {
            var words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            // A range of pages has a dash, as in the list of works.
            if words.prefixMatch(of: /(?:(?:pp?\.|pages?)\s*)?\d+-\d/) != nil {
                words.replace(/(\d)-(\d)/) { "\($0.1)–\($0.2)" }
            }
            self.text = ShortText(words, at: position)
            self.separator = separator
        }
    }
}
