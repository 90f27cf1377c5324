import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// Ctrl-C and its like are heard whatever the tool is about.
extension EndToEnd {
    @Suite(.serialized) struct SignalTests {
        /// Ends `tool` by `signal`, in far less time than what it is about takes.
        private func expectEnd(of tool: RunningTool, by signal: Int32, in book: TemporaryBook) {
            let began = ContinuousClock.now
            kill(tool.process.processIdentifier, signal)
            tool.process.waitUntilExit()
            #expect(ContinuousClock.now - began < .seconds(5))
            #expect(tool.process.terminationReason == .exit)
            #expect(tool.process.terminationStatus == 128 + signal)
            #expect(book.hasNoProcess())
        }

        @Test(arguments: [(["render"], SIGINT), (["watch", "--port", "0"], SIGTERM), (["list"], SIGHUP)])
        func whileItReads(command: [String], signal: Int32) throws {
            let prose = String(repeating: "Some *words* of prose, a [link](x) and `code`.\n\n", count: 205_000)
            let names = (1...6).map { "long-\($0)" }
            let book = try TemporaryBook(Dictionary(uniqueKeysWithValues: names.map { ($0, prose) }))
            let tool = try RunningTool(command, in: book)
            // By then it is reading, and far from done.
            usleep(1_000_000)
            #expect(tool.process.isRunning)
            expectEnd(of: tool, by: signal, in: book)
        }

        @Test func whileItWaitsForTheStore() throws {
            let book = try TemporaryBook(["a": "prose\n"])
            try book.write("", to: ".kdbook/lock")
            let lock = open(book.root + "/.kdbook/lock", O_RDWR | O_CLOEXEC)
            defer { close(lock) }
            #expect(flock(lock, LOCK_EX) == 0)
            let tool = try RunningTool(["render"], in: book)
            usleep(300_000)
            #expect(tool.process.isRunning)
            expectEnd(of: tool, by: SIGTERM, in: book)
        }

        /// Processes that do not end when they are asked to do not hold up the tool, and end with it.
        @Test func whileItsKernelsAreDeaf() throws {
            let book = try TemporaryBook(["a": cell("while true {}")])
            let tool = try RunningTool(["render"], in: book)
            #expect(tool.waits(until: { book.kernels == 1 }))
            for id in book.kernelProcessIdentifiers { kill(id, SIGSTOP) }
            expectEnd(of: tool, by: SIGINT, in: book)
        }

        @Test func aSecondOneEndsItAtOnce() throws {
            let book = try TemporaryBook(["a": cell("while true {}")])
            let tool = try RunningTool(["render"], in: book)
            #expect(tool.waits(until: { book.kernels == 1 }))
            for id in book.kernelProcessIdentifiers { kill(id, SIGSTOP) }
            kill(tool.process.processIdentifier, SIGINT)
            // Until the first has been heard, the second would be the same.
            usleep(100_000)
            kill(tool.process.processIdentifier, SIGINT)
            tool.process.waitUntilExit()
            #expect(tool.process.terminationReason == .uncaughtSignal && tool.process.terminationStatus == SIGINT)
            #expect(book.hasNoProcess())
        }
    }
}
