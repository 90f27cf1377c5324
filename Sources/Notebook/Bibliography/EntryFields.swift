extension BibliographyEntry.Kind {
    /// The kind of an entry of BibTeX or BibLaTeX; what is not known is shown as what it has.
    init(bibTeX name: String) {
        self =
            switch name {
            case "article", "review", "suppperiodical", "periodical": .article
            case "inproceedings", "conference": .inproceedings
            case "incollection", "inbook", "inreference", "bookinbook", "suppbook", "suppcollection": .incollection
            case "book", "mvbook", "booklet", "collection", "mvcollection", "proceedings", "mvproceedings", "manual",
                "reference", "mvreference":
                .book
            case "phdthesis", "mastersthesis", "thesis": .thesis
            case "techreport", "report", "standard": .report
            case "online", "electronic", "www": .online
            default: .misc
            }
    }
}

extension BibliographyEntry {
    /// Other names of fields.
    private static let aliases = [
        "journaltitle": "journal", "location": "address", "school": "institution", "issue": "number",
        "archiveprefix": "eprinttype", "collection": "series",
    ]

    /// The fields that are shown; all others are left alone.
    private static let shown: Set = [
        "title", "subtitle", "journal", "booktitle", "volume", "number", "pages", "publisher", "institution",
        "organization",
        "address", "series", "edition", "note", "howpublished", "type",
    ]
    /// The fields that are no prose.
    private static let addresses: Set = ["doi", "eprint", "eprinttype", "url"]

    init(_ raw: RawEntry) throws(BibTeXReader.Failure) {
        var fields = raw.fields
        for (alias, name) in BibliographyEntry.aliases { fields[name] = fields[name] ?? fields[alias] }
        var plain: [String: String] = [:]
        for (name, field) in fields.sorted(by: { $0.key < $1.key }) {
            if BibliographyEntry.shown.contains(name) {
                plain[name] = try plainText(ofTeX: field.value, at: field.position)
            }
            if BibliographyEntry.addresses.contains(name) { plain[name] = addressText(ofTeX: field.value) }
        }
        self.init(kind: Kind(bibTeX: raw.kind), key: raw.key, authors: [], fields: plain)
        if let date = fields["date"] ?? fields["year"] { try readDate(date) }
        tidy()
        guard let people = fields["author"] ?? fields["editor"] else { return }
        for name in PersonName.separated(people.value) {
            if name.lowercased() == "others" {
                hasMoreAuthors = true
            } else if !name.isEmpty {
                authors.append(try PersonName(bibTeX: name, at: people.position))
            }
        }
    }

    /// A year, from `2015`, `2015-03-09` or `{2015}/{2016}`; other words, such as `in press`, stay words.
    private mutating func readDate(_ field: BibTeXReader.Field) throws(BibTeXReader.Failure) {
        let words = try plainText(ofTeX: field.value, at: field.position)
        if let match = words.firstMatch(of: /[0-9]{4}/) {
            year = Int(words[match.range])
        } else {
            fields["year"] = words.isEmpty ? nil : words
        }
    }

    /// Brings fields into the one form that is shown, whoever wrote them.
    mutating func tidy() {
        if let subtitle = fields["subtitle"], !subtitle.isEmpty { fields["title"] = title + ": " + subtitle }
        fields["doi"] = fields["doi"].map { doi in
            String(doi.trimmingPrefix(/(https?:\/\/)?(dx\.)?(doi\.org\/)?(doi:?\s*)?/.ignoresCase()))
        }
        let archive = fields["eprinttype"]?.lowercased()
        fields["eprint"] = fields["eprint"].flatMap { number in
            guard archive == nil || archive == "arxiv" else { return nil }
            return String(number.trimmingPrefix(/(https?:\/\/arxiv\.org\/(abs|pdf)\/)?(arxiv:\s*)?/.ignoresCase()))
        }
        if let pages = fields["pages"], pages.wholeMatch(of: /[A-Za-z]?[0-9]+-[A-Za-z]?[0-9]+/) != nil {
            fields["pages"] = pages.replacing("-", with: "–")
        }
        for (name, value) in fields where value.isEmpty { fields[name] = nil }
    }
}
