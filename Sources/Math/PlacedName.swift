/// A name that the author gave a formula.
public struct PlacedName: Hashable, Sendable {
    public let name: String
    /// Where in the TeX source, in UTF-8 bytes from its start.
    public let offset: Int
}
