extension BibliographyEntry {
    /// The fields that are known.
    static let fieldNames = [
        "address", "author", "booktitle", "doi", "editor", "eprint", "journal", "note", "number", "pages", "publisher",
        "series", "title", "url", "volume", "year",
    ]

    /// What each kind must have; where there are several, one of them.
    private static func required(_ kind: Kind) -> [[String]] {
        switch kind {
        case .article: [["author"], ["title"], ["journal"], ["year"]]
        case .inproceedings: [["author"], ["title"], ["booktitle"], ["year"]]
        case .book: [["author", "editor"], ["title"], ["publisher"], ["year"]]
        case .misc, .online: [["author"], ["title"], ["year"]]
        }
    }

    init(
        kind: Kind, key: String, fields: [String: BibTeXReader.Field], position: SourcePosition
    ) throws(BibTeXReader.Failure) {
        for names in BibliographyEntry.required(kind) where !names.contains(where: { fields[$0] != nil }) {
            let wanted = names.map { "`\($0)`" }.joined(separator: " or ")
            throw BibTeXReader.Failure(position: position, message: "the entry `\(key)` needs the field \(wanted)")
        }
        let year = fields["year"]
        guard let number = year.flatMap({ Int($0.value) }), (1...9999).contains(number) else {
            throw BibTeXReader.Failure(
                position: year?.position ?? position, message: "expected a year, found `\(year?.value ?? "")`")
        }
        var plain: [String: String] = [:]
        for (name, field) in fields.sorted(by: { $0.key < $1.key }) where !["author", "editor", "year"].contains(name) {
            plain[name] = try plainText(ofTeX: field.value, at: field.position)
        }
        self.init(kind: kind, key: key, authors: [], year: number, fields: plain)
        guard let people = fields["author"] ?? fields["editor"] else { return }
        for name in PersonName.separated(people.value) {
            if name == "others" {
                hasMoreAuthors = true
            } else {
                authors.append(try PersonName(bibTeX: name, at: people.position))
            }
        }
    }
}

extension PersonName {
    /// The names between the words `and`, braces kept together.
    static func separated(_ text: String) -> [String] {
        var names: [[Substring]] = [[]]
        var depth = 0
        for word in text.split(whereSeparator: \.isWhitespace) {
            if depth == 0 && word == "and" {
                names.append([])
            } else {
                names[names.count - 1].append(word)
            }
            depth += word.count { $0 == "{" } - word.count { $0 == "}" }
        }
        return names.map { $0.joined(separator: " ") }
    }

    /// Reads `Family, Given`, `Given von Family` or `{A body of persons}`.
    init(bibTeX text: String, at position: SourcePosition) throws(BibTeXReader.Failure) {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        if text.hasPrefix("{") && text.hasSuffix("}") {
            self.init(family: try plainText(ofTeX: text, at: position))
        } else if parts.count == 2 {
            self.init(
                family: try plainText(ofTeX: parts[0], at: position),
                given: try plainText(ofTeX: parts[1], at: position))
        } else if parts.count == 1 {
            let words = text.split(separator: " ").map(String.init)
            // A family name begins with its first small particle: `Laurens van der Maaten`.
            let particle = words.dropFirst().firstIndex { $0.first?.isLowercase == true }
            let start = min(particle ?? words.count - 1, words.count - 1)
            let given = words.prefix(max(0, start)).joined(separator: " ")
            self.init(
                family: try plainText(ofTeX: words.dropFirst(max(0, start)).joined(separator: " "), at: position),
                given: try plainText(ofTeX: given, at: position))
        } else {
            throw BibTeXReader.Failure(
                position: position, message: "expected a name such as `Hinton, Geoffrey`, found `\(text)`")
        }
        if family.isEmpty {
            throw BibTeXReader.Failure(position: position, message: "a name is missing beside `and`")
        }
    }
}
