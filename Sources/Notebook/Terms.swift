/// Words that cells show, in another language: the file `terms.zh.yml` of a book.
///
/// A term stands for a whole text, else for a part of it between commas. `#` in it stands for any number; the numbers come back where the translation has `#`, in their
/// order, or `{1}`, `{2}` ….
public struct Terms: Sendable, Hashable {
    private var words: [String: String] = [:]

    private enum Name: String, EntryName { case terms }

    /// No terms: every word stays as cells gave it.
    public init() {}

    /// Terms that replace each key by its value.
    public init(_ words: [String: String]) { self.words = words }

    /// The file's name before its language.
    public static let fileName = "terms.yml"

    /// Reads the file's content.
    ///
    /// - Throws: everything that is wrong, in one error.
    public init(parsing text: String, path: String) throws(NotebookError) {
        var words: [String: String] = [:]
        var problems: [Diagnostic] = []
        problems += YAMLValue.readMapping(text, firstLine: 1, column: 1, what: "entry") {
            (_: Name, value) throws(YAMLValue.Mismatch) in
            for (term, value) in try value.members {
                let translation = try value.string
                words[term] = translation
                if let message = Terms.problem(with: term, translation) {
                    problems.append(Diagnostic(.error, at: value.position, message))
                }
            }
        }
        guard problems.isEmpty else {
            throw NotebookError(path: path, diagnostics: problems.sorted { $0.position < $1.position })
        }
        self.words = words
    }

    /// `text` in the other language; `nil` where no term stands for it or a part of it.
    public func translation(of text: String) -> String? {
        if let known = whole(text) { return known }
        let parts = text.split(separator: Terms.comma, omittingEmptySubsequences: false).map(String.init)
        let known = parts.map(whole)
        guard parts.count > 1, known.contains(where: { $0 != nil }) else { return nil }
        return zip(parts, known).map { $1 ?? $0 }.joined(separator: words[Terms.comma] ?? Terms.comma)
    }

    /// What stands for a phrase that has `{1}`, `{2}` … in it; `nil` where no term does.
    public func phrase(_ text: String) -> String? { words[text] }

    private static let comma = ", "

    private func whole(_ text: String) -> String? {
        if let known = words[text] { return known }
        let numbers = text.matches(of: Terms.number).map { String($0.output) }
        guard !numbers.isEmpty, let pattern = words[text.replacing(Terms.number, with: "#")] else { return nil }
        let pieces = pattern.split(separator: "#", omittingEmptySubsequences: false)
        let filled = zip(pieces, numbers + Array(repeating: "", count: pieces.count)).enumerated().map { index, part in
            part.0 + (index < pieces.count - 1 ? part.1 : "")
        }.joined()
        return numbers.enumerated().reduce(filled) { $0.replacing("{\($1.offset + 1)}", with: $1.element) }
    }

    private static var number: Regex<Substring> { /\d+(?:[.,]\d+)*(?:e[-−+]?\d+)?/ }

    /// A translation that asks for numbers which its term has not.
    private static func problem(with term: String, _ translation: String) -> String? {
        let (known, asked) = (term.count { $0 == "#" }, translation.count { $0 == "#" })
        let (own, places) = (holes(in: term), holes(in: translation))
        guard asked > known || places.contains(where: { $0 < 1 || $0 > known && !own.contains($0) }) else { return nil }
        return "the term `\(term)` has \(known) numbers, and its translation asks for others"
    }

    /// The numbers of the places `{1}`, `{2}` … in a text.
    private static func holes(in text: String) -> [Int] { text.matches(of: /\{(\d+)\}/).compactMap { Int($0.1) } }
}
