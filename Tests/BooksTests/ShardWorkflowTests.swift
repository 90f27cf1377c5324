import Foundation
import Testing

@testable import Books

@Suite struct ShardWorkflowTests {
    private func workflow(
        inputs: String = "Data/t.csv, Data/gone.csv", edition: String = "default", results: String = "results",
        parts: Int = 3
    ) throws -> String {
        let matter = "---\ninputs: [\(inputs)]\neditions: {large: {inputs: [Data/u.csv]}}\n---\n\ntext\n"
        let book = try BookOnDisk([
            "Notebooks/n.md": matter, "Notebooks/book.yml": "title: B\n", "Data/t.csv": "1\n", "Data/u.csv": "2\n",
            "Data/é{x}.csv": "3\n",
        ])
        let edition = try BookEdition(
            edition, of: book.book, settings: [:], installation: book.renderer.installation)
        return try ShardWorkflow(of: ["Notebooks/n.md"], in: edition, results: results, parts: parts).text
    }

    @Test func `a workflow names the notebook's files, edition and parts, and is the same each time`() throws {
        let text = try workflow()
        #expect(text.contains("    \"n\": [\"Notebooks/n.md\", \"Notebooks/book.yml\", \"Data/t.csv\"],\n"))
        #expect(text.contains("\nPARTS = 3\n") && text.contains("\nRESULTS = \"results\"\n"))
        #expect(text.contains("ROUNDS = RESULTS + \"/rounds/default\"\n"))
        #expect(try workflow() == text)
        let large = try workflow(edition: "large")
        #expect(large.contains("[\"--edition\", \"large\"]") && large.contains("\"Data/u.csv\"],\n"))
    }

    @Test func `no name breaks out of its place in the workflow`() throws {
        let text = try workflow(inputs: "'Data/é{x}.csv'", results: "re\"sults\n\\")
        #expect(text.contains("\"Data/\\U000000e9{x}.csv\"],\n"))
        #expect(text.contains("\nRESULTS = \"re\\\"sults\\U0000000a\\\\\"\n"))
        #expect(text.utf8.allSatisfy { $0 < 0x80 })
    }

    @Test func `there is at least one part`() {
        #expect(throws: UsageError.self) { try workflow(parts: 0) }
    }
}
