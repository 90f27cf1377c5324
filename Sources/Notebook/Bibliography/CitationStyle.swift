/// How works are cited, and in which order they are listed.
public enum CitationStyle: String, Sendable, Hashable, CaseIterable {
    /// `Hinton et al. (2015)` and `(Hinton et al. 2015)`, listed by authors.
    case authorYear = "author-year"
    /// `Hinton et al. [1]` and `[1]`, numbered and listed as each page cites them.
    case numeric
}

extension YAMLValue {
    var citationStyle: CitationStyle {
        get throws(Mismatch) {
            guard let word = node.scalar?.string, let style = CitationStyle(rawValue: word) else {
                throw mismatch("author-year or numeric")
            }
            return style
        }
    }
}
