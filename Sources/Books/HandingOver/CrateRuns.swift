import Console
import Crates
import DataFiles
import Engine
import Notebook

/// The runs that a book has records of, with what they read and gave.
struct CrateRuns {
    private(set) var runs: [CrateContent.Run] = []
    /// The published data that they read, which is described and not copied.
    private(set) var dataSets: [CrateContent.DataSet] = []
    /// The files that belong into the crate: records, pages, inputs.
    private(set) var paths: [String] = []

    /// - Parameter edition: the one whose pages are up to date; of others the records alone are taken.
    init(of book: Book, pagesOf edition: String) throws {
        var published: Set<String> = []
        for folder in book.output.entries where PageName.isValid(folder) {
            for name in book.notebookPaths.map(Book.name(of:)) {
                let file = "Output/\(folder)/\(name)/record.json"
                guard (book.folder / file).exists else { continue }
                let record = try Record(contentsOf: book.folder / file)
                let results =
                    folder == edition ? try CrateRuns.pageFiles(at: "Output/\(folder)/\(name)", in: book) : [file]
                paths += results
                for input in record.inputs {
                    if OtherOutputs.parts(of: input.path, in: book) != nil { continue }
                    if CrateRuns.publishedFile(input) != nil {
                        published.insert(input.path)
                    } else {
                        paths += try CrateRuns.files(of: input, in: book)
                    }
                }
                runs.append(
                    .init(
                        notebook: name, edition: record.edition, parameters: record.parameters,
                        inputs: record.inputs.map { record.place(of: $0.path, in: book) },
                        results: try results.map { try ArchivePath($0) },
                        hasFailed: record.failed))
            }
        }
        for page in ["index.html", "search.html"] { paths += try book.filePaths(at: "Output/\(edition)/\(page)") }
        dataSets = PublishedData.all.compactMap { CrateContent.DataSet($0, reading: published) }
    }

    private static func pageFiles(at folder: String, in book: Book) throws(EngineError) -> [String] {
        try book.filePaths(at: folder)
    }

    /// The file that holds an input; none where the book lacks it, as an edition's data that nobody fetched.
    private static func files(of input: Record.Input, in book: Book) throws(EngineError) -> [String] {
        for candidate in [input.path, input.path + ".gz"] {
            let found = try book.filePaths(at: candidate)
            if !found.isEmpty { return found }
        }
        return []
    }

    /// The published file that an input is, told by its place and its content.
    private static func publishedFile(_ input: Record.Input) -> PublishedData.File? {
        PublishedData.all.lazy.flatMap { set in set.files.map { (set, $0) } }
            .first { "Data/\($0.0.name)/\($0.1.name)" == input.path && $0.1.sha256 == input.sha256 }?.1
    }
}

extension Record {
    /// Where an input of the record lies, from the book's folder: what another notebook wrote lies beside the page of that.
    func place(of input: String, in book: Book) -> String {
        guard let (notebook, file) = OtherOutputs.parts(of: input, in: book) else { return input }
        return "Output/\(edition)/\(notebook)/\(Record.Output.folder)/\(file)"
    }
}

extension CrateContent.DataSet {
    /// The files of a published set that are among the inputs; `nil` where none is.
    fileprivate init?(_ set: PublishedData, reading inputs: Set<String>) {
        let files = set.files.compactMap { file -> CrateContent.DataSet.File? in
            let input = "Data/\(set.name)/\(file.name)"
            guard inputs.contains(input), let mirror = set.mirrors.first else { return nil }
            return .init(input: input, sha256: file.sha256, address: mirror + file.path)
        }
        guard !files.isEmpty else { return nil }
        self.init(name: set.name, content: set.content, licence: set.licence, citation: set.citation, files: files)
    }
}
