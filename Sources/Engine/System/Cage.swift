import CConfinement
import Confinement
import Foundation
import Notebook
import Synchronization
import Wire

#if canImport(Glibc)
    import Glibc
#endif

/// What holds a program that reads a stranger's text for us, such as a compiler, from its first instruction on: it reaches
/// the files it is granted, no network and no other process.
final class Cage {
    /// What the system is told; lives as long as this does.
    let native: UnsafePointer<kdbook_cage>

    /// - Parameters:
    ///   - files: what the program reaches; what is not there is not granted.
    ///   - memory: what it may use, in bytes.
    ///   - file: the largest file that it may write, in bytes.
    ///   - seconds: the processor time that it may take.
    ///   - caller: whose system calls it may make.
    ///   - landlock: the newest version of Landlock's interface to use.
    init(
        files: [Reach.Grant], memory: Int, file: Int, seconds: Double,
        caller: kdbook_caller = KDBOOK_TOOL, landlock: Int
    ) throws(EngineError) {
        var cage = kdbook_cage(
            files: -1, memory: UInt64(max(0, memory)), file_size: UInt64(max(0, file)),
            seconds: UInt64(min(max(1, seconds.rounded(.up)), 1e9)), caller: caller)
        if let failure = files.withNative({ kdbook_make_cage($0, $0.count, Int32(landlock), &cage) }) {
            let cause = SystemError.words(errno)
            throw EngineError(
                .start, file: String(cString: failure), cause: "the compiler cannot be confined: \(cause)")
        }
        if cage.files >= 0 { cage.files = raised(cage.files) }
        let place = UnsafeMutablePointer<kdbook_cage>.allocate(capacity: 1)
        place.initialize(to: cage)
        native = UnsafePointer(place)
    }

    deinit {
        if native.pointee.files >= 0 { close(native.pointee.files) }
        native.deallocate()
    }
}
