/// Where a line of a notebook comes from.
struct LineOrigin: Sendable, Hashable {
    /// The name of the included file; `nil` for the notebook's own.
    let file: String?
    /// The line there.
    let line: Int
}
