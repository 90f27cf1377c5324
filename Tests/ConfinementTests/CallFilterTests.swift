#if os(Linux)
    import CConfinement
    import Foundation
    import Glibc
    import TestSupport
    import Testing

    /// What a confined process may call, looked up in the filters of both processors without a system to enforce them.
    @Suite struct CallFilterTests {
        private typealias Verdict = FilterMachine.Verdict
        private static let ones = UInt64.max

        @Test(arguments: kdbook_processor.both, [KDBOOK_CELLS, KDBOOK_TOOL, KDBOOK_BUILD])
        func `what becomes of every call is on record`(processor: kdbook_processor, caller: kdbook_caller) throws {
            let filter = FilterMachine(processor, caller: caller)
            let calls = Dictionary(grouping: processor.calls, by: \.number)
            let newest = try #require(calls.keys.max())
            let lines = try (0...newest + 50).map { number in
                let verdict = try filter.verdict(number, Array(repeating: Self.ones, count: 6))
                let name = calls[number]?.first.map { String(cString: $0.name) } ?? "-"
                return "\(number) \(name) \(Self.word(verdict))"
            }
            let listing = lines.joined(separator: "\n") + "\n"
            let kind = [KDBOOK_TOOL: "tool-calls", KDBOOK_BUILD: "build-calls"][caller] ?? "calls"
            let file = testFile("Golden/\(kind)-\(processor.name).txt")
            if ProcessInfo.processInfo.environment["KDBOOK_RECORD_GOLDEN"] == "1" {
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(listing.utf8).write(to: file, options: .atomic)
                Issue.record("recorded the calls of \(processor.name); run again without KDBOOK_RECORD_GOLDEN")
            }
            #expect(try listing == String(contentsOf: file, encoding: .utf8))
        }

        private static func word(_ verdict: Verdict) -> String {
            switch verdict {
            case .allowed: "allowed"
            case .fails(0): "idle"
            case .fails(ENOSYS): "absent"
            case .fails(EACCES): "refused"
            case .fails(EOPNOTSUPP): "unsupported"
            case .fails(ENOTTY): "no-request"
            case .fails(let cause): "fails-\(cause)"
            }
        }

        @Test(arguments: kdbook_processor.both)
        func `no number stands for two calls`(processor: kdbook_processor) {
            let calls = processor.calls
            #expect(Set(calls.map(\.number)).count == calls.count)
            #expect(Set(calls.map { String(cString: $0.name) }).count == calls.count)
            #expect(calls.allSatisfy { $0.number >= 0 && $0.number < Int32(KDBOOK_MOST_CALLS) })
        }

        @Test(arguments: kdbook_processor.both, [false, true])
        func `every call has the verdict of its rule`(processor: kdbook_processor, network: Bool) throws {
            let filter = FilterMachine(processor, caller: network ? KDBOOK_CELLS_ON_NETWORK : KDBOOK_CELLS)
            for call in processor.calls {
                let expected: Verdict? =
                    switch call.rule {
                    case KDBOOK_ABSENT: .fails(ENOSYS)
                    case KDBOOK_ALLOWED: .allowed
                    case KDBOOK_REFUSED: .fails(EACCES)
                    case KDBOOK_UNSUPPORTED: .fails(EOPNOTSUPP)
                    case KDBOOK_IDLE: .fails(0)
                    case KDBOOK_NETWORK: network ? .allowed : .fails(EACCES)
                    default: nil
                    }
                if let expected {
                    #expect(try filter.verdict(call.number) == expected, "\(String(cString: call.name))")
                }
            }
        }

        @Test(arguments: kdbook_processor.both)
        func `what is newer than the list is absent, and another processor's table refused`(
            processor: kdbook_processor
        ) throws {
            let filter = FilterMachine(processor)
            let newest = try #require(processor.calls.map(\.number).max())
            for number in [newest + 1, newest + 50, 511, 512, 100_000, 0x4000_0000, .max, -1] {
                #expect(try filter.verdict(number) == .fails(ENOSYS))
            }
            let read = try #require(processor.number("read"))
            for architecture: UInt32 in [0x4000_0003, 0x4000_0028, 0] {
                #expect(try filter.verdict(read, architecture: architecture) == .fails(EACCES))
            }
        }

        @Test(arguments: kdbook_processor.both)
        func `few instructions decide`(processor: kdbook_processor) throws {
            let filter = FilterMachine(processor)
            for call in processor.calls where call.rule == KDBOOK_ALLOWED {
                #expect(try filter.steps(call.number) <= 13, "\(String(cString: call.name))")
            }
        }

        /// A call with arguments, and what becomes of it.
        private static let cases: [(String, [UInt64], Verdict)] = [
            ("clone", [0x003D_0F00], .allowed), ("clone", [UInt64(SIGCHLD)], .allowed),
            ("clone", [0x1000_0000], .fails(EACCES)), ("clone", [0x0002_0011], .fails(EACCES)),
            ("clone", [0x0200_0000], .fails(EACCES)), ("clone", [0x4000_0000], .fails(EACCES)),
            ("clone3", [0, 88], .fails(ENOSYS)),
            ("ioctl", [1, 0x5401], .allowed), ("ioctl", [1, 0x541B], .allowed), ("ioctl", [1, 0x5451], .allowed),
            ("ioctl", [1, 0x5412], .fails(ENOTTY)), ("ioctl", [1, 0x4008_6602], .fails(ENOTTY)),
            ("ioctl", [1, 0xFFFF_FFFF_0000_5412], .fails(ENOTTY)), ("ioctl", [1, 0x8912], .fails(ENOTTY)),
            ("fcntl", [1, 1], .allowed), ("fcntl", [1, 6], .allowed), ("fcntl", [1, 37], .allowed),
            ("fcntl", [1, 1030], .allowed), ("fcntl", [1, 1024], .fails(EACCES)),
            ("fcntl", [1, 1026], .fails(EACCES)), ("fcntl", [1, 8], .fails(EACCES)),
            ("fcntl", [1, 15], .fails(EACCES)), ("fcntl", [1, 1033], .fails(EACCES)),
            ("prctl", [15], .allowed), ("prctl", [36, 1], .allowed), ("prctl", [4, 0], .fails(EACCES)),
            ("prctl", [22, 2], .fails(EACCES)), ("prctl", [35], .fails(EACCES)),
            ("prctl", [0x5961_6D61], .fails(EACCES)),
            ("kill", [4711, 9], .allowed), ("kill", [0, 15], .allowed), ("kill", [ones, 9], .fails(EACCES)),
            ("kill", [0xFFFF_FFFF, 9], .fails(EACCES)),
            ("mmap", [0, 4096, 3, 0x22], .allowed), ("mmap", [0, 4096, 1, 1, 5], .allowed),
            ("mmap", [0, 4096, 3, 0x21, ones], .fails(EACCES)), ("mmap", [0, 4096, 3, 0x23, ones], .fails(EACCES)),
            ("prlimit64", [0, 7], .allowed), ("prlimit64", [1, 7], .fails(EACCES)),
            ("sched_setaffinity", [0, 8], .allowed), ("sched_setaffinity", [1, 8], .fails(EACCES)),
            ("socketpair", [1, 2], .allowed), ("socketpair", [30, 1], .fails(EACCES)),
            ("socket", [2, 1], .fails(EACCES)), ("socket", [1, 1], .fails(EACCES)),
            ("sendto", [1, 0, 1, 0, 0], .allowed), ("sendto", [1, 0, 1, 0, 1], .fails(EACCES)),
            ("sendto", [1, 0, 1, 0, 1 << 32], .fails(EACCES)),
            ("flock", [1, 2], .fails(EACCES)), ("memfd_create", [], .fails(EACCES)),
        ]

        @Test(arguments: kdbook_processor.both)
        func `arguments decide where calls have several uses`(processor: kdbook_processor) throws {
            let filter = FilterMachine(processor)
            for (name, arguments, verdict) in Self.cases { try expect(filter, name, arguments, verdict) }
        }

        @Test(arguments: kdbook_processor.both)
        func `with the network come sockets, but none to other programs here`(processor: kdbook_processor) throws {
            let filter = FilterMachine(processor, caller: KDBOOK_CELLS_ON_NETWORK)
            let cases: [(String, [UInt64], Verdict)] = [
                ("socket", [2, 1], .allowed), ("socket", [10, 2], .allowed), ("socket", [16, 3, 0], .allowed),
                ("socket", [16, 3, 9], .fails(EACCES)), ("socket", [1, 1], .fails(EACCES)),
                ("socket", [17, 3], .fails(EACCES)), ("sendto", [1, 0, 1, 0, 1], .allowed),
                ("socketpair", [1, 1], .allowed), ("socketpair", [1, 2], .fails(EACCES)),
                ("socketpair", [1, 0x80802], .fails(EACCES)), ("ioctl", [1, 0x8912], .allowed),
                ("ioctl", [1, 0x8914], .fails(ENOTTY)),
            ]
            for (name, arguments, verdict) in cases { try expect(filter, name, arguments, verdict) }
        }

        @Test(arguments: kdbook_processor.both)
        func `a tool makes no call that a cell may not, and starts threads only`(processor: kdbook_processor) throws {
            let (cell, tool) = (FilterMachine(processor), FilterMachine(processor, caller: KDBOOK_TOOL))
            var allowed = 0
            for call in processor.calls {
                let verdict = try tool.verdict(call.number)
                if verdict == .allowed { allowed += 1 }
                let isOfTools = kdbook_is_tool_call(call.name) != 0
                #expect(isOfTools || verdict == .fails(call.rule == KDBOOK_ABSENT ? ENOSYS : EACCES))
                if isOfTools, call.rule != KDBOOK_CLONE {
                    #expect(try verdict == cell.verdict(call.number), "\(String(cString: call.name))")
                }
            }
            #expect(allowed > 50)
            try expect(tool, "clone", [0x003D_0F00], .allowed)
            try expect(tool, "clone", [UInt64(SIGCHLD)], .fails(EACCES))
            try expect(tool, "clone", [0x4111], .fails(EACCES))
            try expect(tool, "clone", [0x103D_0F00], .fails(EACCES))
            for name in ["socketpair", "sendto", "kill", "setsid", "wait4"] {
                try expect(tool, name, [], .fails(EACCES))
            }
        }

        private func expect(
            _ filter: FilterMachine, _ name: String, _ arguments: [UInt64], _ verdict: Verdict
        ) throws {
            let number = try #require(filter.processor.number(name))
            #expect(try filter.verdict(number, arguments) == verdict, "\(name) \(arguments)")
        }
    }
#endif
