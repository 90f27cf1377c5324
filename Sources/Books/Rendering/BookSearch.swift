import Digest
import Engine
import Publishing

/// The page that finds words on all pages.
extension BookRenderer {
    /// Keeps what can be found on a page, so that a change of one page needs no other to be read.
    func keepSearchEntry(of entry: OutlineEntry, page: String, in folder: RootedPath) throws {
        let found = searchEntry(name: entry.name, title: entry.title, page: page)
        try SealedFile.write(found, to: searchEntryPath(entry.name, in: folder), by: store.workshop)
    }

    /// Writes the search page where it is not what the pages give.
    func writeSearchPage(
        _ outline: [OutlineEntry], title: String, language: PageLanguage, in folder: RootedPath
    ) throws {
        var entries: [String] = []
        for entry in outline {
            if knownSearchEntry(entry.name, in: folder) == nil {
                guard let page = try? (folder / "\(entry.name)/index.html").readText() else { continue }
                try keepSearchEntry(of: entry, page: page, in: folder)
            }
            if let known = knownSearchEntry(entry.name, in: folder) { entries.append(known) }
        }
        let page = weaveSearchPage(title: title, entries: entries, book: try references.frame(), language: language)
        let path = folder / "search.html"
        if (try? path.readText()) != page { try path.write(Array(page.utf8), by: store.workshop) }
    }

    private func knownSearchEntry(_ name: String, in folder: RootedPath) -> String? {
        SealedFile.read(String.self, from: searchEntryPath(name, in: folder))
    }

    private func searchEntryPath(_ name: String, in folder: RootedPath) -> RootedPath {
        book.store / "search/\(SHA256Digest(of: folder.path.utf8).short)/\(name).json"
    }
}
