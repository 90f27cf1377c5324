import Foundation

/// Reads CSL-JSON, as Zotero and pandoc write it: a list of works, or a mapping with a list `items`.
enum CSLReader {
    static func entries(_ text: String, path: String) throws(NotebookError) -> [BibliographyEntry] {
        let value = try? JSONSerialization.jsonObject(with: Data(text.utf8))
        let list = value as? [Any] ?? (value as? [String: Any])?["items"] as? [Any]
        guard let items = list?.compactMap({ $0 as? [String: Any] }), items.count == list?.count else {
            let message = "this is no CSL-JSON: a list of works, such as [{\"id\": \"hinton2015\", \"title\": \"…\"}]"
            throw NotebookError(path: path, diagnostics: [Diagnostic(.error, at: SourcePosition(line: 1), message)])
        }
        return items.compactMap(entry)
    }

    private static func entry(_ item: [String: Any]) -> BibliographyEntry? {
        guard let key = text(item["id"]) ?? text(item["citation-key"]) else { return nil }
        var entry = BibliographyEntry(kind: kind(text(item["type"]) ?? ""), key: key, authors: [], fields: [:])
        let container = entry.kind == .article ? "journal" : "booktitle"
        let names = [
            "title": "title", "container-title": container, "volume": "volume", "issue": "number", "page": "pages",
            "DOI": "doi", "URL": "url", "publisher": "publisher", "publisher-place": "address", "edition": "edition",
        ]
        for (name, field) in names { entry.fields[field] = text(item[name]) }
        for person in (item["author"] ?? item["editor"]) as? [[String: Any]] ?? [] {
            if let name = self.name(person) { entry.authors.append(name) }
        }
        readDate(item["issued"], into: &entry)
        entry.tidy()
        return entry
    }

    private static func kind(_ type: String) -> BibliographyEntry.Kind {
        switch type {
        case "article-journal", "article-magazine", "article-newspaper", "article", "review": .article
        case "paper-conference": .inproceedings
        case "chapter", "entry-encyclopedia", "entry-dictionary": .incollection
        case "book": .book
        case "thesis": .thesis
        case "report": .report
        case "webpage", "post", "post-weblog": .online
        default: .misc
        }
    }

    private static func text(_ value: Any?) -> String? {
        switch value {
        case let text as String: text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        case let number as NSNumber: number.stringValue
        default: nil
        }
    }

    private static func name(_ person: [String: Any]) -> PersonName? {
        if let literal = text(person["literal"]) { return PersonName(family: literal) }
        let particles = ["dropping-particle", "non-dropping-particle", "family"].compactMap { text(person[$0]) }
        guard !particles.isEmpty else { return nil }
        return PersonName(
            family: particles.joined(separator: " "), given: text(person["given"]) ?? "",
            suffix: text(person["suffix"]) ?? "")
    }

    private static func readDate(_ value: Any?, into entry: inout BibliographyEntry) {
        let date = value as? [String: Any]
        let parts = (date?["date-parts"] as? [Any])?.first as? [Any]
        let words = text(parts?.first) ?? text(date?["raw"]) ?? text(date?["literal"]) ?? text(value) ?? ""
        if let match = words.firstMatch(of: /[0-9]{4}/) {
            entry.year = Int(words[match.range])
        } else if !words.isEmpty {
            entry.fields["year"] = words
        }
    }
}
