import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// Does `body` while no other process or thread does so for the same file, which is made for it. The system takes the lock
/// from a process that ends, in whatever way.
public func withFileLock<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
    try Files.createFolder((path as NSString).deletingLastPathComponent)
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
        throw EngineError(.write, file: path, cause: SystemError.words(errno))
    }
    defer { close(descriptor) }
    while flock(descriptor, LOCK_EX) != 0 && errno == EINTR {}
    return try body()
}
