import Foundation
import Notebook
import Publishing
import TestSupport
import Testing

/// The book itself, woven from its committed records.
@Suite struct BookPagesTests {
    private static let root = Repository.root

    private let notebooks: [Notebook]
    private let outline: [OutlineEntry]
    private let bibliography: Bibliography
    private let claims: BookClaims

    init() throws {
        let folder = Self.root.appendingPathComponent("Notebooks")
        func text(_ name: String) throws -> String {
            try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".md") }
        notebooks = try names.sorted().map { name in
            Notebook.parsed(try text(name), name: String(name.dropLast(3)), path: "Notebooks/" + name).notebook
        }
        outline = notebooks.map { OutlineEntry($0) }
        bibliography = try Bibliography(parsing: text("references.bib"), path: "Notebooks/references.bib")
        claims = try BookClaims(parsing: text("claims.yml"), path: "Notebooks/claims.yml")
    }

    private func record(_ notebook: Notebook) throws -> Record? {
        let file = Self.root.appendingPathComponent("Output/default/\(notebook.name)/record.json")
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        return try StableJSON.decode(Record.self, from: Data(contentsOf: file))
    }

    /// Each page by its path in the edition's folder.
    private func pages() throws -> [String: HTMLOutline] {
        var pages: [String: HTMLOutline] = [:]
        var decided: [DecidedClaim] = []
        var entries: [String] = []
        for notebook in notebooks {
            let record = try record(notebook)
            decided += record.map { DecidedClaim.all(in: $0, of: notebook) } ?? []
            let html = weave(
                notebook, record: record, problems: [], provenance: provenance, outline: outline,
                bibliography: bibliography, claims: claims)
            pages[notebook.name + "/index.html"] = HTMLOutline(html)
            entries.append(searchEntry(name: notebook.name, title: notebook.title, page: html))
        }
        let ledger = Ledger(claims, decided: decided)
        pages["index.html"] = HTMLOutline(
            weaveFrontPage(title: "Book", introduction: nil, outline: outline, ledger: ledger))
        pages["search.html"] = HTMLOutline(weaveSearchPage(title: "Book", entries: entries))
        return pages
    }

    @Test func everyPageIsWellMade() throws {
        for (path, page) in try pages() { #expect(page.problems == [], "\(path)") }
    }

    @Test func everyLinkInTheBookLeadsSomewhere() throws {
        let pages = try pages()
        for (path, page) in pages {
            for address in page.all("a").compactMap({ $0.attributes["href"] })
            where !address.contains(":") && !address.hasSuffix(".csv") {
                let parts = address.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
                guard !parts[0].isEmpty else { continue }
                let target = parts[0].hasPrefix("../") ? String(parts[0].dropFirst(3)) : String(parts[0])
                let other = try #require(pages[target], "\(address) on \(path)")
                if parts.count == 2 {
                    let anchors = other.tags.compactMap { $0.attributes["id"] }
                    #expect(anchors.contains(String(parts[1])), "\(address) on \(path)")
                }
            }
        }
    }

    @Test func nothingIsWrongWithTheBooksProse() throws {
        for notebook in notebooks {
            let found = proseProblems(in: notebook, outline: outline, bibliography: bibliography, claims: claims)
            #expect(found.map { $0.rendered(file: notebook.path) } == [])
        }
    }
}

@Suite struct OutlineTests {
    @Test(arguments: [
        ("<p>a", "never closed: p"), ("<b><i>a</b></i>", "</b> closes i"),
        ("<p id=\"a\"></p><p id=\"a\"></p>", "id a stands twice"),
        ("<a href=\"#b\">a</a>", "#b leads nowhere"), ("<img src=\"a.png\">", "a picture without a text: a.png"),
        ("<h1>a</h1><h3>b</h3>", "h3 follows h1"), ("<p><div></div></p>", "<div> inside <p>"),
    ])
    func whatIsWrongWithAPageIsSeen(html: String, problem: String) {
        #expect(HTMLOutline(html).problems.contains(problem))
    }
}
