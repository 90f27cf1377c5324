import Foundation
import Wire

/// What comes through the events' pipe.
enum KernelMessage {
    case event(KernelEvent)
    case report(KernelReport)
    /// What no kernel sends.
    case garbage

    init?(_ line: [UInt8]) {
        // What a copy had begun to say when it was ended is nothing.
        guard !line.isEmpty, line.last != CrashLine.cancel else { return nil }
        if let report = KernelReport(line) {
            self = .report(report)
        } else if let event = try? JSONDecoder().decode(KernelEvent.self, from: Data(line)) {
            self = .event(event)
        } else {
            self = .garbage
        }
    }
}

/// A line of a crash report, or of the process that watches over the kernel (see ``CrashLine``).
enum KernelReport: Equatable {
    case memory
    case thrown([UInt64])
    case crash(signal: Int32, [UInt64])
    case over(CellEnd.Excess)
    case stopped(signal: Int32)

    /// The most addresses that a report has.
    private static let mostAddresses = 256

    init?(_ line: [UInt8]) {
        guard line.first == UInt8(ascii: "!"), line.count < 20 * KernelReport.mostAddresses,
            let text = String(validating: line, as: UTF8.self)
        else { return nil }
        let words = text.split(separator: " ")
        switch words.first.map(String.init) {
        case CrashLine.memory where words.count == 1: self = .memory
        case CrashLine.thrown:
            guard let addresses = KernelReport.addresses(words.dropFirst()) else { return nil }
            self = .thrown(addresses)
        case CrashLine.crash:
            guard let signal = KernelReport.signal(words.dropFirst()),
                let addresses = KernelReport.addresses(words.dropFirst(2))
            else { return nil }
            self = .crash(signal: signal, addresses)
        case CrashLine.over where words.count == 2:
            guard let excess = CellEnd.Excess(rawValue: String(words[1])) else { return nil }
            self = .over(excess)
        case CrashLine.stopped where words.count == 2:
            guard let signal = KernelReport.signal(words.dropFirst()) else { return nil }
            self = .stopped(signal: signal)
        default: return nil
        }
    }

    private static func signal(_ words: ArraySlice<Substring>) -> Int32? {
        words.first.flatMap { Int32($0) }.flatMap { (1...64).contains($0) ? $0 : nil }
    }

    private static func addresses(_ words: ArraySlice<Substring>) -> [UInt64]? {
        let addresses = words.compactMap { UInt64($0, radix: 16) }
        return addresses.count == words.count && addresses.count <= mostAddresses ? addresses : nil
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
