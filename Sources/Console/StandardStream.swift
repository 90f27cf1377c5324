import Engine
import Foundation

/// Where the tool's words go. Each is written whole, or the tool ends.
package enum StandardStream: Int32 {
    case output = 1
    case errors = 2

    /// The status of programs whose reader has gone: 128 and the number of the signal for it.
    private static let readerGone = 128 + SIGPIPE

    /// Opens what whoever started the tool has closed: the next file that is opened would take its place.
    package static func openAll() {
        for descriptor in 0...errors.rawValue where fcntl(descriptor, F_GETFD) < 0 {
            // The system gives the lowest number that is free.
            _ = open("/dev/null", O_RDWR)
        }
    }

    func write(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(rawValue, $0.baseAddress, $0.count) }
            if count > 0 { rest = rest.dropFirst(count) } else if !mayGoOn(after: errno) { return }
        }
    }

    /// Whether writing is to be tried again. Of what cannot be said on standard error the status tells.
    private func mayGoOn(after number: Int32) -> Bool {
        switch number {
        case EINTR: return true
        case EAGAIN:
            var file = pollfd(fd: rawValue, events: Int16(POLLOUT), revents: 0)
            poll(&file, 1, -1)
            return true
        case EPIPE: abandon(status: Self.readerGone)
        default:
            guard self == .output else { return false }
            let cause = SystemError.words(number)
            StandardStream.errors.write("kdbook: error: standard output cannot be written: \(cause)\n")
            abandon(status: ExitStatus.notebookFailed)
        }
    }

    /// Ends the process, and first what it started, in the midst of its work.
    private func abandon(status: Int32) -> Never {
        Ephemera.shared.end()
        _exit(status)
    }
}
