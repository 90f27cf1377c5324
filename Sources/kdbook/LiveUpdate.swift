import Engine
import Notebook

/// A change of a notebook has been overtaken by another: what was begun for it is not wanted any more.
struct Superseded: Error {}

/// One change of a watched notebook, on its way to the page. The updates of a notebook reach the page in their order; one
/// that is overtaken never does.
struct LiveUpdate: Sendable {
    let notebook: LiveNotebook
    let number: Int
    let book: Book

    /// Says what is to be run now, which ends at once what it makes outdated, and waits until earlier updates are over.
    ///
    /// - Parameter plan: `nil` where the notebook cannot be run.
    func begin(_ plan: Plan?) async throws {
        guard notebook.isLatest(number) else { throw Superseded() }
        notebook.run.want(plan)
        if let plan { notebook.take(inputsOf: plan, in: book) }
        await notebook.waitForUpdates(before: number)
        try check()
    }

    /// Throws where a later update has begun.
    func check() throws {
        guard notebook.isLatest(number) else { throw Superseded() }
    }
}
