public import Wire

/// The metadata of a crate, by RO-Crate 1.3 and Workflow Run Crate 0.6.
///
/// That profile is defined on RO-Crate 1.3 and on no version between 1.1 and it. All terms that stand here are of RO-Crate's own
/// context, so that no other is named: the profiles' context would give `sha256` and the words of workflows other meanings.
public struct CrateMetadata: Sendable {
    /// The name that RO-Crate gives the metadata's file, which lies at the crate's root.
    public static let fileName = "ro-crate-metadata.json"
    /// The version of RO-Crate that the metadata conform to, by its permanent address.
    public static let version = "https://w3id.org/ro/crate/1.3"
    static let profiles = [
        (id: "https://w3id.org/ro/wfrun/process/0.6", name: "Process Run Crate", version: "0.6"),
        (id: "https://w3id.org/ro/wfrun/workflow/0.6", name: "Workflow Run Crate", version: "0.6"),
        (id: "https://w3id.org/workflowhub/workflow-ro-crate/1.1", name: "Workflow RO-Crate", version: "1.1"),
    ]
    static let root = "./"

    /// The objects of the graph: the descriptor of the metadata, the crate itself, then all others.
    public let entities: [CrateEntity]

    /// Describes a book's content; equal contents give equal metadata, byte for byte.
    public init(_ content: CrateContent) {
        let writer = CrateWriter(content)
        var others = writer.files + writer.people + writer.licences + writer.workflowParts + writer.runs
        others += writer.data + writer.software + writer.profiles + writer.sources
        others.sort { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
        entities = [writer.descriptor, writer.root] + others
    }

    /// The document in JSON-LD, flattened as RO-Crate asks: a context, and the graph of ``entities``.
    public var json: JSONValue {
        .object([
            "@context": .string(CrateMetadata.version + "/context"), "@graph": .array(entities.map(\.json)),
        ])
    }
}

/// Writes the parts of a crate's metadata.
struct CrateWriter {
    let content: CrateContent

    init(_ content: CrateContent) { self.content = content }

    var descriptor: CrateEntity {
        CrateEntity(
            CrateMetadata.fileName, ["CreativeWork"],
            [
                "name": .string("Metadata of the crate"), "about": .reference(CrateMetadata.root),
                "conformsTo": .reference(CrateMetadata.version),
            ])
    }

    var root: CrateEntity {
        CrateEntity(
            CrateMetadata.root, ["Dataset"],
            [
                "name": .string(content.title), "description": .string(content.abstract),
                "datePublished": .string(content.time.description), "license": .reference(licenceID),
                "author": .references(content.people.map(id)),
                "publisher": content.people.first.map { .reference(id(of: $0)) },
                "conformsTo": .references(CrateMetadata.profiles.map(\.id)),
                "hasPart": .references(content.files.keys.map(CrateEntity.id) + content.data.map(id)),
                "mainEntity": mainWorkflow.map(JSONValue.reference),
                "mentions": .references(content.runs.map(id) + (bookFile == nil ? [] : [CrateWriter.bookRunID])),
                "version": content.version.map(JSONValue.string),
                "isBasedOn": content.source.map { _ in .reference(sourceID) },
            ])
    }

    var profiles: [CrateEntity] {
        CrateMetadata.profiles.map { profile in
            CrateEntity(
                profile.id, ["CreativeWork", "Profile"],
                ["name": .string(profile.name), "version": .string(profile.version)])
        }
    }

    // MARK: People and terms

    func id(of person: CrateContent.Person) -> String {
        person.address ?? "#person/" + CrateWriter.slug(person.name)
    }

    var people: [CrateEntity] {
        content.people.flatMap { person -> [CrateEntity] in
            let employer = person.affiliation.map { name in
                CrateEntity("#organization/" + CrateWriter.slug(name), ["Organization"], ["name": .string(name)])
            }
            let entity = CrateEntity(
                id(of: person), [person.isPerson ? "Person" : "Organization"],
                ["name": .string(person.name), "affiliation": employer.map { .reference($0.id) }])
            return [entity] + (employer.map { [$0] } ?? [])
        }.unique()
    }

    var licenceID: String {
        switch content.licence {
        case .spdx(let name): "https://spdx.org/licenses/\(name)"
        case .file(let path): CrateEntity.id(of: path)
        }
    }

    var licences: [CrateEntity] {
        guard case .spdx(let name) = content.licence else { return [] }
        return [
            CrateEntity(
                licenceID, ["CreativeWork"],
                [
                    "name": .string(name), "identifier": .string(name),
                    "description": .string("The licence \(name), as SPDX lists it"),
                ])
        ]
    }

    private var sourceID: String { "#source" }

    var sources: [CrateEntity] {
        guard let source = content.source else { return [] }
        return [
            CrateEntity(
                sourceID, ["CreativeWork"],
                [
                    "name": .string(source.title), "creditText": source.authors.map(JSONValue.string),
                    "description": .string(source.published ?? "The text that the book checks"),
                ])
        ]
    }

    /// A name as a part of an identifier.
    static func slug(_ name: String) -> String {
        name.unicodeScalars.map { scalar in
            scalar.properties.isAlphabetic && scalar.isASCII || ("0"..."9").contains(scalar)
                ? String(scalar).lowercased() : scalar.isASCII ? "-" : String(scalar.value, radix: 16)
        }.joined()
    }
}

extension Array where Element: Hashable {
    /// Each element once, at its first place.
    func unique() -> [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
