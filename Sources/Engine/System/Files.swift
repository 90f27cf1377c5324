public import Digest
import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// Files of the system and of the user: links on the way are followed. A book's own are named by ``RootedPath``.
public enum Files {
    /// All bytes of the file.
    ///
    /// - Throws: where the file is missing, is no plain file, or cannot be read.
    public static func read(_ path: String) throws(EngineError) -> [UInt8] { try RootedPath(root: path).read() }

    /// Reads a file of text.
    public static func readText(_ path: String) throws(EngineError) -> String { try RootedPath(root: path).readText() }

    /// Writes a file so that at every moment the old content or the new one stands there, whole.
    public static func write(_ bytes: [UInt8], to path: String) throws(EngineError) {
        try RootedPath(root: path).write(bytes)
    }

    /// Makes the folder and those above it that are missing; a folder that exists already is no error.
    public static func createFolder(_ path: String) throws(EngineError) { try RootedPath(root: path).createFolder() }

    /// The names in a folder, sorted; none where there is no such folder.
    public static func names(in folder: String) -> [String] { RootedPath(root: folder).entries }

    /// Whether a file or folder is there; a link counts as the file that it leads to.
    public static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Whether it is a folder; a link counts as the folder that it leads to.
    public static func isFolder(_ path: String) -> Bool { RootedPath(root: path).isFolder }

    static func isLink(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }

    /// The SHA-256 of the file's content, read piece by piece.
    ///
    /// - Throws: where the file cannot be read.
    public static func digest(of path: String) throws(EngineError) -> SHA256Digest {
        try RootedPath(root: path).digest()
    }
}
