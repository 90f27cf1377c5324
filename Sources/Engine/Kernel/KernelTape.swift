/// What has come through the pipes of a kernel, to be heard again where there is none: for tests, which write on it what no
/// kernel says.
package struct KernelTape: Sendable {
    /// What came through the pipe of events.
    package var events: [UInt8]
    /// What was printed, with its marks.
    package var printed: [UInt8]

    /// The word that marks are made with.
    package static let nonce = "word"
    /// The most bytes of each that are heard: what a pipe holds.
    static let longest = 60_000

    package init(events: [UInt8], printed: [UInt8]) {
        self.events = events
        self.printed = printed
    }
}
