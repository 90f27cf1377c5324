import Engine
import Notebook
import Publishing

/// A change of a notebook has been overtaken by another: what was begun for it is not wanted any more.
struct Superseded: Error {}

/// One change of a watched notebook, on its way to the page. The updates of a notebook reach the page in their order; one
/// that is overtaken never does.
struct LiveUpdate: Sendable {
    let notebook: LiveNotebook
    let number: Int

    /// Says what is to be run now, which ends at once what it makes outdated, and waits until earlier updates are over.
    ///
    /// - Parameter plan: `nil` where the notebook cannot be run.
    func begin(_ plan: Plan?) async throws {
        guard notebook.isLatest(number) else { throw Superseded() }
        notebook.run.want(plan)
        await notebook.waitForUpdates(before: number)
        try check()
    }

    /// Has what the cells may read be watched before it is read: a change that comes meanwhile is then told.
    func watchInputs(of notebook: Notebook, renderer: BookRenderer) {
        guard self.notebook.isLatest(number) else { return }
        self.notebook.watchInputs(
            renderer.watched(notebook.declaredInputs(in: renderer.edition).map(\.path))
                + AttachedFiles.paths(in: notebook)
                + SharedCode.watched(for: notebook, in: renderer.book) + renderer.quotedFiles(of: notebook))
    }

    /// Says on the page why it could not be brought up to date; the next change tries again.
    func giveUp(_ reason: String) {
        if notebook.isLatest(number) { notebook.giveUp(reason) }
    }

    /// Throws where a later update has begun.
    func check() throws {
        guard notebook.isLatest(number) else { throw Superseded() }
    }
}
