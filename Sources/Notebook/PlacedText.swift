/// A text as it was written, and where it begins in the notebook.
public struct PlacedText: Sendable, Hashable {
    public let text: String
    public let position: SourcePosition

    public init(_ text: String, at position: SourcePosition = SourcePosition(line: 1)) {
        (self.text, self.position) = (text, position)
    }
}
