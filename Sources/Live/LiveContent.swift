/// What a ``LiveServer`` serves.
public protocol LiveContent: Sendable {
    /// The file at a path below the edition's folder, such as `04-x/index.html` or `04-x/figures/ab….png`; `nil` where there
    /// is none.
    ///
    /// - Parameter path: names with `/` between them; none is empty or begins with a dot, so that it leads out of no folder.
    func file(at path: String) async -> [UInt8]?

    /// What a page that someone has opened is to be told at once.
    ///
    /// - Parameter page: the notebook's name; empty for the front page and the search page.
    func opened(page: String) async -> [LiveMessage]
}
