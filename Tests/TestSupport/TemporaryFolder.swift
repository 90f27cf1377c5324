public import Foundation
import Synchronization

/// An empty folder of a test's own. It goes with the value, and with the process at the latest: one that several tests share is
/// never deinitialised.
public final class TemporaryFolder: Sendable {
    /// The folder's path, without symbolic links.
    public let path: String

    private static let folders = Mutex<[String]>([])

    /// A new folder.
    public init() throws {
        let parent = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
        path = parent.appendingPathComponent("kdbook-test-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let isFirst = TemporaryFolder.folders.withLock { folders in
            folders.append(path)
            return folders.count == 1
        }
        guard isFirst else { return }
        atexit {
            for folder in TemporaryFolder.folders.withLock({ $0 }) {
                try? FileManager.default.removeItem(atPath: folder)
            }
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The path of what `name` is called in the folder.
    public func path(_ name: String) -> String { path + "/" + name }

    /// Writes the file `name`, with the folders above it.
    ///
    /// - Returns: the file's path.
    @discardableResult
    public func write(_ bytes: [UInt8], to name: String) throws -> String {
        let file = URL(fileURLWithPath: path(name))
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
        return file.path
    }

    /// Writes the file `name` as UTF-8, with the folders above it.
    ///
    /// - Returns: the file's path.
    @discardableResult
    public func write(_ text: String, to name: String) throws -> String { try write(Array(text.utf8), to: name) }

    /// The text of the file `name`.
    public func read(_ name: String) throws -> String { String(decoding: try data(name), as: UTF8.self) }

    /// The bytes of the file `name`.
    public func data(_ name: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path(name))) }

    /// Whether there is a file or a folder called `name`.
    public func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

    /// Removes the file or the folder `name`.
    public func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: path(name)) }

    /// The names of what lies in the folder itself, sorted.
    public var fileNames: [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? []
    }
}
