import Digest
import Engine
import Publishing

/// The page that finds words on all pages.
extension BookRenderer {
    /// Keeps what can be found on a page, so that a change of one page needs no other to be read.
    func keepSearchEntry(of entry: OutlineEntry, page: String) throws {
        let found = searchEntry(name: entry.name, title: entry.title, page: page)
        try Files.write(Array(found.utf8), to: searchEntryPath(entry.name))
    }

    /// Writes the search page where it is not what the pages give.
    func writeSearchPage(_ outline: [OutlineEntry], title: String) throws {
        var entries: [String] = []
        for entry in outline {
            if !Files.exists(searchEntryPath(entry.name)) {
                guard let page = try? Files.readText("\(folder)/\(entry.name)/index.html") else { continue }
                try keepSearchEntry(of: entry, page: page)
            }
            entries.append(try Files.readText(searchEntryPath(entry.name)))
        }
        let page = weaveSearchPage(title: title, entries: entries)
        let path = folder + "/search.html"
        if (try? Files.readText(path)) != page { try Files.write(Array(page.utf8), to: path) }
    }

    private func searchEntryPath(_ name: String) -> String {
        "\(book.store)/search/\(SHA256Digest(of: folder.utf8).short)/\(name).json"
    }
}
