public import DataFiles
import Digest
import Foundation

/// A published file in a book's `Data` folder, looked at.
public struct StoredDataFile: Sendable, Hashable {
    /// The state of a file in the `Data` folder, compared with its published digest.
    public enum State: Sendable, Hashable {
        case right
        case missing
        /// Other content than was published.
        case wrong(sha256: String)
        case unreadable(reason: String)
    }

    /// The file as its publisher has it.
    public let file: PublishedData.File
    /// From the book's folder; with `.gz` where it is gzip, or missing and published so.
    public let path: String
    /// The result of reading and comparing it.
    public let state: State
}

/// Brings a published data set into a book's folder, and tells whether what is there is right.
public struct DataFetch: Sendable {
    private let data: PublishedData
    private let book: Book
    private let download: Download
    private let progress: @Sendable (String) -> Void
    private let complain: @Sendable (String) -> Void

    /// - Parameters:
    ///   - data: its mirrors are tried in their order.
    ///   - retries: how often what fails for the moment is tried again at one mirror, without any progress.
    ///   - timeout: after how many seconds without a byte a mirror is given up for the moment.
    ///   - progress: takes how far it is, some ten times a second.
    ///   - complain: takes why a mirror did not serve.
    public init(
        _ data: PublishedData, book: Book, retries: Int, timeout: Int,
        progress: @escaping @Sendable (String) -> Void, complain: @escaping @Sendable (String) -> Void
    ) throws(EngineError) {
        self.data = data
        self.book = book
        download = try Download(retries: retries, timeout: timeout)
        self.progress = progress
        self.complain = complain
    }

    private static func folder(of data: PublishedData) -> String { "Data/\(data.name)" }

    /// How each file of `data` in the book's folder is. As a reader does, it takes the plain file where both are there.
    public static func verify(_ data: PublishedData, in book: Book) -> [StoredDataFile] {
        data.files.map { file in
            let plain = "\(folder(of: data))/\(file.name)"
            let stored = [plain, plain + ".gz"].first { (book.folder / $0).exists }
            let path = stored ?? "\(folder(of: data))/\(file.storedName)"
            return StoredDataFile(file: file, path: path, state: state(of: file, at: path, in: book))
        }
    }

    private static func state(of file: PublishedData.File, at path: String, in book: Book) -> StoredDataFile.State {
        do throws(EngineError) {
            let place = try book.resolved(path)
            guard place.exists else { return .missing }
            let digest = try place.contentDigest().description
            return digest == file.sha256 ? .right : .wrong(sha256: digest)
        } catch {
            return .unreadable(reason: error.cause)
        }
    }

    /// Gets what is not there, or not right; a file counts as there once its content is as published.
    ///
    /// - Returns: the files that were got.
    /// - Throws: `EngineError` where no mirror gives a file, or where a plain file stands in the way: it is not ours to
    ///   remove.
    public func fetch() async throws(EngineError) -> [String] {
        try (book.folder / DataFetch.folder(of: data)).createFolder()
        var fetched: [String] = []
        for stored in DataFetch.verify(data, in: book) where stored.state != .right {
            guard stored.state == .missing || stored.path.hasSuffix(".gz") else {
                throw EngineError(
                    .read, file: stored.path,
                    cause: "it is not as published, and is read before a fetched one; move it away and fetch again")
            }
            try await fetch(stored)
            fetched.append(stored.path)
        }
        return fetched
    }

    private func fetch(_ stored: StoredDataFile) async throws(EngineError) {
        for mirror in data.mirrors {
            let address = (mirror.hasSuffix("/") ? mirror : mirror + "/") + stored.file.path
            // A file begun at one mirror is not continued at another, which may have compressed it otherwise.
            let part = "\(stored.path).\(SHA256Digest(of: address.utf8).short).part"
            // curl follows a link, and waits for a pipe.
            guard [nil, .file].contains((book.folder / part).status?.kind) else {
                throw EngineError(.write, file: part, cause: "something else stands there: remove it")
            }
            if let reason = await fetch(stored, from: address, part: part) {
                complain("\(address): \(reason)")
            } else {
                try put(part, at: stored.path)
                return removeParts(of: stored.path)
            }
        }
        throw EngineError(.find, file: stored.path, cause: "no mirror gives it")
    }

    /// Gets and verifies one file.
    ///
    /// - Parameter isSecondTry: whether the pieces of a first try did not fit each other.
    /// - Returns: why `address` does not serve; `nil` where `part` holds the file, right.
    private func fetch(
        _ stored: StoredDataFile, from address: String, part: String, isSecondTry: Bool = false
    ) async -> String? {
        let name = stored.file.name
        let progress = progress
        let isOfPieces: Bool
        do throws(Download.Failure) {
            isOfPieces = try await download.get(address, into: (book.folder / part).path) { count in
                progress("\(name)  \(Double(count / 100_000) / 10) MB")
            }
        } catch {
            return error.reason
        }
        let state = DataFetch.state(of: stored.file, at: part, in: book)
        guard state != .right else { return nil }
        (book.folder / part).removeFile()
        // A piece may be of another file: where the end shows that, all is got once more.
        if isOfPieces && !isSecondTry { return await fetch(stored, from: address, part: part, isSecondTry: true) }
        switch state {
        case .wrong(let digest): return "the content is not as published (SHA-256 \(digest))"
        case .unreadable(let reason): return "the content is damaged: \(reason)"
        case .missing, .right: return "nothing came"
        }
    }

    private func put(_ part: String, at path: String) throws(EngineError) {
        if case .failure(let obstacle) = (book.folder / part).moved(to: book.folder / path) {
            throw EngineError(.write, file: path, cause: obstacle.error(.write).cause)
        }
    }

    /// Removes what was begun elsewhere.
    private func removeParts(of path: String) {
        let (folder, name) = ((book.folder / path).parent, (book.folder / path).name)
        for file in folder.entries where file.hasPrefix(name + ".") && file.hasSuffix(".part") {
            (folder / file).removeFile()
        }
    }
}
