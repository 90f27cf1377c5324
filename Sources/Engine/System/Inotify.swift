#if os(Linux)
    import Foundation
    import Glibc

    /// Learns of changes from Linux, which tells of each folder that is asked about by itself (inotify(7)).
    ///
    /// Every folder above what is wanted is watched, too: it tells when the way there is gone or there again.
    package struct Inotify: ChangeSource {
        package let descriptor: Int32
        package let interval: Int32 = -1
        package var problem: EngineError?

        private var watched = Watched()
        /// What each of the system's watches stands for: the paths that lead to the folder, and for each whether all that
        /// happens there is told.
        private var places: [Int32: [String: Bool]] = [:]

        /// What puts something in a folder or takes it away.
        private static let structure = IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO
        private static let limitOfWatches = "fs.inotify.max_user_watches=524288"
        private static let limitOfInstances = "fs.inotify.max_user_instances=1024"

        package init() throws(EngineError) {
            descriptor = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
            guard descriptor >= 0 else {
                let cause = SystemError.words(errno)
                throw EngineError(
                    .start, file: "inotify", cause: "\(cause); sysctl \(Inotify.limitOfInstances) may help")
            }
        }

        package func close() { _ = Glibc.close(descriptor) }

        package mutating func watch(_ paths: [String]) throws(EngineError) {
            for path in paths {
                if watched.insert(path) {
                    _ = try reach(path, isTold: true)
                } else {
                    _ = try reach(FolderPath.above(path), isTold: false)
                }
            }
        }

        package mutating func changes() -> Set<String> {
            var changes: Set<String> = []
            while case let events = InotifyEvent.read(descriptor), !events.isEmpty {
                for event in events { changes.formUnion(take(event)) }
            }
            return changes
        }

        // MARK: What happened

        private mutating func take(_ event: InotifyEvent) -> Set<String> {
            if event.has(IN_Q_OVERFLOW) { return startAgain() }
            if event.has(IN_IGNORED) { places[event.watch] = nil }
            // Without a name it is of the folder itself, of which the one above tells.
            guard !event.name.isEmpty else { return [] }
            return (places[event.watch] ?? [:]).reduce(into: []) { changes, place in
                let path = FolderPath.join(place.key, event.name)
                changes.formUnion(take(event, at: path, isTold: place.value && !Watched.isBeside(event.name)))
            }
        }

        /// - Parameter isTold: whether all that happens at `path` is told.
        private mutating func take(_ event: InotifyEvent, at path: String, isTold: Bool) -> Set<String> {
            let isGone = event.has(IN_DELETE) || event.has(IN_MOVED_FROM)
            if !isGone { watched.turn(path) }
            let wanted = watched.from(path)
            if event.has(IN_ISDIR) || !wanted.folders.isEmpty {
                return isGone ? lose(path, wanted, isTold: isTold) : gain(path, wanted, isTold: isTold)
            }
            guard isTold || watched.files.contains(path) else { return [] }
            // A new file is told when it has been written; a link is whole at once.
            return event.has(IN_CREATE) && !Inotify.isLink(path) ? [] : [path]
        }

        private mutating func lose(_ path: String, _ wanted: Watched, isTold: Bool) -> Set<String> {
            forget(path)
            return wanted.files.union(isTold ? [path] : wanted.folders)
        }

        private mutating func gain(_ path: String, _ wanted: Watched, isTold: Bool) -> Set<String> {
            do {
                let found = try isTold ? descend(path).union([path]) : []
                return try found.union(reach(wanted))
            } catch {
                problem = error
                return isTold ? [path] : []
            }
        }

        /// So much happened that the system lost count: everything may be otherwise.
        private mutating func startAgain() -> Set<String> {
            forget("/")
            do { _ = try reach(watched) } catch { problem = error }
            return watched.folders.union(watched.files)
        }

        // MARK: What is watched

        /// - Returns: what is there and told.
        private mutating func reach(_ wanted: Watched) throws(EngineError) -> Set<String> {
            var found: Set<String> = []
            for folder in wanted.folders { found.formUnion(try reach(folder, isTold: true)) }
            for file in wanted.files {
                _ = try reach(FolderPath.above(file), isTold: false)
                if Files.exists(file) { found.insert(file) }
            }
            return found
        }

        /// Watches the way to a folder and the folder.
        ///
        /// - Parameter isTold: whether all that happens there and below is told.
        private mutating func reach(_ folder: String, isTold: Bool) throws(EngineError) -> Set<String> {
            // From the top down: what is not there yet is told by what is watched already.
            for above in FolderPath.allAbove(folder) { try add(above, Inotify.structure, isTold: false) }
            if isTold { return try descend(folder) }
            try add(folder, Inotify.structure | IN_CLOSE_WRITE, isTold: false)
            return []
        }

        /// Watches a folder and all below.
        ///
        /// - Returns: the folder and the files in it, where it is there.
        private mutating func descend(_ folder: String) throws(EngineError) -> Set<String> {
            guard try add(folder, Inotify.structure | IN_CLOSE_WRITE, isTold: true) else { return [] }
            var found: Set<String> = [folder]
            // Listed only now that whatever comes from here on is told.
            for name in Files.names(in: folder) where !Watched.isBeside(name) {
                let path = FolderPath.join(folder, name)
                if Files.isFolder(path) && !Files.isLink(path) {
                    found.formUnion(try descend(path))
                } else {
                    found.insert(path)
                }
            }
            return found
        }

        /// - Returns: whether the folder is there.
        @discardableResult
        private mutating func add(_ folder: String, _ events: Int32, isTold: Bool) throws(EngineError) -> Bool {
            let watch = inotify_add_watch(descriptor, folder, UInt32(events | IN_ONLYDIR | IN_MASK_ADD))
            if watch >= 0 {
                let wasTold = places[watch]?[folder] ?? false
                places[watch, default: [:]][folder] = wasTold || isTold
                return true
            }
            switch errno {
            case ENOENT, ENOTDIR: return false
            case EACCES where !isTold: return false
            case ENOSPC:
                let cause = "too many folders are watched on this system; sysctl \(Inotify.limitOfWatches) allows more"
                throw EngineError(.watch, file: folder, cause: cause)
            case let number: throw EngineError(.watch, file: folder, cause: SystemError.words(number))
            }
        }

        /// Watches `path` and what is below no longer.
        private mutating func forget(_ path: String) {
            for (watch, paths) in places {
                let rest = paths.filter { !FolderPath.is($0.key, from: path) }
                places[watch] = rest.isEmpty ? nil : rest
                if rest.isEmpty { inotify_rm_watch(descriptor, watch) }
            }
        }

        private static func isLink(_ path: String) -> Bool {
            var status = stat()
            return lstat(path, &status) == 0 && (status.st_mode & S_IFMT == S_IFLNK || status.st_nlink > 1)
        }
    }

    private struct InotifyEvent {
        /// The number of the watch that it is of.
        var watch: Int32
        var mask: UInt32
        /// What it happened to, in the folder that is watched; empty for the folder itself.
        var name: String

        func has(_ bit: Int32) -> Bool { mask & UInt32(bit) != 0 }

        /// The events that can be read now; none where there are none.
        static func read(_ descriptor: Int32) -> [InotifyEvent] {
            let bytes = readAvailable(descriptor)
            return bytes.withUnsafeBytes { bytes in
                var events: [InotifyEvent] = []
                var start = 0
                while start < bytes.count {
                    let header = bytes.loadUnaligned(fromByteOffset: start, as: inotify_event.self)
                    let name = bytes[(start + MemoryLayout<inotify_event>.size)...].prefix(Int(header.len))
                    start = name.endIndex
                    events.append(
                        InotifyEvent(
                            watch: header.wd, mask: header.mask,
                            name: String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)))
                }
                return events
            }
        }
    }
#endif
