import Notebook
import Testing

/// What an author could write by mistake, or on purpose, so that reading it would not end: each is one clear error.
@Suite(.timeLimit(.minutes(2))) struct BoundsTests {
    private func problems(_ text: String) -> [String] {
        Notebook.parsed(text, name: "n", path: "n.md").diagnostics.map { $0.rendered(file: "n.md") }
    }

    private func cell(_ code: String) -> String { "text\n\n```swift\nlet a = 1\n\(code)\n```\n" }

    private func nested(_ opening: String, _ closing: String, _ depth: Int) -> String {
        String(repeating: opening, count: depth) + "1" + String(repeating: closing, count: depth)
    }

    @Test(arguments: ["1e300", "1e300m", "1e17", "2592001", "inf"])
    func `a time that no clock counts is no time`(time: String) {
        for matter in ["timeout: \(time)", "limits: {time: \(time)}", "editions: {e: {timeout: \(time)}}"] {
            let problems = problems("---\n\(matter)\n---\n")
            #expect(problems.count == 1 && problems[0].contains("expected a time"), "\(problems)")
            #expect(problems.allSatisfy { $0.hasPrefix("n.md:2:") })
        }
    }

    @Test(arguments: ["memory: 999999999999 GB", "output: 2000000 GB", "file: 1e18", "processes: 9223372036854775807"])
    func `a limit beyond all machines is no limit`(limit: String) {
        let problems = problems("---\nlimits: {\(limit)}\n---\n")
        #expect(problems.count == 1 && problems[0].hasPrefix("n.md:2:"), "\(problems)")
    }

    @Test(arguments: [("> ", ""), (">", ""), ("- ", ""), ("1. ", ""), ("> - ", ""), ("*a ", "a*"), ("![", "](b)")])
    func `prose nested without end is told at its line`(opening: String, closing: String) {
        let problems = problems("text\n\n" + nested(opening, closing, 10_000) + "\n")
        #expect(problems.count == 1, "\(problems)")
        #expect(problems.first?.hasPrefix("n.md:3:1: error: prose is nested more than 100 deep") == true, "\(problems)")
    }

    @Test func `a list that goes in line by line without end is told of`() {
        let list = (0..<1500).map { String(repeating: "  ", count: $0) + "- a\n" }.joined()
        #expect(problems(list).first?.contains("prose is nested more than 100 deep") == true)
    }

    @Test func `prose that opens thousands of blocks and closes none is read`() {
        for opening in ["<div>\n\n", "<details>\n\n", "<div><p>", "[", "![", "`", "``` \n\n", "$$ ", "[^1]: a\n\n"] {
            _ = problems("text\n\n" + String(repeating: opening, count: 20_000))
        }
    }

    @Test func `a table of thousands of columns, whose rows would all be filled, is told at its rule`() {
        let rule = String(repeating: "-|", count: 3000)
        let problems = problems(
            String(repeating: "a|", count: 3000) + "\n\(rule)\n" + String(repeating: "x\n", count: 3000))
        #expect(problems == ["n.md:2:1: error: a table may have 200 columns: show a wider one by a cell"])
    }

    @Test func `a line of thousands of inline values is told of once`() {
        let problems = problems("a\n\n" + String(repeating: "`{swift} 1` ", count: 3000))
        #expect(problems == ["n.md:3:1: error: a line may have 100 inline values: break it"])
    }

    @Test func `what people write is in bounds`() {
        let rule = String(repeating: "- ", count: 300)
        let table = "+" + String(repeating: "-", count: 300) + "+\n"
        let lists = (0..<20).map { String(repeating: "  ", count: $0) + "- a\n" }.joined()
        #expect(
            problems("\(rule)\n\n\(table)\n\(lists)\n> > > a\n\n" + String(repeating: "*", count: 300) + "\n") == [])
    }

    @Test(arguments: [("(", ")"), ("{", "}"), ("f(", ")"), ("f { ", " }"), ("({", "})"), ("a[", "]"), ("\n(", ")")])
    func `brackets nested without end are told at their place`(opening: String, closing: String) {
        let problems = problems(cell(nested(opening, closing, 10_000)))
        #expect(problems.count == 1 && problems[0].contains("brackets stand more than 100 deep"), "\(problems)")
        #expect(problems.allSatisfy { $0.hasPrefix("n.md:") && !$0.hasPrefix("n.md:1:") })
    }

    @Test(arguments: ["let b = [", "let b: [", "let b = a<[", "f([", "let b = [(["])
    func `arrays that begin with arrays are told before they are read twice as often each`(opening: String) {
        let problems = problems(cell(opening + nested("[", "]", 40)))
        #expect(problems.count == 1 && problems[0].contains("arrays begin with arrays"), "\(problems)")
        #expect(problems.allSatisfy { $0.hasPrefix("n.md:5:") })
    }

    @Test func `a chain of angles is told at its place`() {
        let problems = problems(cell("let b = " + String(repeating: "a<", count: 1000) + "b"))
        #expect(problems.count == 1 && problems[0].contains("more than 64 `<` are open"), "\(problems)")
    }

    @Test func `a name of 300 kB is told at its place, in few words`() {
        let name = String(repeating: "n", count: 300_000)
        let problems = problems(cell("let \(name) = 1"))
        #expect(problems == ["n.md:5:5: error: a name or a number may have 1000 bytes, this has 300000"])
        let options = self.problems("```swift\n//| \(name): 1\n1\n```\n") + self.problems("---\n\(name): 1\n---\n")
        #expect(options.count == 2)
    }

    @Test func `an operator of a hundred thousand symbols is an error, one of a thousand is none`() {
        func code(_ count: Int) -> String { "```swift\nlet a = \(String(repeating: "-", count: count))1\n```\n" }
        #expect(problems(code(1000)) == [])
        #expect(
            problems(code(100_000)).map { $0.hasSuffix("an operator may have 1000 bytes, this has more") } == [true])
        #expect(problems("```swift\n// \(String(repeating: "-", count: 5000))\n```\n") == [])
    }

    @Test func `code that people write is in bounds`() {
        let rows = (0..<2000).map { "[\($0), 1.5, \"[[[[\", 3]" }.joined(separator: ", ")
        let comparisons = (0..<200).map { "check(a < \($0))\nif a < b, c < d { f(a<b) }\n" }.joined()
        let codes = [
            "let m = [\(rows)]", "let cube: [[[[Double]]]] = [[[[1, 2], [3, 4]], [[5, 6], [7, 8]]]]", comparisons,
            "let s = \"" + String(repeating: "x", count: 50_000) + "\" // " + String(repeating: "(", count: 500),
            "let t = \"\"\"\n" + String(repeating: "([{<", count: 500) + "\n\"\"\"\nlet r = #\"\"(([[\"\"#",
            nested("if true { ", " }", 60),
            "let d: [String: [String: [String: [Int]]]] = [\"a\": [\"b\": [\"c\": [1]]]]",
            String(repeating: "/* ([{ */ ", count: 200),
        ]
        for code in codes { #expect(problems(cell(code)) == [], "\(code.prefix(80))") }
    }

    @Test(arguments: ["[", "{a: ", "- ", "[[{b: "])
    func `YAML nested without end is told of`(opening: String) {
        let yaml = "title: " + (opening == "- " ? "\n  " : "") + String(repeating: opening, count: 5000)
        let problems = problems("---\n\(yaml)\n---\n")
        #expect(problems.count == 1 && problems[0].hasPrefix("n.md:"), "\(problems)")
    }

    @Test
    func `names for values of YAML, a few of which stand for more than there is memory for, are told at their place`() {
        let levels = (1..<40).map { "b\($0): &b\($0) [*b\($0 - 1), *b\($0 - 1)]\n" }.joined()
        let problems = problems("---\nb0: &b0 [x]\n\(levels)? *b39\n: 1\n---\n")
        #expect(
            problems == [
                "n.md:2:5: error: a value has no name here (`&`): write it where it is needed, or quote the text"
            ])
        #expect(self.problems("---\ntitle: R&D, salt & pepper\nabstract: \"a &b\"\n---\n") == [])
    }

    @Test func `of a bibliography in which all is wrong, a hundred entries are told, and how many more there are`()
        throws
    {
        for text in ["@article{a, title = {b}}\n", "@a{", "@misc{a, author = {}}\n"] {
            let all = String(repeating: text, count: 20_000)
            let told = try Bibliography(parsing: all, path: "references.bib").warnings
            #expect(!told.isEmpty && told.count <= 101, "\(told.count)")
            #expect(told.count == 1 || told.last?.hasSuffix(" more entries cannot be read") == true)
        }
    }

    @Test func `a bibliography of one long line, or of deep braces, is read`() throws {
        let entries = (0..<4000).map { "@misc{k\($0), author={A B}, title={T}, year={2000}, url={http://a.b}} " }
        _ = try? Bibliography(parsing: entries.joined(), path: "r.bib")
        let deep = String(repeating: "{", count: 50_000) + "T" + String(repeating: "}", count: 50_000)
        _ = try? Bibliography(parsing: "@misc{k, title={\(deep)}, author={A}, year={2000}}", path: "r.bib")
    }
}
