import Notebook
import Publishing
import Testing

@Suite struct ProvenanceTests {
    private func foot(_ provenance: Provenance, _ record: Record?) throws -> String {
        let html = weave(
            try notebook("prose\n"), record: record, problems: [], provenance: provenance, outline: [],
            bibliography: Bibliography())
        let start = try #require(html.firstRange(of: "<footer>"))
        return String(html[start.lowerBound...])
    }

    @Test func theFootSaysAllThatTheNumbersDependOn() throws {
        let provenance = Provenance(
            key: "00ff", compiler: "Swift 6", edition: "quick", instructionSet: "avx512", sandbox: "on")
        let record = Record(
            notebook: "n", edition: "quick", parameters: ["seed": "7", "epochs": "3"],
            inputs: [Record.Input(path: "Data/a<b>.csv", sha256: "12ab")], cells: [])
        let foot = try foot(provenance, record)
        let entries = [
            "<dt>Key</dt><dd><code>00ff</code></dd>", "<dt>Edition</dt><dd>quick</dd>",
            "<dt>Compiler</dt><dd>Swift 6</dd>", "<dt>Instructions</dt><dd>AVX-512</dd>", "<dt>Sandbox</dt><dd>on</dd>",
            "<dt>Parameters</dt>", ">epochs</th><td><code>3</code>", ">seed</th><td><code>7</code>",
            "<dt>Inputs, SHA-256</dt>", ">Data/a&lt;b&gt;.csv</th><td><code>12ab</code>",
        ]
        var rest = foot[...]
        for entry in entries {
            let place = try #require(rest.firstRange(of: entry), "\(entry) is missing, or not in order: \(foot)")
            rest = rest[place.upperBound...]
        }
    }

    @Test func whatIsNotKnownIsNotSaid() throws {
        let foot = try foot(provenance, nil)
        for term in ["Instructions", "Sandbox", "Parameters", "Inputs"] { #expect(!foot.contains("<dt>\(term)")) }
    }
}
