import Engine
import Notebook
import Publishing

/// What a notebook gives to the front page. It is kept beside the page's state, which is read at each start: the front page is not
/// made as often.
struct PageFindings: FindingsBesideState {
    /// What the notebook decides.
    let claims: [DecidedClaim]
    /// The figure that stands for it.
    let figure: FrontFigure?
}

/// What a page gives to a front page, kept in a file beside the page's state.
protocol FindingsBesideState: Codable {}

extension FindingsBesideState {
    /// Where those of the page lie whose state is at `statePath`.
    private static func path(_ statePath: RootedPath) -> RootedPath {
        statePath.parent / (Book.name(of: statePath.path) + ".findings")
    }

    static func load(besideState path: RootedPath) -> Self? { SealedFile.read(Self.self, from: self.path(path)) }

    func save(besideState path: RootedPath, by workshop: RootedPath) throws(EngineError) {
        try SealedFile.write(self, to: Self.path(path), by: workshop)
    }

    static func remove(besideState path: RootedPath) { self.path(path).removeFile() }
}
