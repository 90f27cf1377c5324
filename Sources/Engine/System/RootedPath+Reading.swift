import DataFiles
public import Digest
import Foundation

extension RootedPath {
    /// What the system says of it; `nil` where there is nothing, or a link on the way.
    var status: FileStatus? {
        guard !names.isEmpty else { return try? Descriptor.status(path: root) }
        return try? withParent { (folder, name) throws(SystemError) in try folder.status(name) }
    }

    /// Whether a file or folder is there; `false` also where it cannot be looked at.
    public var exists: Bool { status != nil }

    /// Whether it is a folder and no link to one.
    public var isFolder: Bool { status?.kind == .folder }

    /// Whether it, or a folder on the way to it, is a link.
    public var isBehindLink: Bool {
        do throws(Obstacle) {
            return try withParent { (folder, name) throws(SystemError) in try folder.status(name) }.kind == .link
        } catch {
            return error.isLink
        }
    }

    /// The names in the folder, sorted; none where there is no such folder.
    public var entries: [String] {
        guard let folder = try? openFolder() else { return [] }
        return folder.entries.map(RootedPath.text).sorted()
    }

    /// What is in the folder, sorted by name; nothing where there is no such folder.
    var contents: [(name: String, kind: FileStatus.Kind)] {
        guard let folder = try? openFolder() else { return [] }
        var contents: [(name: String, kind: FileStatus.Kind)] = []
        for entry in folder.entries {
            guard let kind = try? folder.status(entry).kind else { continue }
            contents.append((RootedPath.text(of: entry), kind))
        }
        return contents.sorted { $0.name < $1.name }
    }

    /// The paths of all files in the folder and in its folders, from there, sorted; a link is none.
    var filesWithin: [String] {
        var files: [String] = []
        var folders = [""]
        while let folder = folders.popLast() {
            for (name, kind) in (self / folder).contents {
                switch kind {
                case .folder: folders.append(folder + name + "/")
                case .file: files.append(folder + name)
                case .link, .other: continue
                }
            }
        }
        return files.sorted()
    }

    private static func text(of entry: [CChar]) -> String {
        String(decoding: entry.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// All bytes of the file.
    ///
    /// - Throws: where the file is missing, is no plain file, or cannot be read.
    public func read() throws(EngineError) -> [UInt8] {
        var bytes: [UInt8] = []
        try forEachPiece { bytes += $0 }
        return bytes
    }

    /// Reads a file of text.
    public func readText() throws(EngineError) -> String {
        guard let text = String(validating: try read(), as: UTF8.self) else {
            throw EngineError(.read, file: path, cause: "it is not UTF-8 text")
        }
        return text
    }

    /// The SHA-256 of what is in the file, which may be larger than memory.
    public func digest() throws(EngineError) -> SHA256Digest { try stampedDigest().digest }

    /// Whether files below the folder have the SHA-256 digests that `files` has by the ways to them. A folder is opened once for all
    /// of its files.
    public func holds(_ files: [String: String]) -> Bool {
        let placed = files.map { (path: self / $0.key, digest: $0.value) }
        for (parent, files) in Dictionary(grouping: placed, by: \.path.parent) {
            guard let folder = try? parent.openFolder() else { return false }
            for file in files {
                guard (try? RootedPath.digest(of: file.path.name, in: folder))?.description == file.digest else {
                    return false
                }
            }
        }
        return true
    }

    private static func digest(of name: String, in folder: borrowing Descriptor) throws(SystemError) -> SHA256Digest {
        guard name != ".." && name != "." else { throw SystemError(EINVAL) }
        let file = try folder.file(name).checkedFile()
        var hasher = SHA256Hasher()
        try file.forEachPiece(size: RootedPath.pieceSize(try file.status)) { hasher.update($0) }
        return hasher.finalize()
    }

    /// What stands for the file and what is in it, then the SHA-256 of what is in it: what changes the file while it is read
    /// has another stamp for it.
    func stampedDigest() throws(EngineError) -> (stamp: Stamp, digest: SHA256Digest) {
        var hasher = SHA256Hasher()
        let status = try forEachPiece { hasher.update($0) }
        return (Stamp(status), hasher.finalize())
    }

    /// Stands for the file and what is in it.
    func stamp() throws(EngineError) -> Stamp {
        do throws(Obstacle) {
            let file = try openFile()
            do { return try Stamp(file.status) } catch { throw Obstacle(cause: error, path: path, isLink: false) }
        } catch {
            throw error.error(.read)
        }
    }

    private static let pieces = (1 << 12)...(1 << 20)

    /// One byte more than there should be: a small file is one piece.
    private static func pieceSize(_ status: FileStatus) -> Int {
        min(max(status.size + 1, pieces.lowerBound), pieces.upperBound)
    }

    /// Hands on what is in the file, piece by piece.
    ///
    /// - Returns: what the system said of the file before it was read.
    @discardableResult
    private func forEachPiece(_ body: ([UInt8]) -> Void) throws(EngineError) -> FileStatus {
        do throws(Obstacle) {
            let file = try openFile()
            do {
                let status = try file.status
                try file.forEachPiece(size: RootedPath.pieceSize(status), body)
                return status
            } catch {
                throw Obstacle(cause: error, path: path, isLink: false)
            }
        } catch {
            throw error.error(.read)
        }
    }

    /// The SHA-256 of what is in the file, uncompressed where it is gzip.
    func contentDigest() throws(EngineError) -> SHA256Digest {
        let file: Descriptor
        do throws(Obstacle) { file = try openFile() } catch { throw error.error(.read) }
        do throws(ContentError) { return try DataFiles.contentDigest(ofDescriptor: file.number) } catch {
            throw EngineError(.read, file: path, cause: error.description)
        }
    }

    /// Opens the file to be read.
    private func openFile() throws(Obstacle) -> Descriptor {
        if names.isEmpty {
            do throws(SystemError) { return try Descriptor.file(path: root).checkedFile() } catch {
                throw Obstacle(cause: error, path: root, isLink: false)
            }
        }
        return try withParent { (folder, name) throws(SystemError) in try folder.file(name).checkedFile() }
    }
}

extension Descriptor {
    /// Itself, where it is a file.
    fileprivate consuming func checkedFile() throws(SystemError) -> Descriptor {
        switch try status.kind {
        case .file: return self
        case .folder: throw SystemError(EISDIR)
        // A pipe or a device has no end.
        case .link, .other: throw SystemError.noFile
        }
    }
}
