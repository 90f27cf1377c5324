package import CConfinement
package import Wire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension [Reach.Grant] {
    /// Calls `body` with what `CConfinement` is told of them; their paths live as long as the call.
    package func withNative<Result, Failure: Error>(
        _ body: ([kdbook_grant]) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let paths = map { strdup($0.path) }
        defer { paths.forEach { free($0) } }
        return try body(zip(paths, self).map { kdbook_grant(path: $0, access: $1.access.native) })
    }
}

extension Reach.Access {
    fileprivate var native: kdbook_access {
        switch self {
        case .list: KDBOOK_LIST
        case .read: KDBOOK_READ
        case .execute: KDBOOK_EXECUTE
        case .device: KDBOOK_DEVICE
        case .write: KDBOOK_WRITE
        }
    }
}
