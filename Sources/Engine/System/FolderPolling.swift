import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// Learns of changes by looking at dates and sizes four times a second, on any system.
package struct FolderPolling: ChangeSource {
    package let descriptor: Int32 = -1
    package let interval: Int32 = 250
    package var problem: EngineError?

    private struct Stamp: Hashable {
        var seconds: Int
        var nanoseconds: Int
        var size: Int
        var inode: UInt64
    }
    private var watched = Watched()
    private var stamps: [String: Stamp] = [:]

    package init() {}

    package mutating func watch(_ paths: [String]) {
        for path in paths { _ = watched.insert(path) }
        // What is watched already is not looked at again, or a change of it would go unnoticed.
        stamps.merge(look()) { seen, _ in seen }
    }

    package mutating func changes() -> Set<String> {
        for path in watched.files { watched.turn(path) }
        let now = look()
        let changed = now.filter { stamps[$0.key] != $0.value }.keys
        let gone = stamps.keys.filter { now[$0] == nil }
        stamps = now
        return Set(changed).union(gone)
    }

    package func close() {}

    private func look() -> [String: Stamp] {
        var found: [String: Stamp] = [:]
        for path in watched.files { found[path] = FolderPolling.stamp(path) }
        var folders = Array(watched.folders)
        while let folder = folders.popLast() {
            for name in Files.names(in: folder) where !Watched.isBeside(name) {
                let path = FolderPath.join(folder, name)
                if Files.isFolder(path) && !Files.isLink(path) {
                    folders.append(path)
                } else {
                    found[path] = FolderPolling.stamp(path)
                }
            }
        }
        return found
    }

    private static func stamp(_ path: String) -> Stamp? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        #if canImport(Darwin)
            let time = status.st_mtimespec
        #else
            let time = status.st_mtim
        #endif
        return Stamp(
            seconds: Int(time.tv_sec), nanoseconds: Int(time.tv_nsec), size: Int(status.st_size),
            inode: UInt64(status.st_ino))
    }
}
