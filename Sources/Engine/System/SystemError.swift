import Foundation

/// Why the system did not do what it was asked for, in words that name the cure.
public struct SystemError: Error, Hashable {
    let number: Int32

    /// That of the call that was made last.
    init() { number = errno }
    init(_ number: Int32) { self.number = number }

    /// What stands there is a pipe, a device or the like.
    static let noFile = SystemError(0)

    var text: String { self == .noFile ? "it is neither a file nor a folder" : Self.words(number) }

    /// What is lacking where the system refuses for want of something.
    private static let shortages: [(number: Int32, words: String)] = [
        (ENOSPC, "the disk is full"),
        (EDQUOT, "the disk space that you may use is full"),
        (EFBIG, "the file would be larger than this shell allows; `ulimit -f unlimited` allows more"),
        (EMFILE, "this shell allows no more open files; `ulimit -n 1024` allows more"),
        (ENFILE, "the system has no more open files"),
        (EAGAIN, "the system allows no more processes and threads; `ulimit -u` says how many you may have"),
        (ENOMEM, "the system has no more memory"),
    ]

    /// The words for a number of `errno`: the cure where the system lacks something, else the system's own.
    public static func words(_ number: Int32) -> String {
        shortages.first { $0.number == number }?.words ?? String(cString: strerror(number))
    }

    /// What was lacking to a program that ended with `end` and said `output`; `nil` where it was nothing of that kind.
    static func shortage(of end: ProcessEnd, saying output: String) -> String? {
        switch end {
        case .signalled(SIGXFSZ): return words(EFBIG)
        // A linker writes its file by mapping it: where there is no room for a page of it, this is how it learns of that.
        case .signalled(SIGBUS): return words(ENOSPC)
        default: break
        }
        return shortages.first { output.contains(String(cString: strerror($0.number))) }?.words
    }
}
