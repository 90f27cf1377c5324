import Engine
import Notebook
import Publishing

/// What a notebook gives to the front page. It is kept beside the page's state, which is read at each start: the front page is not
/// made as often.
struct PageFindings: Codable {
    /// What the notebook decides.
    let claims: [DecidedClaim]
    /// The figure that stands for it.
    let figure: FrontFigure?

    /// Where those of the page lie whose state is at `statePath`.
    private static func path(_ statePath: RootedPath) -> RootedPath {
        statePath.parent / (Book.name(of: statePath.path) + ".findings")
    }

    static func load(besideState path: RootedPath) -> PageFindings? {
        SealedFile.read(PageFindings.self, from: self.path(path))
    }

    func save(besideState path: RootedPath, by workshop: RootedPath) throws(EngineError) {
        try SealedFile.write(self, to: PageFindings.path(path), by: workshop)
    }

    static func remove(besideState path: RootedPath) { self.path(path).removeFile() }
}
