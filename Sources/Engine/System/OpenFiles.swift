import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// Sees to it that this process and those that it starts may have as many files open as a render needs.
///
/// - Throws: an error where the system does not allow it.
public func allowOpenFiles() throws(EngineError) {
    #if canImport(Glibc)
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
        let resource = RLIMIT_NOFILE
    #endif
    // A kernel has its pipes above 200; each kernel that runs has some twenty here.
    let needed = rlim_t(256)
    let wanted = needed + 64 * rlim_t(ProcessInfo.processInfo.activeProcessorCount)
    var limit = rlimit()
    guard getrlimit(resource, &limit) == 0 else { return }
    if limit.rlim_cur < wanted {
        limit.rlim_cur = min(wanted, limit.rlim_max)
        setrlimit(resource, &limit)
    }
    guard limit.rlim_cur >= needed else {
        throw EngineError(
            .start, file: "kdbook",
            cause: "it has up to \(needed) files open at a time, and here only \(limit.rlim_cur) are allowed; "
                + "`ulimit -n 1024` allows more")
    }
}
