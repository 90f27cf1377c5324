/// Something drawn in a chart: one of the module's marks.
public struct Mark: Hashable, Sendable {
    package let content: any MarkContent

    package init(_ content: some MarkContent) { self.content = content }

    /// The mark as it looks as the series of this number.
    func varied(_ number: Int) -> Mark {
        func varied(_ content: some MarkContent) -> Mark { Mark(content.varied(number)) }
        return varied(content)
    }

    /// Whether they are of one kind and draw the same.
    public static func == (left: Mark, right: Mark) -> Bool { AnyHashable(left.content) == AnyHashable(right.content) }

    /// Feeds all that is drawn into the hasher.
    public func hash(into hasher: inout Hasher) { content.hash(into: &hasher) }
}

/// What can be listed in a chart.
public protocol MarkConvertible {
    /// The mark to draw.
    var mark: Mark { get }
}

extension Mark: MarkConvertible {
    /// Itself.
    public var mark: Mark { self }
}
