/// How alternative texts say what data are: in English, or in another language.
///
/// ```swift
/// let german = Phrasing { ["{1} stays at {2} over {3} {4} to {5}": "{1} bleibt bei {2} für {3} von {4} bis {5}"][$0] }
/// figure.alternativeText(in: german)
/// ```
public struct Phrasing: Sendable {
    private let translation: @Sendable (String) -> String?

    /// The phrases of a language.
    ///
    /// - Parameter translation: what stands for an English phrase; in both, `{1}`, `{2}` … are the things that it is about. `nil`
    ///   keeps the English.
    public init(_ translation: @escaping @Sendable (String) -> String?) { self.translation = translation }

    /// The phrases as they are written here.
    public static let english = Phrasing { _ in nil }

    /// That of the text that is being written. Each mark asks for its phrases.
    @TaskLocal static var current = Phrasing.english

    /// The phrase with its things in their places.
    func callAsFunction(_ english: String, _ things: [String]) -> String {
        let pieces = (translation(english) ?? english).split(separator: "{", omittingEmptySubsequences: false)
        var text = String(pieces[0])
        for piece in pieces.dropFirst() {
            guard let place = piece.first?.wholeNumberValue, piece.dropFirst().first == "}" else {
                text += "{" + piece
                continue
            }
            if things.indices.contains(place - 1) { text += things[place - 1] }
            text += piece.dropFirst(2)
        }
        return text
    }
}
