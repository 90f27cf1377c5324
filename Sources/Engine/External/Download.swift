import Foundation

/// Getting one file over HTTP with `curl`: what was begun is continued, what failed for the moment is tried again.
struct Download: Sendable {
    let curl: String
    /// How often what failed for the moment is tried again without any progress.
    let retries: Int
    /// For how many seconds nothing may come, and a connection may take.
    let timeout: Int

    /// Why a file was not got from where it was asked for.
    struct Failure: Error, Hashable, Sendable {
        let reason: String
        /// Whether it may go better in a moment.
        let isPassing: Bool
    }

    init(retries: Int, timeout: Int) throws(EngineError) {
        guard let program = SearchPath.find("curl") else {
            throw EngineError(.find, file: "curl", cause: "it is not on the PATH; install the package curl")
        }
        curl = program
        self.retries = retries
        self.timeout = timeout
    }

    /// Gets `address` into the file `part`, from where an earlier try got to.
    ///
    /// - Parameter report: takes how many bytes are there, some ten times a second.
    /// - Returns: whether what is there was got in more than one piece.
    func get(
        _ address: String, into part: String, report: @escaping @Sendable (Int) -> Void
    ) async throws(Failure) -> Bool {
        var failures = 0
        while true {
            let before = Download.size(of: part)
            guard let failure = await attempt(address, into: part, report: report) else { return before > 0 }
            guard failure.isPassing else { throw failure }
            let now = Download.size(of: part)
            // What could not be continued is begun anew.
            if before > 0 && now == 0 { continue }
            failures = now > before ? 0 : failures + 1
            guard failures <= retries else { throw failure }
            // Ever longer waits, so that a server in trouble is left alone.
            try? await Task.sleep(for: .milliseconds(500 << min(failures, 6)))
        }
    }

    private func attempt(
        _ address: String, into part: String, report: @escaping @Sendable (Int) -> Void
    ) async -> Failure? {
        let arguments = [
            "--silent", "--show-error", "--fail", "--location", "--proto", "=http,https", "--connect-timeout",
            "\(timeout)", "--speed-limit", "1", "--speed-time", "\(timeout)", "--continue-at", "-", "--output", part,
            "--write-out", "\nstatus %{http_code}", "--", address,
        ]
        let watch = Task {
            while !Task.isCancelled {
                report(Download.size(of: part))
                try? await Task.sleep(for: .milliseconds(100))
            }
        }
        defer { watch.cancel() }
        let curl = curl
        return await blocking {
            do throws(EngineError) {
                let environment = ProcessInfo.processInfo.environment
                let (end, output) = try run(curl, arguments, environment: environment)
                return failure(end, output, part: part)
            } catch {
                return Failure(reason: error.description, isPassing: false)
            }
        }
    }

    /// What curl's exit status and words mean; `nil` where it did what it was to do.
    private func failure(_ end: ProcessEnd, _ output: String, part: String) -> Failure? {
        guard end != .exited(status: 0) else { return nil }
        let status = output.firstMatch(of: /\nstatus (\d+)$/).flatMap { Int($0.1) } ?? 0
        let words = output.firstMatch(of: /curl: \(\d+\) ([^\n]*)/).map { String($0.1) } ?? "curl ended with \(end)"
        switch (end, status) {
        case (.exited(status: 22), 416), (.exited(status: 33), _), (.exited(status: 36), _):
            // What is there cannot be continued: it is whole, of another file, or the server cannot go on in the middle.
            let wasBegun = Download.size(of: part) > 0
            unlink(part)
            return Failure(reason: "it cannot be continued: \(words)", isPassing: wasBegun)
        case (.exited(status: 22), _):
            return Failure(reason: "HTTP status \(status)", isPassing: status >= 500 || status == 408 || status == 429)
        case (.exited(status: 28), _):
            return Failure(reason: "nothing came for \(timeout) s", isPassing: true)
        case (.exited(status: 23), _): return Failure(reason: "cannot be written: \(words)", isPassing: false)
        // Cut off, empty answer, connection lost in sending or receiving.
        case (.exited(let code), _) where [18, 52, 55, 56, 92].contains(code):
            return Failure(reason: "the connection was cut off: \(words)", isPassing: true)
        // No such host or server.
        default: return Failure(reason: words, isPassing: false)
        }
    }

    static func size(of path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }
}
