public import Digest
import Foundation
import Notebook

#if canImport(Glibc)
    import Glibc
#endif

/// Reading and writing of whole files, with errors that name them.
public enum Files {
    public static func read(_ path: String) throws(EngineError) -> [UInt8] {
        do {
            return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            throw EngineError(.read, file: path, cause: cause(of: error))
        }
    }

    /// Reads a file of text.
    public static func readText(_ path: String) throws(EngineError) -> String {
        let bytes = try read(path)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw EngineError(.read, file: path, cause: "it is not UTF-8 text")
        }
        return text
    }

    /// Writes a file so that at every moment the old content or the new one stands there, whole.
    ///
    /// - Parameter workshop: where the file is made before it is put in its place, if that is on the same disk; beside
    ///   its place otherwise.
    public static func write(_ bytes: [UInt8], to path: String, by workshop: String? = nil) throws(EngineError) {
        let folder = (path as NSString).deletingLastPathComponent
        try createFolder(folder)
        let name = "/.\(UUID().uuidString)~"
        if let workshop, (try? put(bytes, at: path, by: workshop + name)) != nil { return }
        try put(bytes, at: path, by: folder + name)
    }

    private static func put(_ bytes: [UInt8], at path: String, by temporary: String) throws(EngineError) {
        guard create(temporary, of: bytes), rename(temporary, path) == 0 else {
            let cause = SystemError.words(errno)
            unlink(temporary)
            throw EngineError(.write, file: path, cause: cause)
        }
    }

    /// - Returns: whether there now is a file of all `bytes`; `errno` says why not.
    private static func create(_ path: String, of bytes: [UInt8]) -> Bool {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { return false }
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes {
                pwrite(descriptor, $0.baseAddress, $0.count, off_t(written))
            }
            guard count >= 0 || errno == EINTR else {
                let number = errno
                close(descriptor)
                errno = number
                return false
            }
            written += max(0, count)
        }
        return close(descriptor) == 0
    }

    /// Removes what writers to `folder` left there that were ended before they were done. Nobody may be writing to it.
    public static func sweep(_ folder: String) {
        for name in names(in: folder)
        where name.hasSuffix("~") && UUID(uuidString: String(name.dropFirst().dropLast())) != nil {
            unlink(folder + "/" + name)
        }
    }

    /// Writes `value` as stable JSON.
    public static func write(
        json value: some Encodable, to path: String, by workshop: String? = nil
    ) throws(EngineError) {
        let bytes: [UInt8]
        do {
            bytes = try StableJSON.encode(value)
        } catch {
            throw EngineError(.write, file: path, cause: "\(error)")
        }
        try write(bytes, to: path, by: workshop)
    }

    public static func createFolder(_ path: String) throws(EngineError) {
        guard !isFolder(path) else { return }
        let parent = (path as NSString).deletingLastPathComponent
        if parent != path && !parent.isEmpty { try createFolder(parent) }
        // Another render may have made it just now.
        if mkdir(path, 0o777) != 0 && !isFolder(path) {
            throw EngineError(.write, file: path, cause: SystemError.words(errno))
        }
    }

    /// The names in a folder, sorted; none where there is no such folder.
    public static func names(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }

    public static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    public static func isFolder(_ path: String) -> Bool {
        var folder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &folder) && folder.boolValue
    }

    static func isLink(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }

    /// When `path` was changed or touched; long ago where there is no such file.
    static func changed(_ path: String) -> Date {
        var status = stat()
        guard lstat(path, &status) == 0 else { return .distantPast }
        #if canImport(Darwin)
            let time = status.st_mtimespec
        #else
            let time = status.st_mtim
        #endif
        return Date(timeIntervalSince1970: Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9)
    }

    /// The bytes of a file, or of all files in a folder.
    static func size(of path: String) -> Int {
        var status = stat()
        guard lstat(path, &status) == 0 else { return 0 }
        guard status.st_mode & S_IFMT == S_IFDIR else { return Int(status.st_size) }
        return names(in: path).reduce(0) { $0 + size(of: path + "/" + $1) }
    }

    /// Says that `path` was used now, and changes nothing else of it.
    static func touch(_ path: String) { utimes(path, nil) }

    public static func digest(of path: String) throws(EngineError) -> SHA256Digest {
        SHA256Digest(of: try read(path))
    }

    private static func cause(of error: any Error) -> String {
        let error = error as NSError
        if let underlying = error.userInfo[NSUnderlyingErrorKey] as? NSError, underlying.domain == NSPOSIXErrorDomain {
            return SystemError.words(Int32(underlying.code))
        }
        return error.localizedDescription
    }
}
