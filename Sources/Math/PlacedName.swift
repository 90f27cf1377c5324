/// A name that the author gave a formula.
public struct PlacedName: Hashable, Sendable {
    /// The name, without the command that gave it.
    public let name: String
    /// Where in the TeX source, in UTF-8 bytes from its start.
    public let offset: Int
}
