import DataFiles
public import Digest
import Foundation

extension RootedPath {
    /// What the system says of it; `nil` where there is nothing, or a link on the way.
    var status: FileStatus? {
        guard !names.isEmpty else { return try? Descriptor.status(path: root) }
        return try? withParent { (folder, name) throws(SystemError) in try folder.status(name) }
    }

    public var exists: Bool { status != nil }

    public var isFolder: Bool { status?.kind == .folder }

    /// Stands for the file and what is in it: any change of the file changes it.
    func stamp() throws(EngineError) -> [Int] {
        do throws(Obstacle) {
            let file = try openFile()
            do { return try file.status.stamp } catch { throw Obstacle(cause: error, path: path, isLink: false) }
        } catch {
            throw error.error(.read)
        }
    }

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
        return folder.entries.map { String(decoding: $0.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self) }
            .sorted()
    }

    public func read() throws(EngineError) -> [UInt8] {
        var bytes: [UInt8] = []
        try forEachPiece { size in
            bytes.reserveCapacity(size)
        } body: {
            bytes += $0
        }
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
    public func digest() throws(EngineError) -> SHA256Digest {
        var hasher = SHA256Hasher()
        try forEachPiece { _ in
        } body: {
            hasher.update($0)
        }
        return hasher.finalize()
    }

    private static let largestPiece = 1 << 20

    private func forEachPiece(begin: (Int) -> Void, body: ([UInt8]) -> Void) throws(EngineError) {
        do throws(Obstacle) {
            let file = try openFile()
            do {
                let size = try file.status.size
                begin(size)
                // One more than there should be, so that a small file's end is found at once.
                try file.forEachPiece(size: min(size + 1, RootedPath.largestPiece), body)
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
