/// What a run of a notebook may use; front matter's `limits` changes it.
public struct Limits: Hashable, Sendable {
    /// How long all cells may run together, in seconds.
    public var time: Double = 30 * 60
    /// The memory of the notebook's process, and of all the processes it starts together, in bytes.
    public var memory = 4_000_000_000
    /// What a cell may print and show, in bytes of text.
    public var output = 1_000_000
    /// The largest file that cells may write, in bytes.
    public var file = 500_000_000
    /// The files in the cells' scratch folder together, in bytes; each counts 4096 at least.
    public var scratch = 2_000_000_000
    /// How many processes may run at once.
    public var processes = 64
    /// How many threads may run at once, in all processes together.
    public var threads = 1000

    /// The limits of a notebook that states none.
    public init() {}

    private static let leastMemory = 256_000_000

    private enum Name: String, EntryName { case time, memory, output, file, scratch, processes, threads }

    /// Reads what differs from the defaults.
    init(_ value: YAMLValue, _ diagnostics: inout [Diagnostic]) throws(YAMLValue.Mismatch) {
        for (name, value) in try value.members(Name.self, what: "limit", &diagnostics) {
            switch name {
            case .time: time = try value.seconds
            case .memory:
                memory = try value.bytes
                guard memory >= Limits.leastMemory else {
                    throw value.mismatch("at least \(Limits.leastMemory.asBytes), which an empty notebook needs")
                }
            case .output: output = try value.bytes
            case .file: file = try value.bytes
            case .scratch: scratch = try value.bytes
            case .processes: processes = try value.count
            case .threads: threads = try value.count
            }
        }
    }
}

extension Int {
    /// A number of bytes as people write it: `4 GB`, `500 MB`.
    public var asBytes: String {
        for (unit, size) in [("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1000)] where self >= size {
            let tenths = (self * 10 + size / 2) / size
            return tenths % 10 == 0 ? "\(tenths / 10) \(unit)" : "\(tenths / 10).\(tenths % 10) \(unit)"
        }
        return self == 1 ? "1 byte" : "\(self) bytes"
    }
}
