import Comparison
import Console
import Crates
import Digest
import Engine
import Foundation
import Notebook
import Publishing

/// What became of a book's records since it was last published, as a feed tells it.
package struct PublishedChanges {
    /// What a publication leaves for the next one, beside the pages.
    private struct State: Codable {
        var feed: ChangeFeed
        /// The titles of the chapters, by their names.
        var chapters: [String: String]
    }

    private static let stateFile = ".kdbook-changes.json"

    private let edition: BookEdition
    private let address: String
    private let published: (String) -> [UInt8]?

    /// - Parameters:
    ///   - address: where the pages will stand.
    ///   - published: reads a file of the last publication, by its path from the site's folder.
    package init(of edition: BookEdition, at address: String, published: @escaping (String) -> [UInt8]?) {
        self.edition = edition
        self.address = address
        self.published = published
    }

    /// The feed, and what the next publication compares with; none where the book is in no repository, whose commits date a
    /// feed's entries.
    package func files() throws -> [String: [UInt8]] {
        guard let seconds = try edition.book.commitTime() else {
            let cause = "not written, because its dates are those of commits, and the book has none"
            Terminal.say("\(ChangeFeed.fileName): \(cause)")
            return [:]
        }
        let date = CrateTime(secondsSince1970: seconds).description
        let before = published(PublishedChanges.stateFile)
            .flatMap { try? StableJSON.decode(State.self, from: $0) }
        let outline = try edition.outline()
        let chapters = Dictionary(outline.map { ($0.name, $0.title) }, uniquingKeysWith: { first, _ in first })
        let title = try edition.title
        var state = State(feed: before?.feed ?? ChangeFeed(), chapters: chapters)
        if let before {
            state.feed.add(try changes(outline, from: before, at: date))
        } else {
            let lines = outline.map(\.title)
            state.feed.add([entry("\(title): \(counted(lines.count, "chapter"))", page: "", lines, at: date)])
        }
        let author = try edition.book.citation()?.authors.first?.name ?? title
        return [
            ChangeFeed.fileName: Array(state.feed.xml(site: address, title: title, author: author, date: date).utf8),
            PublishedChanges.stateFile: try StableJSON.encode(state),
        ]
    }

    private func changes(_ outline: [OutlineEntry], from before: State, at date: String) throws -> [ChangeFeed.Entry] {
        let gone = before.chapters.filter { chapter in !outline.contains { $0.name == chapter.key } }
        let known = try outline.compactMap { chapter -> ChangeFeed.Entry? in
            let page = "\(chapter.name)/"
            guard before.chapters[chapter.name] != nil else {
                return entry("\(chapter.title): new", page: page, chapter.abstract.map { [$0] } ?? [], at: date)
            }
            let lines = try differences(of: chapter.name)
            guard !lines.isEmpty else { return nil }
            return entry(
                "\(chapter.title): \(counted(lines.count, "difference"))", page: page, shortened(lines), at: date)
        }
        return known
            + gone.sorted { $0.key < $1.key }.map { entry("\($0.value): taken out", page: "", [], at: date) }
    }

    /// What a chapter shows otherwise than it was published with.
    private func differences(of name: String) throws -> [String] {
        let path = "\(name)/record.json"
        let file = try edition.renderer(force: false).folder / path
        guard let old = published(path), let new = try? file.read(), old != new,
            let recorded = try? StableJSON.decode(Record.self, from: old),
            let found = try? StableJSON.decode(Record.self, from: new)
        else { return [] }
        let notebook = try edition.book.notebookPath(for: name)
        let parsed = try Notebook(parsing: edition.book.notebookText(notebook), name: name, path: notebook)
        return Comparison.differences(between: recorded, and: found, in: parsed).map {
            "\($0.what): \($0.recorded), now \($0.found)"
        }
    }

    private func shortened(_ lines: [String]) -> [String] {
        let most = 12
        return lines.count <= most ? lines : lines.prefix(most) + ["and \(lines.count - most) more"]
    }

    private func entry(_ title: String, page: String, _ lines: [String], at date: String) -> ChangeFeed.Entry {
        let content = ([title, page, date] + lines).joined(separator: "\u{0}")
        return ChangeFeed.Entry(
            id: SHA256Digest(of: content.utf8).short, title: title, page: page, date: date, lines: lines)
    }
}

extension BookEdition {
    /// What the book is called.
    fileprivate var title: String { get throws { book.title(try references.configuration()) } }
}
