/// Where a page's pictures lie.
public enum FigureFiles {
    /// The path of the picture with digest `digest`, from the page's folder.
    public static func path(_ digest: String) -> String { "\(folder)/\(digest.prefix(16)).png" }

    /// The path of the numbers that the figure with the light picture `digest` shows.
    public static func dataPath(_ digest: String) -> String { "\(folder)/\(digest.prefix(16)).csv" }

    /// The path of the drawing with digest `digest`.
    public static func drawingPath(_ digest: String) -> String { "\(folder)/\(digest.prefix(16)).svg" }

    /// Their folder, from the page's.
    public static let folder = "figures"

    /// Whether a picture, or its numbers, can have this name.
    public static func isName(_ name: String) -> Bool { name.wholeMatch(of: /[0-9a-f]{16}\.(png|svg|csv)/) != nil }
}
