/// Reads BibTeX, strictly: what it does not know is an error, never left out.
///
/// The subset: entries of the kinds of ``BibliographyEntry/Kind`` in braces, with fields in braces, in quotes or as a
/// number; lines that begin with `%` between entries. No `@string`, no `#`.
struct BibTeXReader {
    private let scalars: [Unicode.Scalar]
    private var index = 0
    private var line = 1
    private var lineStart = 0
    /// Counts bytes, as everywhere.
    private var column = 1
    private(set) var entries: [BibliographyEntry] = []
    private(set) var diagnostics: [Diagnostic] = []
    private var places: [String: Int] = [:]
    private static let mostDiagnostics = 100

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
        while skipToEntry() {
            do throws(Failure) {
                let entry = try entry()
                entries.append(entry)
            } catch {
                tell(error)
                skipRestOfEntry()
            }
        }
    }

    /// Keeps what is wrong; where that is too much for anyone to read, reading ends.
    private mutating func tell(_ failure: Failure) {
        diagnostics.append(Diagnostic(.error, at: failure.position, failure.message))
        guard diagnostics.count == BibTeXReader.mostDiagnostics else { return }
        diagnostics.append(Diagnostic(.error, at: position, "so much is wrong above that what follows is not read"))
        index = scalars.count
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
        while let scalar = next, scalar.isASCII,
            scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                || "_:.+/-".unicodeScalars.contains(scalar)
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

    /// Goes to the next `@`; what stands before it can only be a comment.
    private mutating func skipToEntry() -> Bool {
        while true {
            skipSpace()
            guard let scalar = next else { return false }
            if scalar == "@" { return true }
            if scalar != "%" { tell(failure("expected an entry such as `@article{…}`; a comment begins with %")) }
            while let scalar = next, scalar != "\n" { take() }
        }
    }

    /// After an error: an `@` at a line's start begins the next entry.
    private mutating func skipRestOfEntry() {
        while next != nil, !(next == "@" && index == lineStart) { take() }
    }

    private mutating func entry() throws(Failure) -> BibliographyEntry {
        let start = position
        take()
        let kindName = try word("the entry's kind").lowercased()
        guard let kind = BibliographyEntry.Kind(rawValue: kindName) else {
            let known = BibliographyEntry.Kind.allCases.map(\.rawValue)
            throw Failure(
                position: start,
                message: "unknown kind of entry `@\(kindName)`; \(suggestion(for: kindName, in: known))")
        }
        try expect("{", "after `@\(kindName)`")
        skipSpace()
        let keyPlace = position
        let key = try word("the entry's key")
        if let problem = complaint(about: key) { throw Failure(position: keyPlace, message: problem) }
        places[key] = keyPlace.line
        var fields: [String: Field] = [:]
        while true {
            skipSpace()
            if next == "}" { break }
            try expect(",", "or `}` after what stands before")
            skipSpace()
            if next == "}" { break }
            let (name, field) = try field(of: kind, known: fields)
            fields[name] = field
        }
        take()
        return try BibliographyEntry(kind: kind, key: key, fields: fields, position: start)
    }

    private func complaint(about key: String) -> String? {
        if let earlier = places[key] { return "the key `\(key)` is taken by the entry on line \(earlier)" }
        if let kind = CrossReference.Kind(label: key) {
            return
                "the key `\(key)` reads as a reference to a \(kind): choose one without `\(kind.rawValue)-` before it"
        }
        let isCitable = key.first?.isLetter == true && key.last.map { $0.isLetter || $0.isNumber } == true
        return isCitable ? nil : "a key begins with a letter and ends with a letter or digit, such as hinton2015"
    }

    private mutating func field(
        of kind: BibliographyEntry.Kind, known: [String: Field]
    ) throws(Failure) -> (String, Field) {
        let place = position
        let name = try word("a field's name").lowercased()
        guard BibliographyEntry.fieldNames.contains(name) else {
            throw Failure(
                position: place,
                message: "unknown field `\(name)`; \(suggestion(for: name, in: BibliographyEntry.fieldNames))")
        }
        guard known[name] == nil else {
            throw Failure(position: place, message: "the field `\(name)` stands here twice")
        }
        try expect("=", "after `\(name)`")
        skipSpace()
        return (name, Field(value: try value(of: name), position: place))
    }

    private mutating func value(of name: String) throws(Failure) -> String {
        let start = position
        switch next {
        case "{": return try delimited(by: "}", from: start, name)
        case "\"": return try delimited(by: "\"", from: start, name)
        default:
            let number = try word("a value in braces")
            guard number.allSatisfy(\.isNumber) else {
                throw Failure(position: start, message: "the value of `\(name)` must stand in braces or be a number")
            }
            return number
        }
    }

    /// What stands up to the closing mark, inner braces kept.
    private mutating func delimited(
        by closing: Unicode.Scalar, from start: SourcePosition, _ name: String
    ) throws(Failure) -> String {
        take()
        var value = String.UnicodeScalarView()
        var depth = 0
        while let scalar = next {
            if scalar == closing && depth == 0 {
                take()
                return String(value)
            }
            // The next entry begins: the value was not closed.
            if scalar == "@" && index == lineStart { break }
            if scalar == "{" { depth += 1 }
            if scalar == "}" { depth -= 1 }
            if depth < 0 { throw failure("`}` closes nothing in the value of `\(name)`") }
            value.append(scalar)
            take()
            if scalar == "\\", let escaped = next {
                value.append(escaped)
                take()
            }
        }
        throw Failure(position: start, message: "the value of `\(name)` is never closed: `\(closing)` is missing")
    }
}
