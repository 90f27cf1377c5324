import Foundation
public import Notebook

/// The files that a notebook declares to read, with what was in them when they were looked at.
public struct Inputs: Sendable {
    /// As declared: files, or folders that stand for all files in them, relative to the book's folder.
    public private(set) var declared: [String] = []
    /// Each file once, sorted by path.
    public private(set) var files: [Record.Input] = []
    /// Where files lie that other notebooks wrote, by what they are called here.
    private(set) var written: [String: RootedPath] = [:]
    /// What the system said of each file when it was looked at.
    private(set) var stamps: [String: Stamp] = [:]

    /// No inputs.
    public init() {}

    /// Looks at what is declared; `nil` where something of it cannot be read.
    ///
    /// - Parameter others: what other notebooks have written.
    public init?(_ declared: [String], in book: Book, _ others: OtherOutputs? = nil) {
        for path in declared where (try? add(path, in: book, others)) == nil { return nil }
    }

    /// Adds a file, all files in a folder and its folders, or what another notebook wrote.
    mutating func add(_ path: String, in book: Book, _ others: OtherOutputs?) throws(EngineError) {
        guard !declared.contains(path) else { return }
        declared.append(path)
        if let (output, place) = try others?.file(of: path, in: book) {
            written[path] = place
            stamps[path] = try place.stamp()
            files.append(Record.Input(path: path, sha256: output.sha256))
            files.sort { $0.path < $1.path }
            return
        }
        for file in try Inputs.files(at: path, in: book) where stamps[file] == nil {
            let (stamp, digest) = try book.withFile(file) { (file) throws(EngineError) in try file.stampedDigest() }
            stamps[file] = stamp
            files.append(Record.Input(path: file, sha256: digest.description))
        }
        files.sort { $0.path < $1.path }
    }

    /// The inputs that have been touched since they were looked at: changed, even if they were changed back, or added, or
    /// gone.
    func touched(in book: Book) -> [String] {
        var found: Set<String> = []
        for path in declared where written[path] == nil {
            found.formUnion((try? Inputs.files(at: path, in: book)) ?? [])
        }
        let same = found.union(written.keys).filter { file in
            stamps[file].map { $0 == stamp(of: file, in: book) } ?? false
        }
        return found.union(stamps.keys).subtracting(same).sorted()
    }

    /// The files as a record names them: by what is in them, so that a file and its `.gz`, however it was packed, are the same.
    func recorded(in book: Book) -> [Record.Input] {
        let contents = files.map { file in
            guard file.path.hasSuffix(".gz"), written[file.path] == nil,
                let digest = try? book.resolved(file.path).contentDigest()
            else {
                return file
            }
            return Record.Input(path: String(file.path.dropLast(3)), sha256: digest.description)
        }
        return Set(contents).sorted { ($0.path, $0.sha256) < ($1.path, $1.sha256) }
    }

    private func stamp(of path: String, in book: Book) -> Stamp? {
        if let place = written[path] { return try? place.stamp() }
        return try? book.withFile(path) { (file) throws(EngineError) in try file.stamp() }
    }

    static func files(at path: String, in book: Book) throws(EngineError) -> [String] {
        let folder = try book.resolved(path)
        guard folder.isFolder else { return [path] }
        var files: [String] = []
        for (name, kind) in folder.contents {
            let inner = path + "/" + name
            switch kind {
            case .folder: files += try Inputs.files(at: inner, in: book)
            // A link to a folder may lead back to where it lies.
            case .link: if try !book.resolved(inner).isFolder { files.append(inner) }
            case .file, .other: files.append(inner)
            }
        }
        return files
    }
}

/// What the system says of a file's content without reading it: any change of the file changes it.
struct Stamp: Hashable, Sendable {
    private let numbers: [Int]

    init(_ status: FileStatus) { numbers = status.stamp }
}
