import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// Who uses a store: every process that does holds a lock on it, together with all others; what must meet nobody at work
/// is done by one that holds it alone. The system takes the lock from a process that ends, in whatever way.
final class StoreLock: Sendable {
    private let file: Descriptor

    private static let held = Mutex<[RootedPath: StoreLock]>([:])

    /// Has this process use the store in `folder` from now until it ends.
    ///
    /// - Parameter begin: done first of all, if no other process uses the store.
    static func join(_ folder: RootedPath, begin: () -> Void = {}) throws(EngineError) -> StoreLock {
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

    private init(_ folder: RootedPath) throws(EngineError) {
        let path = folder / "lock"
        while true {
            let file = try path.openLockFile()
            StoreLock.lock(file, LOCK_SH)
            // Another process may have removed the whole store just now.
            if (try? file.status.identity) == path.status?.identity {
                self.file = file
                return
            }
        }
    }

    /// Does `body` if no other process uses the store, and keeps others from it meanwhile.
    func whenAlone(_ body: () -> Void) {
        if StoreLock.lock(file, LOCK_EX | LOCK_NB) { body() }
        // Also where it was refused: the system may have given up the old lock for the try.
        StoreLock.lock(file, LOCK_SH)
    }

    /// - Returns: whether the lock was had; never where the file system knows no locks, so that nothing is done there
    ///   that asks for being alone.
    @discardableResult
    private static func lock(_ file: borrowing Descriptor, _ operation: Int32) -> Bool {
        while flock(file.number, operation) != 0 {
            if errno != EINTR { return false }
        }
        return true
    }
}
