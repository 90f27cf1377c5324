/// What Swift code may be, so that reading it ends: bounds that are found in one pass, before any parser reads it.
///
/// A parser of Swift tries several readings of what may be a type. With each array that begins another its work doubles, and
/// a chain of `<` is read from each of them to its end; what is nested deep fills the stack.
public struct CodeBounds {
    /// The code of a cell, in bytes.
    static let longestCode = 1_000_000
    /// A name, a number or an operator, in bytes.
    static let longestWord = 1000
    /// How deep brackets of all kinds may stand within each other.
    static let deepest = 100
    /// How many `<` may be open where a list of types could begin.
    private static let mostAngles = 64
    /// How often words may be read again together; what is read a few times does not count.
    private static let mostRepeated = 1 << 15

    private struct Level {
        let closing: UInt8
        /// How often a parser may read what stands here.
        var readings: Int
        var angles = 0
    }

    private let bytes: [UInt8]
    private var index = 0
    private var levels = [Level(closing: 0, readings: 1)]
    private var repeated = 0
    /// The last byte that is no space.
    private var before: UInt8 = 0
    /// Where the symbols begin that stand one behind the other up to here.
    private var symbols = 0..<0

    private init(_ code: String) { bytes = Array(code.utf8) }

    /// What of `code` is out of bounds, at its line and column; `nil` where nothing is.
    public static func problem(in code: String) -> Diagnostic? {
        var bounds = CodeBounds(code)
        return bounds.problem()
    }

    private mutating func problem() -> Diagnostic? {
        guard bytes.count <= CodeBounds.longestCode else {
            return failure(at: 0, "the code of a cell may have 1 MB, this has \(bytes.count.asBytes): split the cell")
        }
        while index < bytes.count {
            let start = index
            if let message = step() { return failure(at: start, message) }
        }
        return nil
    }

    private func failure(at offset: Int, _ message: String) -> Diagnostic {
        let lines = bytes[..<offset].split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let position = SourcePosition(line: lines.count, column: (lines.last?.count ?? 0) + 1)
        return Diagnostic(.error, at: position, message)
    }

    /// Passes a word, a bracket, a comment or a string; says what is out of bounds.
    private mutating func step() -> String? {
        let byte = bytes[index]
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
            index += 1
            return nil
        case UInt8(ascii: "/") where follows("//") || follows("/*"):
            skipComment()
            return nil
        case UInt8(ascii: "\""),
            UInt8(ascii: "#") where opensString:
            skipString()
            levels[levels.count - 1].readings = 1
        case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
            return open(byte)
        case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
            close(byte)
        case UInt8(ascii: "<"):
            index += 1
            levels[levels.count - 1].angles += 1
            if levels[levels.count - 1].angles > CodeBounds.mostAngles {
                return "more than \(CodeBounds.mostAngles) `<` are open: give names to what stands between them"
            }
        case _ where CodeBounds.isOfWord(byte): return word()
        default:
            index += 1
            separate(byte)
            symbols = (symbols.upperBound == index - 1 ? symbols.lowerBound : index - 1)..<index
            before = byte
            return symbols.count <= CodeBounds.longestWord
                ? nil : "an operator may have \(CodeBounds.longestWord) bytes, this has more"
        }
        before = byte
        return nil
    }

    private func follows(_ text: StaticString) -> Bool {
        index + 1 < bytes.count && bytes[index + 1] == text.utf8Start[1]
    }

    static func isOfWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
            true
        default: false
        }
    }

    private mutating func word() -> String? {
        let start = index
        while index < bytes.count, CodeBounds.isOfWord(bytes[index]) { index += 1 }
        before = bytes[start]
        guard index - start <= CodeBounds.longestWord else {
            return "a name or a number may have \(CodeBounds.longestWord) bytes, this has \(index - start)"
        }
        // A number begins no type.
        if bytes[start] <= UInt8(ascii: "9") { levels[levels.count - 1].readings = 1 }
        return readAgain(levels[levels.count - 1].readings)
    }

    private mutating func open(_ byte: UInt8) -> String? {
        guard levels.count <= CodeBounds.deepest else {
            return
                "brackets stand more than \(CodeBounds.deepest) deep in each other: move the inner ones to a function"
        }
        var readings = levels[levels.count - 1].readings
        // A subscript's bracket stands at what it belongs to, and begins no array.
        let isSubscript = index > 0 && (CodeBounds.isOfWord(bytes[index - 1]) || bytes[index - 1] == UInt8(ascii: ")"))
        if byte == UInt8(ascii: "[") && !isSubscript { readings *= before == UInt8(ascii: "<") ? 4 : 2 }
        if byte == UInt8(ascii: "{") {
            // No type has a brace.
            levels[levels.count - 1].angles = 0
            readings = 1
        }
        levels.append(Level(closing: byte == UInt8(ascii: "(") ? UInt8(ascii: ")") : byte + 2, readings: readings))
        before = byte
        index += 1
        return readAgain(readings)
    }

    private mutating func readAgain(_ readings: Int) -> String? {
        if readings >= 8 { repeated += readings }
        return repeated > CodeBounds.mostRepeated
            ? "arrays begin with arrays so deep that reading them would take minutes: give the inner ones names" : nil
    }

    private mutating func close(_ byte: UInt8) {
        index += 1
        guard let opened = levels.lastIndex(where: { $0.closing == byte }) else { return }
        levels.removeSubrange(opened...)
    }

    /// What a comma, a colon, an operator or the like ends.
    private mutating func separate(_ byte: UInt8) {
        let isInArray = levels[levels.count - 1].closing == UInt8(ascii: "]")
        switch byte {
        case UInt8(ascii: ">"):
            levels[levels.count - 1].angles = max(0, levels[levels.count - 1].angles - 1)
        case UInt8(ascii: "="), UInt8(ascii: ";"), UInt8(ascii: "+"), UInt8(ascii: "*"), UInt8(ascii: "/"),
            UInt8(ascii: "%"), UInt8(ascii: "|"):
            levels[levels.count - 1].angles = 0
            levels[levels.count - 1].readings = 1
        case UInt8(ascii: ",") where isInArray, UInt8(ascii: ":") where isInArray:
            levels[levels.count - 1].readings = 1
        default: break
        }
    }
}

// What stands in comments and strings is not read as code; what stands in `\(…)` is, and is short.
extension CodeBounds {
    private mutating func skipComment() {
        guard follows("/*") else {
            while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { index += 1 }
            return
        }
        var depth = 0
        repeat {
            if bytes[index] == UInt8(ascii: "/") && follows("/*") {
                depth += 1
                index += 2
            } else if bytes[index] == UInt8(ascii: "*") && follows("*/") {
                depth -= 1
                index += 2
            } else {
                index += 1
            }
        } while depth > 0 && index < bytes.count
    }

    private var opensString: Bool {
        var next = index
        while next < bytes.count, bytes[next] == UInt8(ascii: "#") { next += 1 }
        return next < bytes.count && bytes[next] == UInt8(ascii: "\"")
    }

    private mutating func skipString() {
        let start = index
        while bytes[index] == UInt8(ascii: "#") { index += 1 }
        let hashes = index - start
        let quotes = run(of: UInt8(ascii: "\""), at: index, atMost: 3) == 3 ? 3 : 1
        index += quotes
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\n") && quotes == 1 { return }
            if byte == UInt8(ascii: "\\") && hashes == 0 {
                index = min(bytes.count, index + 2)
            } else if byte == UInt8(ascii: "\""), run(of: byte, at: index, atMost: quotes) == quotes,
                run(of: UInt8(ascii: "#"), at: index + quotes, atMost: hashes) == hashes
            {
                index += quotes + hashes
                return
            } else {
                index += 1
            }
        }
    }

    /// How many bytes from `start` on are `byte`, counted up to `most`.
    private func run(of byte: UInt8, at start: Int, atMost most: Int) -> Int {
        var count = 0
        while count < most, start + count < bytes.count, bytes[start + count] == byte { count += 1 }
        return count
    }
}
