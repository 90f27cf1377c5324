import Digest
import Wire

extension CrateWriter {
    /// A description of each file of the crate; of a notebook, as the workflow that it is.
    var files: [CrateEntity] {
        content.files.map { path, bytes in
            let workflow = content.notebooks.first { $0.path == path }
            var members: [String: JSONValue?] = [
                "name": .string(workflow?.title ?? path.description),
                "description": .string(FileKind(path).words),
                "encodingFormat": .string(FileKind.format(path)),
                "contentSize": .string("\(bytes.count)"),
                "sha256": .string(SHA256Digest(of: bytes).description),
                "license": .reference(licenceID),
                "about": path.description == "README.md" ? .reference(CrateMetadata.root) : nil,
            ]
            if path == bookFile { members.merge(bookMembers) { $1 } }
            if let workflow { members.merge(self.members(of: workflow)) { $1 } }
            let isWorkflow = workflow != nil || path == bookFile
            let types = isWorkflow ? ["File", "SoftwareSourceCode", "ComputationalWorkflow"] : ["File"]
            return CrateEntity(CrateEntity.id(of: path), types, members)
        }
    }

    func id(of data: CrateContent.DataSet) -> String { "#data/" + data.name }

    /// What is described and not in the crate: the sets, and their files at the addresses that they can be had at.
    var data: [CrateEntity] {
        content.data.flatMap { set -> [CrateEntity] in
            let files = set.files.map { file in
                CrateEntity(
                    dataFileID(file), ["CreativeWork"],
                    [
                        "name": .string(file.input), "description": .string("Not in the crate: published elsewhere"),
                        "url": .string(file.address), "identifier": .string("sha256:" + file.sha256),
                        "isPartOf": .reference(id(of: set)),
                    ])
            }
            let entity = CrateEntity(
                id(of: set), ["Dataset"],
                [
                    "name": .string(set.name), "description": .string(set.content),
                    "license": .string(set.licence), "creditText": .string(set.citation),
                    "mentions": .references(files.map(\.id)),
                ])
            return [entity] + files
        }
    }

    func dataFileID(_ file: CrateContent.DataSet.File) -> String {
        "#data-file/" + file.input.split(separator: "/").map { CrateWriter.slug(String($0)) }.joined(separator: "/")
    }
}

/// What a file of a book is, told by where it lies.
private struct FileKind {
    let words: String

    init(_ path: ArchivePath) {
        let names = path.description.split(separator: "/").map(String.init)
        let name = names.last ?? ""
        words =
            switch (names.first, name) {
            case (_, "record.json"): "The record of a run: what each cell gave"
            case ("Output", _) where name.hasSuffix(".png"): "A picture that a cell drew"
            case ("Output", _) where name.hasSuffix(".csv"): "The numbers of a figure"
            case ("Output", _): "A page of the book"
            case ("Notebooks", "book.yml"): "What the book says of itself, and what its cells may do"
            case ("Notebooks", "claims.yml"): "The claims that the book is about"
            case ("Notebooks", "packages.lock"): "The versions of the packages that cells import"
            case ("Notebooks", _) where names.dropFirst().first == "rules": "A rule that was laid down before any run"
            case ("Notebooks", _) where name.hasSuffix(".md"): "A notebook: Markdown with cells of Swift"
            case ("Notebooks", _): "A file beside the notebooks"
            case ("Sources", _): "Swift that cells import"
            case ("Data", _): "Data that cells read"
            default: "A file of the book"
            }
    }

    /// The media type, by the file's ending.
    static func format(_ path: ArchivePath) -> String {
        let name = path.description
        let ending = name.lastIndex(of: ".").map { String(name[name.index(after: $0)...]) } ?? ""
        return formats[ending] ?? "application/octet-stream"
    }

    private static let formats = [
        "md": "text/markdown", "json": "application/json", "html": "text/html", "png": "image/png", "csv": "text/csv",
        "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "yml": "application/yaml",
        "cff": "application/yaml", "bib": "application/x-bibtex", "txt": "text/plain", "swift": "text/x-swift",
        "lock": "application/json", "gz": "application/gzip", "tsv": "text/tab-separated-values", "jpg": "image/jpeg",
        "pdf": "application/pdf", "wav": "audio/wav", "": "text/plain",
    ]
}
