#if os(Linux)
    import CConfinement

    /// A filter of system calls, and what the system makes of a call under it: the few instructions that filters here are
    /// made of, as Linux's documentation of classic BPF has them.
    struct FilterMachine {
        let code: [kdbook_instruction]
        let processor: kdbook_processor

        init(_ processor: kdbook_processor, caller: kdbook_caller = KDBOOK_CELLS) {
            self.processor = processor
            code = Array(unsafeUninitializedCapacity: Int(KDBOOK_MOST_INSTRUCTIONS)) { buffer, count in
                count = buffer.baseAddress.map { kdbook_write_filter(processor, caller, $0) } ?? 0
            }
        }

        enum Verdict: Hashable {
            case allowed
            case fails(Int32)
        }

        enum Fault: Error {
            case leavesTheProgram(Int)
            case unknownInstruction(kdbook_instruction)
            case unknownVerdict(UInt32)
        }

        /// What becomes of call `number` with `arguments`; those that are not given are zero.
        func verdict(_ number: Int32, _ arguments: [UInt64] = [], architecture: UInt32? = nil) throws -> Verdict {
            try outcome(Call(number, arguments, architecture ?? processor.architecture)).verdict
        }

        /// How many instructions it takes to tell.
        func steps(_ number: Int32) throws -> Int {
            try outcome(Call(number, [], processor.architecture)).steps
        }

        private func outcome(_ call: Call) throws -> (verdict: Verdict, steps: Int) {
            var (place, steps, accumulator) = (0, 0, UInt32(0))
            while code.indices.contains(place) {
                let instruction = code[place]
                let value = instruction.value
                place += 1
                steps += 1
                switch instruction.code {
                case 0x20: accumulator = call.word(at: Int(value))
                case 0x54: accumulator &= value
                case 0x05: place += Int(value)
                case 0x15: place += Int(accumulator == value ? instruction.if_so : instruction.if_not)
                case 0x35: place += Int(accumulator >= value ? instruction.if_so : instruction.if_not)
                case 0x45: place += Int(accumulator & value != 0 ? instruction.if_so : instruction.if_not)
                case 0x06: return (try Verdict(returned: value), steps)
                default: throw Fault.unknownInstruction(instruction)
                }
            }
            throw Fault.leavesTheProgram(place)
        }

        /// A call as a filter sees it: number, architecture, an address, six arguments.
        private struct Call {
            private let words: [UInt32]

            init(_ number: Int32, _ arguments: [UInt64], _ architecture: UInt32) {
                let padded = arguments + Array(repeating: 0, count: 6 - arguments.count)
                words =
                    [UInt32(bitPattern: number), architecture, 0, 0]
                    + padded.flatMap { [UInt32(truncatingIfNeeded: $0), UInt32($0 >> 32)] }
            }

            func word(at offset: Int) -> UInt32 { words[offset / 4] }
        }
    }

    extension FilterMachine.Verdict {
        fileprivate init(returned value: UInt32) throws {
            switch value & 0xFFFF_0000 {
            case 0x7FFF_0000: self = .allowed
            case 0x0005_0000: self = .fails(Int32(value & 0xFFFF))
            default: throw FilterMachine.Fault.unknownVerdict(value)
            }
        }
    }

    extension kdbook_processor {
        static let both = [KDBOOK_X86_64, KDBOOK_ARM64]

        /// As the system's filters name it.
        var architecture: UInt32 { self == KDBOOK_X86_64 ? 0xC000_003E : 0xC000_00B7 }

        var name: String { self == KDBOOK_X86_64 ? "x86-64" : "arm64" }

        /// The calls that are known by name.
        var calls: [kdbook_call] {
            Array(unsafeUninitializedCapacity: Int(KDBOOK_MOST_CALLS)) { buffer, count in
                count = buffer.baseAddress.map { kdbook_known_calls(self, $0) } ?? 0
            }
        }

        /// The number of the call `name`.
        func number(_ name: String) -> Int32? { calls.first { String(cString: $0.name) == name }?.number }
    }
#endif
