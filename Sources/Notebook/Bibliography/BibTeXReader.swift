/// Reads BibTeX and BibLaTeX as programs export them: entries of any kind, with whatever fields; `@string`, `#`, `@comment`,
/// `@preamble`; what stands between entries is a comment.
///
/// An entry that cannot be read is left out, and told of under its key.
struct BibTeXReader {
    private let scalars: [Unicode.Scalar]
    private var index = 0
    private var line = 1
    private var lineStart = 0
    /// Counts bytes, as everywhere.
    private var column = 1
    private(set) var entries: [BibliographyEntry] = []
    /// Why an entry cannot be read; without a key where it has none.
    private(set) var failures: [(key: String?, failure: Failure)] = []
    private var strings: [String: String] = [:]
    private var raw: [RawEntry] = []
    /// The key of the entry at hand.
    private var key: String?

    /// What is wrong at a place; reading goes on at the next entry.
    struct Failure: Error {
        let position: SourcePosition
        let message: String
    }

    struct Field {
        let value: String
        let position: SourcePosition
    }

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
        for (number, month) in BibTeXReader.months.enumerated() { strings[month] = String(number + 1) }
        while skipToEntry() {
            key = nil
            do throws(Failure) {
                if let entry = try entry() { raw.append(entry) }
            } catch {
                failures.append((key, error))
                skipRestOfEntry()
            }
        }
        finish()
    }

    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    /// Makes entries of what was read, with what they have from others by `crossref`.
    private mutating func finish() {
        let parents = Dictionary(raw.map { ($0.key.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
        var places: [String: Int] = [:]
        for entry in raw {
            do throws(Failure) {
                if let earlier = places[entry.key] {
                    let message = "the key `\(entry.key)` is taken by the entry on line \(earlier)"
                    throw Failure(position: entry.position, message: message)
                }
                places[entry.key] = entry.position.line
                let parent = entry.fields["crossref"].flatMap { parents[$0.value.lowercased()] }
                entries.append(try BibliographyEntry(parent.map(entry.inheriting) ?? entry))
            } catch {
                failures.append((entry.key, error))
            }
        }
    }

    // MARK: Characters

    private var next: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

    private var position: SourcePosition { SourcePosition(line: line, column: column) }

    private mutating func take() {
        if next == "\n" {
            line += 1
            lineStart = index + 1
            column = 1
        } else if let next {
            column += UTF8.width(next)
        }
        index += 1
    }

    private mutating func skipSpace() {
        while let scalar = next, scalar.properties.isWhitespace { take() }
    }

    private func failure(_ message: String) -> Failure { Failure(position: position, message: message) }

    private mutating func expect(_ scalar: Unicode.Scalar, _ purpose: String) throws(Failure) {
        skipSpace()
        guard next == scalar else {
            let found = next.map { "found `\($0)`" } ?? "the file ends"
            throw failure("expected `\(scalar)` \(purpose), \(found)")
        }
        take()
    }

    private mutating func word(_ what: String) throws(Failure) -> String {
        skipSpace()
        var word = String.UnicodeScalarView()
        while let scalar = next, !scalar.properties.isWhitespace,
            scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                || "_:.+/-*!".unicodeScalars.contains(scalar)
        {
            word.append(scalar)
            take()
        }
        guard !word.isEmpty else {
            throw failure("expected \(what), " + (next.map { "found `\($0)`" } ?? "the file ends"))
        }
        return String(word)
    }

    // MARK: Entries

    /// Goes to the next `@`; what stands before it is a comment.
    private mutating func skipToEntry() -> Bool {
        while let scalar = next {
            if scalar == "@" { return true }
            if scalar == "%" {
                while let scalar = next, scalar != "\n" { take() }
            } else {
                take()
            }
        }
        return false
    }

    /// After an error: an `@` at a line's start begins the next entry.
    private mutating func skipRestOfEntry() {
        while next != nil, !(next == "@" && index == lineStart) { take() }
    }

    private mutating func entry() throws(Failure) -> RawEntry? {
        let start = position
        take()
        let kind = try word("the entry's kind").lowercased()
        skipSpace()
        guard next == "{" || next == "(" else {
            // A comment's words, or an address of mail between entries.
            if kind == "comment" { return nil }
            throw failure("expected `{` after `@\(kind)`")
        }
        let closing: Unicode.Scalar = next == "{" ? "}" : ")"
        switch kind {
        case "comment", "preamble":
            take()
            _ = try delimited(by: closing, from: start, kind)
            return nil
        case "string":
            take()
            let (name, field) = try field()
            strings[name] = field.value
            try expect(closing, "after the string `\(name)`")
            return nil
        default:
            take()
            skipSpace()
            let place = position
            let key = takeKey()
            self.key = key.isEmpty ? nil : key
            guard !key.isEmpty else { throw Failure(position: place, message: "expected the entry's key") }
            return RawEntry(kind: kind, key: key, fields: try fields(closing), position: start)
        }
    }

    private mutating func takeKey() -> String {
        var key = String.UnicodeScalarView()
        while let scalar = next, !scalar.properties.isWhitespace, !",{}()=\"#".unicodeScalars.contains(scalar) {
            key.append(scalar)
            take()
        }
        return String(key)
    }

    /// The fields up to the entry's end. Of a field that stands twice, the first holds.
    private mutating func fields(_ closing: Unicode.Scalar) throws(Failure) -> [String: Field] {
        var fields: [String: Field] = [:]
        while true {
            skipSpace()
            if next == closing { break }
            try expect(",", "or `\(closing)` after what stands before")
            skipSpace()
            while next == "," {
                take()
                skipSpace()
            }
            if next == closing { break }
            let (name, field) = try field()
            if fields[name] == nil { fields[name] = field }
        }
        take()
        return fields
    }

    private mutating func field() throws(Failure) -> (String, Field) {
        skipSpace()
        let place = position
        let name = try word("a field's name").lowercased()
        try expect("=", "after `\(name)`")
        var value = try part(of: name)
        skipSpace()
        while next == "#" {
            take()
            value += try part(of: name)
            skipSpace()
        }
        return (name, Field(value: value, position: place))
    }

    /// A value in braces or quotes, a number, or the name of a string.
    private mutating func part(of name: String) throws(Failure) -> String {
        skipSpace()
        let start = position
        switch next {
        case "{":
            take()
            return try delimited(by: "}", from: start, name)
        case "\"":
            take()
            return try delimited(by: "\"", from: start, name)
        default:
            let word = try word("a value in braces")
            if let string = strings[word.lowercased()] { return string }
            guard word.allSatisfy(\.isNumber) else {
                throw Failure(
                    position: start,
                    message: "the value of `\(name)` must stand in braces, be a number, or the name of a `@string`")
            }
            return word
        }
    }

    /// What stands up to the closing mark, its opening taken, inner braces kept.
    private mutating func delimited(
        by closing: Unicode.Scalar, from start: SourcePosition, _ name: String
    ) throws(Failure) -> String {
        var value = String.UnicodeScalarView()
        var depth = 0
        while let scalar = next {
            if scalar == closing && depth == 0 {
                take()
                return String(value)
            }
            // The next entry begins: the value was not closed.
            if scalar == "@" && index == lineStart && depth == 0 { break }
            if scalar == "{" { depth += 1 }
            if scalar == "}" { depth -= 1 }
            if depth < 0 { throw failure("`}` closes nothing in the value of `\(name)`") }
            value.append(scalar)
            take()
            if scalar == "\\", let escaped = next, escaped != "\n" {
                value.append(escaped)
                take()
            }
        }
        throw Failure(position: start, message: "the value of `\(name)` is never closed: `\(closing)` is missing")
    }
}

/// An entry as it stands in the file.
struct RawEntry {
    let kind: String
    let key: String
    var fields: [String: BibTeXReader.Field]
    let position: SourcePosition

    /// The entry with what it lacks and `parent` has; a paper's book has the parent's title.
    func inheriting(_ parent: RawEntry) -> RawEntry {
        var entry = self
        var inherited = parent.fields
        for name in ["title", "subtitle", "crossref", "author"] { inherited[name] = nil }
        if let title = parent.fields["title"] { inherited["booktitle"] = inherited["booktitle"] ?? title }
        if entry.fields["date"] != nil || entry.fields["year"] != nil {
            (inherited["date"], inherited["year"]) = (nil, nil)
        }
        entry.fields.merge(inherited) { own, _ in own }
        return entry
    }
}
