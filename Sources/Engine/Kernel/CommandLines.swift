import Foundation
import Wire

/// The pipes by which a kernel's processes take commands.
final class CommandLines: Sendable {
    let readEnds: [Int32]
    private let writeEnds: [Int32]

    init(count: Int) throws(EngineError) {
        var readEnds: [Int32] = []
        var writeEnds: [Int32] = []
        for _ in 0..<count {
            var ends: [Int32] = [0, 0]
            guard pipe(&ends) == 0 else {
                let cause = SystemError.words(errno)
                (readEnds + writeEnds).forEach { close($0) }
                throw EngineError(.start, file: "pipe", cause: cause)
            }
            readEnds.append(raised(ends[0]))
            writeEnds.append(raised(ends[1]))
        }
        guard (readEnds + writeEnds).allSatisfy({ $0 >= 0 }) else {
            (readEnds + writeEnds).forEach { close($0) }
            throw EngineError(.start, file: "pipe", cause: SystemError.words(EMFILE))
        }
        self.readEnds = readEnds
        self.writeEnds = writeEnds
    }

    deinit { (readEnds + writeEnds).forEach { close($0) } }

    /// Takes away what a process that has ended left unread of its line.
    func clear(line: Int) { discardAvailable(readEnds[line]) }

    func send(_ command: KernelCommand, line: Int) {
        guard let text = try? JSONEncoder().encode(command) else { return }
        (text + [UInt8(ascii: "\n")]).withUnsafeBytes { _ = write(writeEnds[line], $0.baseAddress, $0.count) }
    }
}
