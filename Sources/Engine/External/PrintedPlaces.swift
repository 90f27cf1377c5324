/// On which pages the named places of a printed PDF file are.
///
/// Chromium names each place that a link within the page leads to. It writes objects one by one, with a table of where they lie, and
/// no object in a compressed stream; of another file nothing is told.
///
/// Source: ISO 32000-1, 7.3 (objects), 7.5.4 (cross-reference table), 7.7.3 (page tree), 12.3.2 (destinations).
public struct PrintedPlaces: Sendable {
    /// The page of each place, counted from 1, by the place's name.
    public private(set) var pages: [String: Int] = [:]
    /// How many pages there are.
    public private(set) var pageCount = 0

    private static let deepestTree = 40

    /// - Returns: `nil` where the file is not as Chromium writes it.
    public init?(_ pdf: [UInt8]) {
        let file = PDFFile(pdf)
        guard let catalog = file.catalog, case .dictionary(let root)? = file.object(catalog), let tree = root["Pages"]
        else {
            return nil
        }
        var numbers: [Int: Int] = [:]
        var visited: Set<Int> = []
        func visit(_ value: PDFValue, depth: Int) {
            guard case .reference(let number) = value, depth < Self.deepestTree, visited.insert(number).inserted,
                case .dictionary(let node)? = file.object(number)
            else { return }
            if case .list(let kids)? = node["Kids"] {
                for kid in kids { visit(kid, depth: depth + 1) }
            } else {
                numbers[number] = numbers.count + 1
            }
        }
        visit(tree, depth: 0)
        pageCount = numbers.count
        guard let named = root["Dests"], case .dictionary(let places)? = file.resolved(named) else { return }
        for (name, place) in places {
            if case .list(let parts)? = file.resolved(place), case .reference(let page)? = parts.first {
                pages[name] = numbers[page]
            }
        }
    }
}

/// A value in a PDF file, as far as places need it.
private enum PDFValue {
    case name(String)
    case number(Double)
    case reference(Int)
    case list([PDFValue])
    case dictionary([String: PDFValue])
    case other
}

/// A PDF file's objects by their numbers.
private struct PDFFile {
    private let bytes: [UInt8]
    private var places: [Int: Int] = [:]
    private(set) var catalog: Int?
    private static let mostObjects = 10_000_000

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        guard let mark = bytes.lastRange(of: Array("startxref".utf8)) else { return }
        var reader = PDFReader(bytes, at: mark.upperBound)
        guard case .number(let start)? = reader.value(), let table = Int(exactly: start) else { return }
        reader = PDFReader(bytes, at: table)
        guard reader.take("xref") else { return }
        while case .number(let first)? = reader.number(), case .number(let count)? = reader.number() {
            guard let first = Int(exactly: first), (0...PDFFile.mostObjects).contains(first) else { return }
            for index in 0..<Int(max(0, min(count, Double(PDFFile.mostObjects)))) {
                guard case .number(let place)? = reader.number(), case .number? = reader.number() else { return }
                let isUsed = reader.take("n")
                if !isUsed, !reader.take("f") { return }
                if isUsed { places[first + index] = Int(exactly: place) }
            }
        }
        guard reader.take("trailer"), case .dictionary(let trailer)? = reader.value(),
            case .reference(let root)? = trailer["Root"]
        else { return }
        catalog = root
    }

    func object(_ number: Int) -> PDFValue? {
        guard let place = places[number] else { return nil }
        var reader = PDFReader(bytes, at: place)
        guard case .number? = reader.number(), case .number? = reader.number(), reader.take("obj") else { return nil }
        return reader.value()
    }

    func resolved(_ value: PDFValue) -> PDFValue? {
        if case .reference(let number) = value { object(number) } else { value }
    }
}

/// Reads values from the front of a place in a PDF file.
private struct PDFReader {
    private let bytes: [UInt8]
    private var at: Int
    private static let deepest = 30

    init(_ bytes: [UInt8], at place: Int) {
        self.bytes = bytes
        at = max(0, min(place, bytes.count))
    }

    private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

    private mutating func skipBlanks() {
        while let byte = next, byte <= 32 { at += 1 }
    }

    mutating func take(_ word: String) -> Bool {
        skipBlanks()
        guard bytes[at...].starts(with: word.utf8) else { return false }
        at += word.utf8.count
        return true
    }

    mutating func number() -> PDFValue? {
        skipBlanks()
        let start = at
        while let byte = next, (48...57).contains(byte) || byte == 45 || byte == 46 || byte == 43 { at += 1 }
        return Double(String(decoding: bytes[start..<at], as: UTF8.self)).map(PDFValue.number)
    }

    mutating func value(depth: Int = 0) -> PDFValue? {
        guard depth < Self.deepest else { return nil }
        if take("<<") { return dictionary(depth) }
        if take("[") { return list(depth) }
        if take("/") { return .name(name()) }
        if take("(") { return text() }
        if take("<") {
            while let byte = next, byte != 62 { at += 1 }
            at += 1
            return .other
        }
        let before = at
        guard case .number(let first)? = number() else {
            at = before
            return word()
        }
        let behind = at
        if case .number? = number(), take("R"), let number = Int(exactly: first) { return .reference(number) }
        at = behind
        return .number(first)
    }

    /// `true`, `null` and the like.
    private mutating func word() -> PDFValue? {
        let start = at
        while let byte = next, (97...122).contains(byte) { at += 1 }
        return at > start ? .other : nil
    }

    private mutating func dictionary(_ depth: Int) -> PDFValue? {
        var members: [String: PDFValue] = [:]
        while !take(">>") {
            guard take("/") else { return nil }
            let name = name()
            guard let value = value(depth: depth + 1) else { return nil }
            members[name] = value
        }
        return .dictionary(members)
    }

    private mutating func list(_ depth: Int) -> PDFValue? {
        var elements: [PDFValue] = []
        while !take("]") {
            guard let value = value(depth: depth + 1) else { return nil }
            elements.append(value)
        }
        return .list(elements)
    }

    /// What stands behind a slash: `#2F` is a character by its number.
    private mutating func name() -> String {
        var name: [UInt8] = []
        while let byte = next, byte > 32, !"()<>[]{}/%".utf8.contains(byte) {
            at += 1
            if byte == 35, at + 2 <= bytes.count,
                let code = UInt8(String(decoding: bytes[at..<at + 2], as: UTF8.self), radix: 16)
            {
                name.append(code)
                at += 2
            } else {
                name.append(byte)
            }
        }
        return String(decoding: name, as: UTF8.self)
    }

    private mutating func text() -> PDFValue {
        var depth = 1
        while depth > 0, let byte = next {
            at += byte == 92 ? 2 : 1
            if byte == 40 { depth += 1 }
            if byte == 41 { depth -= 1 }
        }
        return .other
    }
}

extension [UInt8] {
    fileprivate func lastRange(of mark: [UInt8]) -> Range<Int>? {
        guard count >= mark.count else { return nil }
        return stride(from: count - mark.count, through: 0, by: -1).first {
            self[$0..<$0 + mark.count].elementsEqual(mark)
        }
        .map { $0..<$0 + mark.count }
    }
}
