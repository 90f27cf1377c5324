/// The header of a safetensors file, read strictly: JSON of just this form, every name once.
struct SafetensorsHeader {
    struct Entry {
        var name: String
        var type = ""
        var shape: [Int] = []
        var begin = 0
        var end = 0
    }

    struct Problem: Error {
        let reason: String
    }

    private(set) var entries: [Entry] = []
    private(set) var metadata: [String: String] = [:]

    init(parsing bytes: ArraySlice<UInt8>) throws(Problem) {
        var text = HeaderText(bytes)
        var names: Set<String> = []
        try text.object { text, name throws(Problem) in
            guard names.insert(name).inserted else { throw Problem(reason: "has two entries named `\(name)`") }
            if name == "__metadata__" {
                metadata = try Self.metadata(&text)
            } else {
                entries.append(try Self.entry(name, &text))
            }
        }
        try text.end()
    }

    private static func metadata(_ text: inout HeaderText) throws(Problem) -> [String: String] {
        var result: [String: String] = [:]
        try text.object { text, key throws(Problem) in
            guard result[key] == nil else { throw Problem(reason: "has two entries named `\(key)` in its metadata") }
            result[key] = try text.string()
        }
        return result
    }

    private static func entry(_ name: String, _ text: inout HeaderText) throws(Problem) -> Entry {
        var entry = Entry(name: name)
        var seen: Set<String> = []
        try text.object { text, key throws(Problem) in
            guard seen.insert(key).inserted else { throw Problem(reason: "gives `\(key)` of `\(name)` twice") }
            switch key {
            case "dtype": entry.type = try text.string()
            case "shape": entry.shape = try text.integers()
            case "data_offsets":
                let offsets = try text.integers()
                guard offsets.count == 2 else {
                    throw Problem(reason: "gives \(offsets.count) data_offsets of `\(name)`, not 2")
                }
                (entry.begin, entry.end) = (offsets[0], offsets[1])
            default: throw Problem(reason: "gives an unknown `\(key)` of `\(name)`")
            }
        }
        for key in ["dtype", "shape", "data_offsets"] where !seen.contains(key) {
            throw Problem(reason: "gives no `\(key)` of `\(name)`")
        }
        return entry
    }
}

/// JSON text that is read from its front.
struct HeaderText {
    typealias Problem = SafetensorsHeader.Problem

    private var rest: ArraySlice<UInt8>
    private let start: Int

    init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
        start = bytes.startIndex
    }

    /// Reads an object; `member` reads the value behind each name.
    mutating func object(_ member: (inout HeaderText, String) throws(Problem) -> Void) throws(Problem) {
        try expect("{")
        if skip("}") { return }
        repeat {
            let name = try string()
            try expect(":")
            try member(&self, name)
        } while skip(",")
        try expect("}")
    }

    /// Reads an array of integers that are not negative.
    mutating func integers() throws(Problem) -> [Int] {
        try expect("[")
        if skip("]") { return [] }
        var result: [Int] = []
        repeat { result.append(try integer()) } while skip(",")
        try expect("]")
        return result
    }

    private mutating func integer() throws(Problem) -> Int {
        skipSpace()
        let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard let value = Int(String(decoding: digits, as: UTF8.self)) else { throw unexpected("an integer") }
        rest = rest.dropFirst(digits.count)
        return value
    }

    mutating func string() throws(Problem) -> String {
        try expect("\"")
        var bytes: [UInt8] = []
        while let byte = rest.popFirst(), byte != UInt8(ascii: "\"") {
            if byte == UInt8(ascii: "\\") {
                bytes += try escaped().utf8
            } else {
                guard byte >= 0x20 else { throw unexpected("a character of a string") }
                bytes.append(byte)
            }
            if rest.isEmpty { throw unexpected("the end of a string") }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Problem(reason: "holds a string that is not UTF-8")
        }
        return text
    }

    private mutating func escaped() throws(Problem) -> String {
        let plain: [Character: String] = [
            "\"": "\"", "\\": "\\", "/": "/", "b": "\u{8}", "f": "\u{C}", "n": "\n", "r": "\r", "t": "\t",
        ]
        let mark = rest.popFirst() ?? 0
        if let character = plain[Character(UnicodeScalar(mark))] { return character }
        guard mark == UInt8(ascii: "u") else { throw unexpected("an escape that JSON knows") }
        let high = try fourDigits()
        guard (0xD800..<0xDC00).contains(high) else { return String(decoding: [high], as: UTF16.self) }
        guard rest.popFirst() == UInt8(ascii: "\\"), rest.popFirst() == UInt8(ascii: "u") else {
            throw unexpected("the second half of a character")
        }
        return String(decoding: [high, try fourDigits()], as: UTF16.self)
    }

    private mutating func fourDigits() throws(Problem) -> UInt16 {
        let digits = rest.prefix(4)
        guard digits.count == 4, let code = UInt16(String(decoding: digits, as: UTF8.self), radix: 16) else {
            throw unexpected("four hexadecimal digits")
        }
        rest = rest.dropFirst(4)
        return code
    }

    /// Nothing but spaces may be left.
    mutating func end() throws(Problem) {
        skipSpace()
        if !rest.isEmpty { throw unexpected("its end") }
    }

    private mutating func expect(_ mark: Character) throws(Problem) {
        if !skip(mark) { throw unexpected("`\(mark)`") }
    }

    private mutating func skip(_ mark: Character) -> Bool {
        skipSpace()
        guard let byte = rest.first, byte == mark.asciiValue else { return false }
        rest = rest.dropFirst()
        return true
    }

    private mutating func skipSpace() { rest = rest.drop { [0x20, 0x09, 0x0A, 0x0D].contains($0) } }

    private func unexpected(_ wanted: String) -> Problem {
        Problem(reason: "is not as it should be at byte \(rest.startIndex - start): \(wanted) is expected")
    }

    /// `text` as a JSON string.
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
