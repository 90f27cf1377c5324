import Notebook

/// Writes citations in the author–year style, and the list of what was cited.
struct Citations {
    private let bibliography: Bibliography
    private let years: [String: String]
    private var cited: Set<String> = []

    init(_ bibliography: Bibliography) {
        self.bibliography = bibliography
        years = Citations.years(bibliography)
    }

    /// Each work's year, with a letter where the same authors have several works of that year.
    private static func years(_ bibliography: Bibliography) -> [String: String] {
        let groups = Dictionary(grouping: bibliography.entries) { "\($0.shortAuthors) \($0.year)" }
        var years: [String: String] = [:]
        for group in groups.values {
            for (index, entry) in group.sorted(by: { ($0.title, $0.key) < ($1.title, $1.key) }).enumerated() {
                let letter = group.count > 1 ? String(UnicodeScalar(UInt8(ascii: "a") + UInt8(min(index, 25)))) : ""
                years[entry.key] = "\(entry.year)\(letter)"
            }
        }
        return years
    }

    /// What a work is called in the text: a link to its place in the list, without brackets around it.
    mutating func markup(_ work: Citation, isParenthetical: Bool, linked: Bool) -> String {
        guard let entry = bibliography[work.key], let year = years[work.key] else { return escaped("@" + work.key) }
        cited.insert(entry.key)
        let authors = work.yearOnly ? "" : entry.shortAuthors + " "
        let locator = work.locator.isEmpty ? "" : ", " + work.locator
        let words = isParenthetical ? authors + year : "\(authors)(\(year))"
        let text = escaped(words)
        let link = linked ? element("a", ["class": "citation", "href": "#ref:" + entry.key], text) : text
        let prefix = work.prefix.isEmpty ? "" : work.prefix + " "
        return escaped(prefix) + link + escaped(locator)
    }

    /// Why a work cannot be cited.
    func problem(with key: String) -> String? {
        guard bibliography[key] == nil else { return nil }
        let near = nearestName(to: key, in: bibliography.entries.map(\.key)).map { "did you mean `@\($0)`?" }
        return "\(Bibliography.fileName) has no entry `\(key)`; "
            + (near ?? "where no work is meant, write \\@ or put it in backticks")
    }

    /// The works cited so far, in the order of their authors; empty where there are none.
    var list: String {
        let works = bibliography.entries.filter { cited.contains($0.key) }.sorted { $0.order < $1.order }
        guard !works.isEmpty else { return "" }
        let items = works.map { element("li", ["id": "ref:" + $0.key], $0.markup(year: years[$0.key] ?? "")) }
        return element("ul", ["class": "references"], "\n" + items.joined(separator: "\n") + "\n") + "\n"
    }
}

extension BibliographyEntry {
    /// `Hinton`, `Ba and Caruana`, `Hinton et al.`
    var shortAuthors: String {
        let names = authors.map(\.family)
        if hasMoreAuthors || names.count > 2 { return "\(names.first ?? "") et al." }
        return names.joined(separator: " and ")
    }

    /// Sorts works by authors, year and title.
    fileprivate var order: String {
        let names = authors.map { "\($0.family) \($0.given)" }.joined(separator: " ")
        let year = String(repeating: "0", count: max(0, 4 - String(year).count)) + String(year)
        return [names.lowercased(), year, title.lowercased(), key].joined(separator: "\u{1}")
    }

    /// The work as the list of references has it.
    fileprivate func markup(year: String) -> String {
        let title = kind == .book ? element("em", escaped(title)) : escaped(title)
        var parts = ["\(escaped(longAuthors)) (\(year)).", sentence(title)]
        if let container { parts.append(sentence(container)) }
        if let publisher = fields["publisher"] { parts.append(sentence(escaped(publisher))) }
        if let note = fields["note"] { parts.append(sentence(escaped(note))) }
        if let address = electronicAddress {
            parts.append(element("a", ["href": address.target], escaped(address.text)) + ".")
        }
        return parts.joined(separator: " ")
    }

    private func sentence(_ markup: String) -> String {
        markup.hasSuffix("?") || markup.hasSuffix("!") || markup.hasSuffix(".") ? markup : markup + "."
    }

    private var longAuthors: String {
        let names = authors.map { $0.initials.isEmpty ? $0.family : "\($0.family), \($0.initials)" }
        if hasMoreAuthors { return names.joined(separator: ", ") + " et al." }
        guard names.count > 1, let last = names.last else { return names.first ?? "" }
        return names.dropLast().joined(separator: ", ") + " and " + last
    }

    /// What the work appeared in.
    private var container: String? {
        guard let name = fields["journal"] ?? fields["booktitle"] else { return nil }
        let volume = fields["volume"].map { volume in
            " " + volume + (fields["number"].map { "(\($0))" } ?? "")
        }
        let pages = fields["pages"].map { ", " + $0 }
        return (kind == .inproceedings ? "In " : "") + element("em", escaped(name))
            + escaped((volume ?? "") + (pages ?? ""))
    }

    /// A DOI before an arXiv number before any other address.
    private var electronicAddress: (target: String, text: String)? {
        if let doi = fields["doi"] { return ("https://doi.org/" + doi, "doi:" + doi) }
        if let number = fields["eprint"] { return ("https://arxiv.org/abs/" + number, "arXiv:" + number) }
        guard let url = fields["url"], url.hasPrefix("https://") || url.hasPrefix("http://") else { return nil }
        return (url, url)
    }
}
