import CellSyntax
import Testing

/// Compilers and debuggers name places in the transformed code; these must be the places in the cell.
@Suite struct PlaceTests {
    @Test(arguments: [
        "a", "a\n", "let a = 1\na + 1\n", "let a = 1; a", "let é = \"👩‍👩‍👧‍👦\"; é\n", "\tlet a = 1\n\ta\n",
        "// c\n\n\na\n// e\n",
        "xs\n    .map { $0 }\n    // between\n    .filter { $0 }\n\n", "\"\"\"\n  a\n  \\(b)\n  \"\"\"",
        "f {\n    1\n} other: {\n    2\n}\n",
        "let a = 1\r\nlet b = 2\r\na + b\r\n// end\r\n", "import A\nlet a = 1\n", "", "\n\n", "  a", "let a = 1\n",
        "let a = 1\na +\n",
        "/* a\n b */ a\n", "/* a */ let b = 1; /* c\n */ b\n",
    ])
    func everyTokenKeepsItsLineAndColumn(code: String) {
        let transformed = CellSource(code).module(in: ProgramContext(file: "cell-1")).text
        #expect(presumedBytes(transformed) == bytes(code, firstLine: CellSource.firstLine), "\(transformed)")
    }

    @Test(arguments: ["a // c\n// d\n", "let b = 1\na /* c\n d */ // e\n", "a;\n", "a ; // c\n"])
    func whatFollowsTheLastExpressionKeepsItsLine(code: String) {
        let transformed = CellSource(code).module(in: ProgramContext(file: "cell-1")).text
        func comments(_ places: [Place: UInt8]) -> [Int: [UInt8]] {
            Dictionary(grouping: places.sorted { $0.key.column < $1.key.column }, by: \.key.line).mapValues { line in
                line.map(\.value).filter { $0 != UInt8(ascii: ";") }
            }
        }
        #expect(
            comments(presumedBytes(transformed)).mapValues { $0.sorted() }
                == comments(bytes(code, firstLine: CellSource.firstLine)).mapValues { $0.sorted() }, "\(transformed)")
    }

    @Test func theFilesNameIsOnEveryLocation() {
        let transformed = CellSource("let a = 1\na").module(in: ProgramContext(file: "cell-7")).text
        #expect(
            transformed.split(separator: "\n").filter { $0.hasPrefix("#sourceLocation(file: \"cell-7\", line: ") }.count
                == 4)
    }

    private struct Place: Hashable {
        let line: Int
        let column: Int
    }

    /// Each byte that is no space, by its place.
    private func bytes(_ code: String, firstLine: Int) -> [Place: UInt8] {
        var result: [Place: UInt8] = [:]
        for (index, line) in lines(code).enumerated() {
            for (column, byte) in line.enumerated() where byte > 0x20 {
                result[Place(line: firstLine + index, column: column + 1)] = byte
            }
        }
        return result
    }

    /// Each byte of `transformed` that is no space and stems from the cell, by the place a compiler would give.
    private func presumedBytes(_ transformed: String) -> [Place: UInt8] {
        var result: [Place: UInt8] = [:]
        var number = 1
        let ours: Set<Substring> = ["_kdbookShow(", "package", "nonisolated(unsafe)", "@_exported"]
        for (index, line) in lines(transformed).enumerated() {
            let text = String(decoding: line, as: UTF8.self)
            if let match = text.wholeMatch(of: /#sourceLocation\(file: "cell-1", line: (\d+)\)/) {
                number = (Int(match.1) ?? 0) - 1
            } else if !text.split(separator: " ").allSatisfy(ours.contains), text != ")" || index == 0 {
                for (column, byte) in line.enumerated() where byte > 0x20 {
                    result[Place(line: number, column: column + 1)] = byte
                }
            }
            number += 1
        }
        return result
    }

    /// The lines of `text`, ended by `\n`, `\r\n` or `\r`, as the Swift compiler counts them.
    private func lines(_ text: String) -> [[UInt8]] {
        text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }.map { Array($0.utf8) }
    }
}
