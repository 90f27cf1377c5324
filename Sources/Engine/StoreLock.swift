import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// Who uses a store: every process that does holds a lock on it, together with all others; what must meet nobody at work
/// is done by one that holds it alone. The system takes the lock from a process that ends, in whatever way.
final class StoreLock: Sendable {
    private let descriptor: Int32

    private static let held = Mutex<[String: StoreLock]>([:])

    /// Has this process use the store in `folder` from now until it ends.
    ///
    /// - Parameter begin: done first of all, if no other process uses the store.
    static func join(_ folder: String, begin: () -> Void = {}) throws(EngineError) -> StoreLock {
        let result: Result<StoreLock, EngineError> = held.withLock { held in
            if let lock = held[folder] { return .success(lock) }
            do throws(EngineError) {
                let lock = try StoreLock(folder)
                held[folder] = lock
                lock.whenAlone(begin)
                return .success(lock)
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private init(_ folder: String) throws(EngineError) {
        let path = folder + "/lock"
        while true {
            try Files.createFolder(folder)
            let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
            guard descriptor >= 0 else {
                // Another process has just removed the whole store.
                if errno == ENOENT { continue }
                throw EngineError(.write, file: path, cause: SystemError.words(errno))
            }
            StoreLock.lock(descriptor, LOCK_SH)
            if StoreLock.isFile(descriptor, at: path) {
                self.descriptor = descriptor
                return
            }
            close(descriptor)
        }
    }

    /// Does `body` if no other process uses the store, and keeps others from it meanwhile.
    func whenAlone(_ body: () -> Void) {
        if StoreLock.lock(descriptor, LOCK_EX | LOCK_NB) { body() }
        // Also where it was refused: the system may have given up the old lock for the try.
        StoreLock.lock(descriptor, LOCK_SH)
    }

    /// - Returns: whether the lock was had; never where the file system knows no locks, so that nothing is done there
    ///   that asks for being alone.
    @discardableResult
    private static func lock(_ descriptor: Int32, _ operation: Int32) -> Bool {
        while flock(descriptor, operation) != 0 {
            if errno != EINTR { return false }
        }
        return true
    }

    private static func isFile(_ descriptor: Int32, at path: String) -> Bool {
        var own = stat()
        var there = stat()
        return fstat(descriptor, &own) == 0 && stat(path, &there) == 0 && own.st_ino == there.st_ino
            && own.st_dev == there.st_dev
    }
}
