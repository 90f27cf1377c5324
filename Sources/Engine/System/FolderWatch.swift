import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// Tells when something changes in folders, or in files.
///
/// Folders are watched with all below, and go on being watched when they are removed and made again. Files are watched by
/// their folder, so that editors that save by rename, and files that do not exist yet, are seen. What editors leave beside
/// a file is not told.
public final class FolderWatch: Sendable {
    /// What changed, a burst an element: the absolute paths that were written, created, moved or removed, gathered until
    /// nothing happened for 12 ms, and for at most 150 ms. A folder among them stands for all that is and was in it: it is
    /// new, gone or elsewhere, or so much happened at once that the system could not keep count.
    public let bursts: AsyncStream<Set<String>>

    private let watcher: Watcher

    /// - Parameter paths: absolute paths of folders and of files. What does not exist yet is watched as whatever it becomes.
    /// - Throws: where the system does not let so much be watched.
    public convenience init(_ paths: [String]) throws(EngineError) {
        #if os(Linux)
            try self.init(paths, by: Inotify())
        #else
            try self.init(paths, by: FolderPolling())
        #endif
    }

    package init(_ paths: [String], by source: any ChangeSource) throws(EngineError) {
        var source = source
        do {
            try source.watch(paths.map(FolderWatch.plain))
            watcher = try Watcher(source)
        } catch {
            source.close()
            throw error
        }
        let (bursts, continuation) = AsyncStream.makeStream(of: Set<String>.self)
        self.bursts = bursts
        try startThread { [watcher] in watcher.serve(continuation) }
    }

    /// Watches `paths` from now on, besides what is watched already. What cannot be watched is told by ``problem``.
    public func watch(_ paths: [String]) { watcher.watch(paths.map(FolderWatch.plain)) }

    /// Why something is not watched, if that came up after the beginning.
    public var problem: EngineError? { watcher.problem }

    /// Ends the stream. All that the watch held open is closed when this returns.
    public func end() { watcher.end() }

    deinit { end() }

    private static func plain(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.path }
}

/// Where a watch learns of changes.
package protocol ChangeSource: Sendable {
    /// A descriptor that can be read from when there are changes; negative where there is none.
    var descriptor: Int32 { get }
    /// How often to look for changes, in milliseconds; negative where the descriptor says when.
    var interval: Int32 { get }
    /// Why something is not watched.
    var problem: EngineError? { get set }

    mutating func watch(_ paths: [String]) throws(EngineError)
    /// What changed since this was asked last.
    mutating func changes() -> Set<String>
    func close()
}

/// The thread that waits for changes and gathers them, and what it shares with those who ask it to watch more or to end.
private final class Watcher: Sendable {
    private struct State: ~Copyable {
        var source: any ChangeSource
        /// Closed for writing to end the thread; nil when it has ended.
        var wake: Pipe?
    }
    private let state: Mutex<State>
    private let over = DispatchSemaphore(value: 0)
    private let wakeEnd: Int32
    private let descriptor: Int32
    private let interval: Int32

    private static let quiet = Duration.milliseconds(12)
    private static let longest = Duration.milliseconds(150)

    init(_ source: any ChangeSource) throws(EngineError) {
        let wake = try Pipe()
        wakeEnd = wake.readEnd
        descriptor = source.descriptor
        interval = source.interval
        state = Mutex(State(source: source, wake: wake))
    }

    var problem: EngineError? { state.withLock { $0.source.problem } }

    func watch(_ paths: [String]) {
        state.withLock { state in
            guard state.wake != nil else { return }
            do throws(EngineError) {
                try state.source.watch(paths)
            } catch {
                state.source.problem = error
            }
        }
    }

    func end() {
        state.withLock { $0.wake?.closeWriteEnd() }
        over.wait()
        over.signal()
    }

    func serve(_ continuation: AsyncStream<Set<String>>.Continuation) {
        var burst: Set<String> = []
        var due = ContinuousClock.now
        var latest = due
        while wait(until: burst.isEmpty ? nil : due) {
            let changes = state.withLock { $0.source.changes() }
            let now = ContinuousClock.now
            if !changes.isEmpty {
                if burst.isEmpty { latest = now + Watcher.longest }
                due = min(now + Watcher.quiet, latest)
                burst.formUnion(changes)
            }
            if !burst.isEmpty && now >= due {
                continuation.yield(burst)
                burst = []
            }
        }
        continuation.finish()
        state.withLock { state in
            state.source.close()
            state.wake = nil
        }
        over.signal()
    }

    /// Waits until there is something to look at.
    ///
    /// - Returns: whether to go on.
    private func wait(until due: ContinuousClock.Instant?) -> Bool {
        var timeout = interval
        if let due {
            // Rounded up: a little late is better than awake for nothing.
            timeout = Int32((max(.zero, due - .now) / .milliseconds(1)).rounded(.up))
        }
        var descriptors = [
            pollfd(fd: wakeEnd, events: Int16(POLLIN), revents: 0),
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
        ]
        poll(&descriptors, nfds_t(descriptors.count), timeout)
        return descriptors[0].revents == 0
    }
}

/// What is to be watched, and what of it is worth telling.
struct Watched: Sendable {
    /// Told with all below.
    private(set) var folders: Set<String> = []
    /// Told by themselves: files, and what does not exist yet.
    private(set) var files: Set<String> = []

    /// - Returns: whether `path` is a folder.
    mutating func insert(_ path: String) -> Bool {
        if Files.isFolder(path) { folders.insert(path) }
        if !folders.contains(path) { files.insert(path) }
        return folders.contains(path)
    }

    /// Takes `path` for a folder from now on if it is one.
    mutating func turn(_ path: String) {
        if files.contains(path) && Files.isFolder(path) {
            files.remove(path)
            folders.insert(path)
        }
    }

    /// What of it is a folder at `path`, or lies below.
    func from(_ path: String) -> Watched {
        var result = Watched()
        result.folders = folders.filter { FolderPath.is($0, from: path) }
        result.files = files.filter { $0 != path && FolderPath.is($0, from: path) }
        return result
    }

    /// Whether something of this name is passed over in a folder that is watched with all below: what editors leave
    /// beside the file that they save, and what is hidden.
    static func isBeside(_ name: String) -> Bool {
        name.hasPrefix(".") || name.hasSuffix("~") || name.hasSuffix(".swp") || name == "4913"
            || name.hasPrefix("#") && name.hasSuffix("#")
    }
}

/// Absolute paths without a slash at the end.
enum FolderPath {
    static func join(_ folder: String, _ name: String) -> String { folder == "/" ? "/" + name : folder + "/" + name }

    static func above(_ path: String) -> String { (path as NSString).deletingLastPathComponent }

    /// All folders above `path`, from the root down.
    static func allAbove(_ path: String) -> [String] {
        path == "/" ? [] : allAbove(above(path)) + [above(path)]
    }

    /// Whether `path` is `top` or lies below.
    static func `is`(_ path: String, from top: String) -> Bool {
        path == top || path.hasPrefix(join(top, ""))
    }
}
