/// The dictionary in a `.npy` header, `{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }`, read from its front.
struct PythonDictionary {
    private(set) var isFortranOrder = false
    private(set) var shape: [Int] = []

    private var rest: ArraySlice<UInt8>
    private let path: String
    /// Where in the file the byte with index 0 lies.
    private let offset: Int

    init(_ bytes: ArraySlice<UInt8>, path: String, offset: Int) {
        rest = bytes
        self.path = path
        self.offset = offset - bytes.startIndex
    }

    /// Reads all of it.
    /// - Returns: what `descr` is.
    mutating func fields() throws(DataError) -> String {
        var description: String?
        var seen: Set<String> = []
        try expect("{")
        while !skip("}") {
            let name = try string()
            guard seen.insert(name).inserted else { throw error("its header gives \(quoted(name)) twice") }
            try expect(":")
            switch name {
            case "descr": description = try typeDescription()
            case "fortran_order": isFortranOrder = try truth()
            case "shape": shape = try integers()
            default: throw error("its header gives an unknown \(quoted(name))")
            }
            if !skip(",") {
                try expect("}")
                break
            }
        }
        skipSpace()
        guard rest.isEmpty else { throw error("its header goes on after its end") }
        for name in ["descr", "fortran_order", "shape"] where !seen.contains(name) {
            throw error("its header gives no `\(name)`")
        }
        return description ?? ""
    }

    private mutating func typeDescription() throws(DataError) -> String {
        skipSpace()
        if rest.first == UInt8(ascii: "[") || rest.first == UInt8(ascii: "(") {
            throw error("it is an array of records", cure: "save each of their fields for itself")
        }
        return try string()
    }

    private mutating func string() throws(DataError) -> String {
        skipSpace()
        guard let mark = rest.popFirst(), mark == UInt8(ascii: "'") || mark == UInt8(ascii: "\"") else {
            throw error("its header has no quotation mark where one is expected")
        }
        let bytes = rest.prefix { $0 != mark && $0 != UInt8(ascii: "\\") }
        rest = rest.dropFirst(bytes.count)
        guard rest.popFirst() == mark, let text = String(validating: bytes, as: UTF8.self) else {
            throw error("its header has a string that does not end, or holds an escape")
        }
        return text
    }

    private mutating func truth() throws(DataError) -> Bool {
        if skip("True") { return true }
        guard skip("False") else { throw error("its header says neither True nor False of `fortran_order`") }
        return false
    }

    private mutating func integers() throws(DataError) -> [Int] {
        try expect("(")
        var result: [Int] = []
        while !skip(")") {
            skipSpace()
            let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            guard let value = Int(String(decoding: digits, as: UTF8.self)), result.count < 64 else {
                throw error("its header has no shape of an array")
            }
            rest = rest.dropFirst(digits.count)
            // Python 2 writes long integers so.
            _ = rest.first == UInt8(ascii: "L") && skip("L")
            result.append(value)
            if !skip(",") {
                try expect(")")
                break
            }
        }
        return result
    }

    private mutating func expect(_ mark: String) throws(DataError) {
        if !skip(mark) { throw error("its header has no `\(mark)` where one is expected") }
    }

    private mutating func skip(_ word: String) -> Bool {
        skipSpace()
        guard rest.starts(with: word.utf8) else { return false }
        rest = rest.dropFirst(word.utf8.count)
        return true
    }

    private mutating func skipSpace() { rest = rest.drop { [0x20, 0x09, 0x0A, 0x0D].contains($0) } }

    func error(_ cause: String, cure: String = "write it by numpy.save") -> DataError {
        DataError(path, at: .byte(offset + rest.startIndex), cause, cure: cure)
    }
}
