import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// An open file or folder, closed with this value. What the book's files need of the system is asked for here, relative to
/// an open folder and by one name at a time; a link under that name is never followed. Names are as the system has them.
struct Descriptor: ~Copyable {
    let number: Int32

    private init(_ number: Int32) throws(SystemError) {
        guard number >= 0 else { throw SystemError() }
        self.number = number
    }

    deinit { close(number) }

    #if os(Linux)
        /// `O_PATH`, which Swift does not see: a folder that cannot be listed can still be gone through.
        private static let path: Int32 = 0o10_000_000
        private static let passing = path | O_DIRECTORY | O_CLOEXEC
    #else
        private static let passing = O_RDONLY | O_DIRECTORY | O_CLOEXEC
    #endif
    /// To open a pipe that nobody writes to must not wait, nor a terminal become ours.
    private static let reading = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY

    /// The folder at `path`, wherever links lead.
    static func folder(path: String) throws(SystemError) -> Descriptor { try Descriptor(open(path, passing)) }

    /// What stands at `path`, wherever links lead, to be read.
    static func file(path: String) throws(SystemError) -> Descriptor { try Descriptor(open(path, reading)) }

    /// What the system says of what stands at `path`, wherever links lead.
    static func status(path: String) throws(SystemError) -> FileStatus {
        var status = stat()
        guard stat(path, &status) == 0 else { throw SystemError() }
        return FileStatus(status)
    }

    // MARK: What is in a folder

    func folder(_ name: UnsafePointer<CChar>) throws(SystemError) -> Descriptor {
        try Descriptor(openat(number, name, Descriptor.passing | O_NOFOLLOW))
    }

    /// What stands under `name`, to be read.
    func file(_ name: UnsafePointer<CChar>) throws(SystemError) -> Descriptor {
        try Descriptor(openat(number, name, Descriptor.reading | O_NOFOLLOW))
    }

    /// A new file under `name`, where nothing is yet.
    func newFile(_ name: UnsafePointer<CChar>, mode: mode_t = 0o666) throws(SystemError) -> Descriptor {
        try Descriptor(openat(number, name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode))
    }

    /// The file under `name`, made where there is none, to hold a lock on.
    func lockFile(_ name: UnsafePointer<CChar>) throws(SystemError) -> Descriptor {
        try Descriptor(openat(number, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0o666))
    }

    func makeFolder(_ name: UnsafePointer<CChar>, mode: mode_t = 0o777) throws(SystemError) {
        guard mkdirat(number, name, mode) == 0 else { throw SystemError() }
    }

    func status(_ name: UnsafePointer<CChar>) throws(SystemError) -> FileStatus {
        var status = stat()
        guard fstatat(number, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { throw SystemError() }
        return FileStatus(status)
    }

    func move(
        _ name: UnsafePointer<CChar>, to folder: borrowing Descriptor, as newName: UnsafePointer<CChar>
    ) throws(SystemError) {
        guard renameat(number, name, folder.number, newName) == 0 else { throw SystemError() }
    }

    func removeFile(_ name: UnsafePointer<CChar>) throws(SystemError) {
        guard unlinkat(number, name, 0) == 0 else { throw SystemError() }
    }

    func removeEmptyFolder(_ name: UnsafePointer<CChar>) throws(SystemError) {
        guard unlinkat(number, name, AT_REMOVEDIR) == 0 else { throw SystemError() }
    }

    /// Lets its owner do everything with the folder `name`.
    func permitAll(_ name: UnsafePointer<CChar>) { fchmodat(number, name, 0o700, AT_SYMLINK_NOFOLLOW) }

    /// Says that what `name` stands for was used now.
    func touch(_ name: UnsafePointer<CChar>) { utimensat(number, name, nil, AT_SYMLINK_NOFOLLOW) }

    /// The names in the folder but `.` and `..`, as the system has them; none where it cannot be listed.
    var entries: [[CChar]] {
        let copy = openat(number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0 else { return [] }
        guard let stream = fdopendir(copy) else {
            close(copy)
            return []
        }
        defer { closedir(stream) }
        var entries: [[CChar]] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                Array(bytes.bindMemory(to: CChar.self).prefix { $0 != 0 }) + [0]
            }
            if name != [46, 0] && name != [46, 46, 0] { entries.append(name) }
        }
        return entries
    }

    // MARK: What is in a file

    var status: FileStatus {
        get throws(SystemError) {
            var status = stat()
            guard fstat(number, &status) == 0 else { throw SystemError() }
            return FileStatus(status)
        }
    }

    /// Hands on the bytes from here to the end in pieces of at most `size` bytes.
    func forEachPiece(size: Int, _ body: ([UInt8]) -> Void) throws(SystemError) {
        while true {
            var failure: SystemError?
            let piece = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
                var result = read(number, buffer.baseAddress, size)
                while result < 0 && errno == EINTR { result = read(number, buffer.baseAddress, size) }
                if result < 0 { failure = SystemError() }
                count = max(0, result)
            }
            if let failure { throw failure }
            if piece.isEmpty { return }
            body(piece)
        }
    }

    func append(_ bytes: [UInt8]) throws(SystemError) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { bytes in
                write(number, bytes.baseAddress.map { $0 + written }, bytes.count - written)
            }
            if count < 0 && errno != EINTR { throw SystemError() }
            written += max(0, count)
        }
    }
}

/// What the system says of a file without reading it.
struct FileStatus {
    enum Kind { case file, folder, link, other }

    let kind: Kind
    let size: Int
    let changed: Date
    /// Stand for the file and its content: any change of it changes them.
    let stamp: [Int]
    /// Names the file among all files.
    let identity: [UInt64]

    init(_ status: stat) {
        kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .folder
            case S_IFLNK: .link
            default: .other
            }
        size = Int(status.st_size)
        #if os(Linux)
            let times = [status.st_mtim, status.st_ctim]
        #else
            let times = [status.st_mtimespec, status.st_ctimespec]
        #endif
        changed = Date(timeIntervalSince1970: Double(times[0].tv_sec) + Double(times[0].tv_nsec) * 1e-9)
        identity = [UInt64(truncatingIfNeeded: status.st_dev), UInt64(status.st_ino)]
        stamp = [Int(status.st_ino), size] + times.flatMap { [Int($0.tv_sec), Int($0.tv_nsec)] }
    }
}
