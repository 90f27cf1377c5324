import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// Gives a descriptor a high number, so that it never stands where a child's own descriptors go.
///
/// - Returns: its number, which is not inherited unless asked for; a negative one where there is none left.
func raised(_ descriptor: Int32) -> Int32 {
    defer { close(descriptor) }
    return fcntl(descriptor, F_DUPFD_CLOEXEC, 64)
}

/// A pipe whose ends are not inherited unless asked for.
struct Pipe: ~Copyable {
    let readEnd: Int32
    private(set) var writeEnd: Int32

    init() throws(EngineError) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else {
            throw EngineError(.start, file: "pipe", cause: SystemError.words(errno))
        }
        ends = ends.map(raised)
        guard ends.allSatisfy({ $0 >= 0 }) else {
            ends.forEach { close($0) }
            throw EngineError(.start, file: "pipe", cause: SystemError.words(EMFILE))
        }
        (readEnd, writeEnd) = (ends[0], ends[1])
    }

    mutating func closeWriteEnd() {
        if writeEnd >= 0 { close(writeEnd) }
        writeEnd = -1
    }

    deinit {
        close(readEnd)
        if writeEnd >= 0 { close(writeEnd) }
    }
}

/// What can be read from `descriptor` now, waiting for at least one byte; empty at its end and on failure.
func readAvailable(_ descriptor: Int32) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
        var result = read(descriptor, buffer.baseAddress, buffer.count)
        while result < 0 && errno == EINTR { result = read(descriptor, buffer.baseAddress, buffer.count) }
        count = max(0, result)
    }
}

/// Takes away what can be read from `descriptor` without waiting.
func discardAvailable(_ descriptor: Int32) {
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    while poll(&waiting, 1, 0) > 0, waiting.revents & Int16(POLLIN) != 0 {
        if readAvailable(descriptor).isEmpty { return }
    }
}
