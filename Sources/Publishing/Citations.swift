import Foundation
import Math
import Notebook

/// Writes citations in the bibliography's style, and the list of what was cited.
struct Citations {
    private let bibliography: Bibliography
    private let years: [String: String]
    /// In the order in which they were cited first.
    private var cited: [String] = []

    init(_ bibliography: Bibliography) {
        self.bibliography = bibliography
        years = Citations.years(bibliography)
    }

    /// Each work's year, with a letter where the same authors have several works of that year.
    private static func years(_ bibliography: Bibliography) -> [String: String] {
        let groups = Dictionary(grouping: bibliography.entries) { "\($0.shortAuthors) \($0.date)" }
        var years: [String: String] = [:]
        for group in groups.values {
            for (index, entry) in group.sorted(by: { ($0.title, $0.key) < ($1.title, $1.key) }).enumerated() {
                let letter = group.count > 1 ? String(UnicodeScalar(UInt8(ascii: "a") + UInt8(min(index, 25)))) : ""
                years[entry.key] = "\(entry.date)\(letter)"
            }
        }
        return years
    }

    /// A work with the words beside it, as markup.
    struct Part {
        let work: Citation
        let prefix, suffix: String
        /// What a figure or section is called, which may stand among works.
        let reference: String?

        init(_ work: Citation, prefix: String?, suffix: String?, reference: String?) {
            self.work = work
            self.prefix = prefix.map { $0 + (work.prefix?.separator ?? "") } ?? ""
            self.suffix = suffix.map { (work.suffix?.separator ?? "") + $0 } ?? ""
            self.reference = reference
        }
    }

    /// What works are called, each a link to its place in the list.
    ///
    /// - Parameter isParenthetical: whether they stand in brackets, or the first in a sentence and the others in its brackets.
    mutating func markup(of parts: [Part], isParenthetical: Bool, linked: Bool) -> String {
        guard !isParenthetical, let first = parts.first else {
            return group(parts.map { inBrackets($0, linked: linked) })
        }
        return inSentence(first, parts.dropFirst(), linked: linked)
    }

    private mutating func inBrackets(_ part: Part, linked: Bool) -> String {
        if let reference = part.reference { return part.prefix + reference + part.suffix }
        guard let (entry, year) = cite(part.work) else { return escaped("@" + part.work.key) }
        let name =
            bibliography.style == .numeric
            ? number(of: entry) : (part.work.yearOnly ? "" : entry.shortAuthors + " ") + year
        return part.prefix + link(name, to: entry, linked) + part.suffix
    }

    /// `Hinton et al. (2015, p. 3; Ba 2014)`, `Hinton et al. [1, p. 3; 2]`.
    private mutating func inSentence(_ part: Part, _ further: ArraySlice<Part>, linked: Bool) -> String {
        let work = part.work
        guard let (entry, year) = cite(work) else { return escaped("@" + work.key) }
        let authors = work.yearOnly ? "" : entry.shortAuthors + " "
        let rest = part.suffix + further.map { "; " + inBrackets($0, linked: linked) }.joined()
        if bibliography.style == .numeric {
            return escaped(authors) + "[" + link(number(of: entry), to: entry, linked) + rest + "]"
        }
        if rest.isEmpty { return link("\(authors)(\(year))", to: entry, linked) }
        if work.yearOnly { return "(" + link(year, to: entry, linked) + rest + ")" }
        return link(entry.shortAuthors, to: entry, linked) + " (" + year + rest + ")"
    }

    /// The entry of a work, which is cited now.
    private mutating func cite(_ work: Citation) -> (entry: BibliographyEntry, year: String)? {
        guard let entry = bibliography[work.key], let year = years[work.key] else { return nil }
        if !cited.contains(entry.key) { cited.append(entry.key) }
        return (entry, year)
    }

    private func number(of entry: BibliographyEntry) -> String {
        String((cited.firstIndex(of: entry.key) ?? cited.count) + 1)
    }

    private func link(_ words: String, to entry: BibliographyEntry, _ linked: Bool) -> String {
        linked ? element("a", ["class": "citation", "href": "#ref:" + entry.key], escaped(words)) : escaped(words)
    }

    /// What stands around several works that are cited together.
    private func group(_ works: [String]) -> String {
        bibliography.style == .numeric ? "[\(works.joined(separator: "; "))]" : "(\(works.joined(separator: "; ")))"
    }

    /// Why a work cannot be cited.
    func problem(with key: String) -> String? {
        if let reason = bibliography.unreadable[key] { return "the entry `\(key)` cannot be read: \(reason)" }
        guard bibliography[key] == nil else { return nil }
        let near = nearestName(to: key, in: bibliography.entries.map(\.key)).map { "did you mean `@\($0)`?" }
        return "\(Bibliography.fileName) has no entry `\(key)`; "
            + (near ?? "where no work is meant, write \\@ or put it in backticks")
    }

    /// The works cited so far, in the order of their authors or of their numbers; empty where there are none.
    var list: String {
        guard !cited.isEmpty else { return "" }
        let isNumeric = bibliography.style == .numeric
        let found = cited.compactMap { bibliography[$0] }
        let works = isNumeric ? found : found.sorted { $0.order < $1.order }
        let items = works.map { work in
            let words = work.markup(year: isNumeric ? work.date : years[work.key] ?? "")
            return element("li", ["id": "ref:" + work.key], (isNumeric ? "[\(number(of: work))] " : "") + words)
        }
        return element("ul", ["class": "references"], "\n" + items.joined(separator: "\n") + "\n") + "\n"
    }
}

extension BibliographyEntry {
    /// `Hinton`, `Ba and Caruana`, `Hinton et al.`; of a work without authors, the body that made it, or its title.
    var shortAuthors: String {
        let names = authors.map(\.family)
        guard !names.isEmpty else { return body ?? "“\(shortTitle)”" }
        if hasMoreAuthors || names.count > 2 { return "\(names.first ?? "") et al." }
        return names.joined(separator: " and ")
    }

    private var body: String? { fields["organization"] ?? fields["institution"] }

    /// The title's first words.
    private var shortTitle: String {
        let words = title.filter { !BibliographyEntry.isFormulaMark($0) }.split(separator: " ")
        return words.prefix(4).joined(separator: " ") + (words.count > 4 ? " …" : "")
    }

    /// The year, or what stands in its place.
    var date: String { year.map(String.init) ?? fields["year"] ?? "n.d." }

    /// Sorts works by authors, year and title, as a dictionary would: marks on letters, and signs, do not count.
    fileprivate var order: String {
        let names = authors.map { "\($0.family) \($0.given)" }.joined(separator: " ")
        let year = String(repeating: "0", count: max(0, 4 - date.count)) + date
        let first = authors.isEmpty ? body ?? title : names
        return [sortable(first), year, sortable(title), key].joined(separator: "\u{1}")
    }

    /// The work as the list of references has it.
    fileprivate func markup(year: String) -> String {
        let title = kind == .book || kind == .thesis ? element("em", markupOfTitle) : markupOfTitle
        let names = longAuthors.isEmpty ? body ?? "" : longAuthors
        var parts =
            names.isEmpty
            ? ["\(sentence(title).dropLast()) (\(year))."] : ["\(escaped(names)) (\(year)).", sentence(title)]
        if self.title.isEmpty { parts = ["\(escaped(names)) (\(year))."] }
        if let edition = fields["edition"] {
            parts.append(sentence(escaped(edition.allSatisfy(\.isNumber) ? "Edition \(edition)" : edition)))
        }
        if let container { parts.append(sentence(container)) }
        let maker = [typeOfWork, fields["publisher"] ?? (names == body ? nil : body)].compactMap(\.self)
        if !maker.isEmpty { parts.append(sentence(escaped(maker.joined(separator: ", ")))) }
        if let note = fields["note"] ?? fields["howpublished"], !note.hasPrefix("http") {
            parts.append(sentence(escaped(note)))
        }
        if let address = electronicAddress {
            parts.append(element("a", ["href": address.target], escaped(address.text)) + ".")
        }
        return parts.joined(separator: " ")
    }

    /// What a thesis or report calls itself, with its number.
    private var typeOfWork: String? {
        guard kind == .thesis || kind == .report else { return nil }
        let name = fields["type"] ?? (kind == .thesis ? "Thesis" : "Report")
        let readable = ["phdthesis": "PhD thesis", "mathesis": "Master's thesis", "techreport": "Technical report"]
        return (readable[name] ?? name) + (kind == .report ? fields["number"].map { " " + $0 } ?? "" : "")
    }

    private static func isFormulaMark(_ character: Character) -> Bool {
        character == formulaMarks.open || character == formulaMarks.close
    }

    /// The title with its formulas set; one that cannot be read stays as it is.
    private var markupOfTitle: String {
        var markup = ""
        for (index, part) in title.split(
            omittingEmptySubsequences: false, whereSeparator: BibliographyEntry.isFormulaMark
        )
        .enumerated() {
            let formula = index.isMultiple(of: 2) ? nil : try? mathML(String(part), display: false)
            markup += formula ?? escaped(part)
        }
        return markup
    }

    private func sentence(_ markup: String) -> String {
        markup.hasSuffix("?") || markup.hasSuffix("!") || markup.hasSuffix(".") ? markup : markup + "."
    }

    private var longAuthors: String {
        let names = authors.map { name in
            let family = name.suffix.isEmpty ? name.family : "\(name.family) \(name.suffix)"
            return name.initials.isEmpty ? family : "\(family), \(name.initials)"
        }
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
        return (kind == .inproceedings || kind == .incollection ? "In " : "") + element("em", escaped(name))
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

/// Letters without marks and in one case, as dictionaries sort.
private func sortable(_ text: String) -> String {
    let letters: [Character: String] = [
        "ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
    ]
    let folded = text.lowercased().folding(options: [.diacriticInsensitive, .widthInsensitive], locale: nil)
    return folded.map { letters[$0] ?? ($0.isLetter || $0.isNumber || $0 == " " ? String($0) : "") }.joined()
}
