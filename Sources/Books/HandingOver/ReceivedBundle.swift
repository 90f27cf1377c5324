import Console
package import Crates
package import Digest
package import Engine
import Foundation

/// What somebody handed over: a crate, as a zip file or a folder, or a folder of records. Untrusted input.
package struct ReceivedBundle {
    /// The file that identifies it to others, with its digest: the archive, or a folder's metadata.
    package let subject: (name: String, digest: SHA256Digest)?
    /// The book, in a folder that nobody else can change.
    package let book: Book
    let paths: [ArchivePath]
    /// What its metadata says; `nil` where it has none.
    let manifest: CrateManifest?

    /// Copies what is at `path` into a private folder, once it is known how much that is. Nothing else is written, and nothing
    /// fetched.
    ///
    /// - Throws: why it is refused.
    package init(_ path: String, into folder: RootedPath) throws {
        let limits = ArchiveLimits()
        let place = RootedPath(root: path)
        let name = (path as NSString).lastPathComponent
        let archive: SHA256Digest?
        do {
            if place.isFolder {
                archive = nil
                paths = try ReceivedBundle.copy(place, to: folder, limits)
            } else {
                let bytes = try ReceivedBundle.bytes(of: place, limits)
                archive = SHA256Digest(of: bytes)
                paths = try ReceivedBundle.unpack(try ZipReader(bytes, limits: limits), to: folder)
            }
            manifest =
                try paths.contains { $0.description == CrateMetadata.fileName }
                ? CrateManifest(parsing: (folder / CrateMetadata.fileName).read()) : nil
        } catch let error as ArchiveError {
            throw EngineError(.read, file: path, cause: error.description)
        }
        book = Book(root: folder.path)
        let metadata = try manifest.map { _ in try (folder / CrateMetadata.fileName).digest() }
        subject = archive.map { (name, $0) } ?? metadata.map { (CrateMetadata.fileName, $0) }
    }

    private static func bytes(of file: RootedPath, _ limits: ArchiveLimits) throws(EngineError) -> [UInt8] {
        guard let size = file.size, size <= limits.archive else {
            throw EngineError(
                .read, file: file.path, cause: "it is no file, or has more than \(limits.archive >> 20) MB")
        }
        return try file.read()
    }

    private static func unpack(_ archive: ZipReader, to folder: RootedPath) throws -> [ArchivePath] {
        for entry in archive.entries where !isHidden(entry.path) {
            try (folder / entry.path.description).write(try archive.content(of: entry))
        }
        return archive.entries.map(\.path).filter { !isHidden($0) }.sorted()
    }

    private static func copy(_ source: RootedPath, to folder: RootedPath, _ limits: ArchiveLimits) throws
        -> [ArchivePath]
    {
        let bounds = FolderLimits(files: limits.files, file: limits.file, total: limits.total)
        let paths = try source.files(within: bounds).map { way throws(ArchiveError) in try ArchivePath(way) }
        for path in paths { try (folder / path.description).write(try (source / path.description).read()) }
        return paths.sorted()
    }

    /// What begins with a dot is no part of a book; a store that a bundle brought would be believed.
    private static func isHidden(_ path: ArchivePath) -> Bool {
        path.description.split(separator: "/").contains { $0.hasPrefix(".") }
    }

    /// The digests of its records, by their paths.
    var recordDigests: [String: String] {
        paths.map(\.description).filter { $0.hasSuffix("record.json") }.reduce(into: [:]) { digests, path in
            digests[path] = try? (book.folder / path).digest().description
        }
    }

    func has(_ path: String) -> Bool { paths.contains { $0.description == path } }
}
