import Crates
import Digest
import Notebook
import Testing
import Wire

private func content() throws -> CrateContent {
    let software = CrateContent.Software(
        toolVersion: "1.0.0", toolDigest: String(repeating: "ab", count: 32),
        runtimeDigest: String(repeating: "cd", count: 32), compiler: "Swift 6.3; Target: x86_64",
        packages: [.init(identity: "algorithms", url: "https://example.org/a", version: "1.2.0", revision: "abc")])
    var content = CrateContent(
        title: "A book", abstract: "Of one notebook.", time: CrateTime(secondsSince1970: 1_700_000_000),
        licence: .spdx("Apache-2.0"), software: software)
    content.people = [.init(name: "Ada Lovelace", isPerson: true, address: nil, affiliation: "Engines")]
    let (notebook, record) = (try ArchivePath("Notebooks/n m.md"), try ArchivePath("Output/default/n m/record.json"))
    content.files = [notebook: Array("text".utf8), record: Array("{}".utf8)]
    content.notebooks = [
        .init(
            path: notebook, name: "n m", title: "N", abstract: nil,
            parameters: [.init(name: "epochs", kind: .whole, value: "3")], packages: ["algorithms"])
    ]
    content.runs = [
        .init(
            notebook: "n m", edition: "default", parameters: ["epochs": "3"], inputs: ["Data/x/train"],
            results: [record], hasFailed: false)
    ]
    content.data = [
        .init(
            name: "x", content: "Numbers", licence: "CC0", citation: "X (2020)",
            files: [.init(input: "Data/x/train", sha256: "00", address: "https://example.org/train.gz")])
    ]
    return content
}

private func entity(_ id: String, in metadata: CrateMetadata) throws -> CrateEntity {
    try #require(metadata.entities.first { $0.id == id })
}

@Suite struct CrateTests {
    @Test func aRunNamesItsNotebookParametersInputsAndResults() throws {
        let metadata = CrateMetadata(try content())
        let run = try entity("#run/default/n-m", in: metadata)
        #expect(run.types == ["CreateAction"])
        #expect(run.members["instrument"] == .object(["@id": .string("Notebooks/n%20m.md")]))
        #expect(run.members["result"] == .object(["@id": .string("Output/default/n%20m/record.json")]))
        #expect(
            run.members["object"]
                == .array([
                    .object(["@id": .string("#data-file/data/x/train")]),
                    .object(["@id": .string("#value/default/n-m/epochs")]),
                ]))
        #expect(run.members["endTime"] == .string("2023-11-14T22:13:20+00:00"))
    }

    @Test func everyReferenceLeadsToSomethingThatIsDescribed() throws {
        let metadata = CrateMetadata(try content())
        let ids = Set(metadata.entities.map(\.id))
        #expect(ids.count == metadata.entities.count)
        func references(in value: JSONValue) -> [String] {
            switch value {
            case .object(let members):
                members.flatMap { name, value -> [String] in
                    if name == "@id", case .string(let id) = value { return [id] }
                    return references(in: value)
                }
            case .array(let values): values.flatMap(references)
            default: []
            }
        }
        for id in metadata.entities.flatMap({ $0.members.values.flatMap(references) })
        where !id.hasPrefix("http://schema.org/") && !id.hasPrefix(CrateMetadata.version) {
            #expect(ids.contains(id), "\(id)")
        }
    }

    @Test func whatIsWrittenIsReadBackWithItsDigests() throws {
        let content = try content()
        let bytes = try StableJSON.encode(CrateMetadata(content).json)
        #expect(try StableJSON.encode(CrateMetadata(content).json) == bytes)
        let manifest = try CrateManifest(parsing: bytes)
        #expect(manifest.files.map(\.path) == content.files.keys.sorted())
        for file in manifest.files {
            #expect(file.sha256 == SHA256Digest(of: try #require(content.files[file.path])).description)
        }
    }

    @Test(arguments: [
        ("{}", "no JSON-LD"), ("[", "no JSON-LD"), (#"{"@graph": [1]}"#, "no object"),
        (#"{"@graph": [{"@type": "File"}]}"#, "no @id"),
        (#"{"@graph": [{"@id": "a"}, {"@id": "a"}]}"#, "describes a twice"),
        (#"{"@graph": [{"@id": "a", "@type": "File"}, {"@id": "./a", "@type": "File"}]}"#, "describes a twice"),
        (#"{"@graph": [{"@id": "..%2Fup", "@type": "File"}]}"#, "out of its folder"),
        (#"{"@graph": [{"@id": "/etc/passwd", "@type": ["File"]}]}"#, "root of the disk"),
        (#"{"@graph": [{"@id": "a", "@type": "File", "sha256": "12"}]}"#, "no SHA-256"),
    ])
    func metadataThatCannotBeIsRefused(text: String, reason: String) throws {
        let error = #expect(throws: ArchiveError.self) { try CrateManifest(parsing: Array(text.utf8)) }
        #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
    }

    @Test func deepMetadataIsRefusedAndFilesElsewhereAreOnlyNamed() throws {
        let deep = #"{"@graph": "# + String(repeating: "[", count: 1_000_000)
        #expect(throws: ArchiveError.self) { try CrateManifest(parsing: Array(deep.utf8)) }
        let text = #"{"@context": "http://127.0.0.1/c", "@graph": [{"@id": "http://127.0.0.1/f", "@type": "File"}]}"#
        let manifest = try CrateManifest(parsing: Array(text.utf8))
        #expect(manifest.files.isEmpty && manifest.elsewhere.count == 1)
    }
}
