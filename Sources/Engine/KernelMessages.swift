import Foundation
import Wire

/// What comes through the events' pipe.
enum KernelMessage {
    case event(KernelEvent)
    /// A line of a crash report, or of the process that watches over the kernel.
    case report(name: String, words: [Substring])
    /// What no kernel sends.
    case garbage

    init?(_ line: [UInt8]) {
        // What a copy had begun to say when it was ended is nothing.
        guard !line.isEmpty, line.last != CrashLine.cancel else { return nil }
        if let event = try? JSONDecoder().decode(KernelEvent.self, from: Data(line)) {
            self = .event(event)
            return
        }
        let words = String(decoding: line, as: UTF8.self).split(separator: " ")
        let names = [CrashLine.memory, CrashLine.thrown, CrashLine.crash, CrashLine.over, CrashLine.stopped]
        if let name = words.first.map(String.init), names.contains(name) {
            self = .report(name: name, words: Array(words.dropFirst()))
        } else {
            self = .garbage
        }
    }
}

/// Cuts what comes through a pipe into lines.
struct LineBuffer {
    private var bytes: [UInt8] = []
    private var start = 0
    private var searched = 0

    /// Whether a line has begun that is longer than any that a kernel sends.
    var isOverlong: Bool { bytes.count - start > longestKernelLine }

    mutating func append(_ more: [UInt8]) {
        bytes.removeFirst(start)
        searched -= start
        start = 0
        bytes += more
    }

    /// Takes the next whole line, without its end.
    mutating func next() -> [UInt8]? {
        let end = bytes.withUnsafeBytes { bytes -> Int? in
            guard let base = bytes.baseAddress, searched < bytes.count,
                let found = memchr(base + searched, Int32(UInt8(ascii: "\n")), bytes.count - searched)
            else { return nil }
            return found - UnsafeMutableRawPointer(mutating: base)
        }
        guard let end else {
            searched = bytes.count
            return nil
        }
        defer {
            start = end + 1
            searched = start
        }
        return Array(bytes[start..<end])
    }
}
