/// A text as it was written, and where it begins in the notebook.
public struct PlacedText: Sendable, Hashable {
    /// The text, as its author wrote it.
    public let text: String
    /// Its first character's place in the notebook.
    public let position: SourcePosition

    /// `text`, which stands at `position`.
    public init(_ text: String, at position: SourcePosition = SourcePosition(line: 1)) {
        (self.text, self.position) = (text, position)
    }
}
