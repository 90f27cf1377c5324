import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// Does `body` while no other process or thread does so for the same file, which is made for it. The system takes the lock
/// from a process that ends, in whatever way.
public func withFileLock<Result>(_ path: RootedPath, _ body: () throws -> Result) throws -> Result {
    let file = try path.openLockFile()
    while flock(file.number, LOCK_EX) != 0 && errno == EINTR {}
    defer { flock(file.number, LOCK_UN) }
    return try body()
}
