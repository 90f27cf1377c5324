package import Engine
import Notebook

/// The plans of a book as it is now: each notebook in each of its editions, at each setting of its controls.
package struct StoreReach {
    package private(set) var plans: [Plan] = []
    /// Why a notebook could not be planned.
    package private(set) var problems: [String] = []

    /// Reads every notebook anew, so that nothing of a store is believed.
    package init(of book: Book, _ installation: Installation) {
        for path in book.notebookPaths {
            do {
                let notebook = try Notebook(
                    parsing: book.notebookText(path), name: Book.name(of: path), path: path)
                let editions = Set(notebook.frontMatter.editions.keys).union([BookRenderer.defaultEdition])
                for edition in editions.sorted() { add(notebook, edition, book, installation) }
            } catch {
                problems.append("\(error)")
            }
        }
    }

    private mutating func add(_ notebook: Notebook, _ edition: String, _ book: Book, _ installation: Installation) {
        let own = notebook.frontMatter.ownSetting(edition: edition)
        let settings = notebook.frontMatter.controlSettings.filter { $0 != own }.map(\.settings)
        do {
            for setting in [[:]] + settings {
                plans.append(
                    try Plan(notebook, edition: edition, settings: setting, book: book, installation: installation))
            }
        } catch {
            // An edition whose data nobody fetched.
            problems.append("\(error)")
        }
    }

    /// What the store has of these plans.
    package func entries(in store: Store) -> Set<SharedEntry> {
        plans.reduce(into: []) { $0.formUnion(store.sharedEntries(of: $1)) }
    }
}
