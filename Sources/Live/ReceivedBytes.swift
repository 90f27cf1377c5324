/// What a peer sends, piece by piece as it comes. It is read by one reader at a time.
actor ReceivedBytes {
    enum Failure: Error {
        /// The peer sends nothing more.
        case ended
        /// The peer sends more without a break than was asked for.
        case tooMany
    }

    private let peer: Peer
    private var waiting: [UInt8] = []

    init(from peer: Peer) { self.peer = peer }

    /// The next `count` bytes.
    func take(_ count: Int) async throws -> [UInt8] {
        while waiting.count < count { try await receive() }
        return remove(count)
    }

    /// The next bytes up to an empty line, which is left out.
    ///
    /// - Parameter most: how many bytes there may be before the empty line.
    func takeLines(atMost most: Int) async throws -> [UInt8] {
        let (newline, carriageReturn) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))
        var searched = 0
        // Whether all that stands between the last newline and the place that is searched could be an empty line.
        var lineIsEmpty = false
        while true {
            while searched < min(waiting.count, most) {
                let byte = waiting[searched]
                searched += 1
                if byte == newline && lineIsEmpty { return remove(searched) }
                lineIsEmpty = byte == newline || (lineIsEmpty && byte == carriageReturn)
            }
            guard searched < most else { throw Failure.tooMany }
            try await receive()
        }
    }

    private func receive() async throws {
        let bytes = try await peer.receive(atMost: 4096)
        guard !bytes.isEmpty else { throw Failure.ended }
        waiting += bytes
    }

    private func remove(_ count: Int) -> [UInt8] {
        defer { waiting.removeFirst(count) }
        return Array(waiting.prefix(count))
    }
}
