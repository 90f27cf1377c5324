/// What the engine asks of a kernel: one line of JSON each, on the kernel's file descriptor `KernelDescriptor.commands`.
public enum KernelCommand: Codable, Hashable, Sendable {
    /// Load the compiled cell at `library` and run it. A cell that is to fail runs `alone`, in a copy of the
    /// process, so that the cells after it find the state before it.
    case run(cell: Int, library: String, alone: Bool)
    /// End the process in good order.
    case finish
}

/// What a kernel tells the engine: one line of JSON each, on `KernelDescriptor.events`.
///
/// Printed text travels on another pipe. So that the two can be put in order again, a kernel writes a mark
/// (see ``OutputMark``) into the text for every event that has a `mark` number.
public enum KernelEvent: Codable, Hashable, Sendable {
    /// A cell's library was loaded; its code lies at `base` in memory.
    case loaded(cell: Int, base: UInt64)
    /// The running cell showed something.
    case shown(Display, mark: Int)
    /// Something about what the running cell showed is not as its reader would want it.
    case warned(String)
    /// The running cell is so far; for the terminal only, never recorded.
    case progress(String)
    /// The notebook ends here on purpose, its part of the work done: an experiment waits for the other parts.
    case halted(String)
    /// The cell came to its end.
    case ended(cell: Int, mark: Int)
    /// The copy of the process that a cell ran in alone has ended, by a signal or with an exit status.
    case copyEnded(signal: Int32?, status: Int32, mark: Int)
    /// A cell's library could not be loaded.
    case unloadable(cell: Int, reason: String)
}

/// The file descriptors a kernel is started with, besides standard input (empty), output and error (one pipe).
public enum KernelDescriptor {
    public static let events: Int32 = 3
    public static let commands: Int32 = 4
    /// A file that says how many threads may compute now, where notebooks run side by side.
    public static let threads: Int32 = 5
}

/// The environment variables a kernel is started with.
public enum KernelEnvironment {
    /// A word that no cell can guess, so that printed text is never taken for a mark.
    public static let nonce = "KDBOOK_NONCE"
    /// The folder that cells run in: the book's.
    public static let folder = "KDBOOK_FOLDER"
    /// The descriptor of the file that says how many threads may compute now; the worker pool reads it (`pool.c`).
    public static let threads = "KDBOOK_THREADS_SHARED"
    /// The folder that figures are written to, each named by the digest in its ``FigureContent`` and `.png`.
    public static let figures = "KDBOOK_FIGURES"
    /// The folder that experiments keep the results of their runs in; none where it is not set.
    public static let results = "KDBOOK_RESULTS"
    /// Which part of each experiment's runs is carried out, such as `2/5`; all of them where it is not set.
    public static let shard = "KDBOOK_SHARD"
    /// A digest of the notebook's inputs.
    public static let inputs = "KDBOOK_INPUTS"
}

/// The mark that a kernel writes into the printed text where an event belongs.
public enum OutputMark {
    /// The bytes of mark number `number`: a record separator, the nonce, the number, a record separator.
    public static func bytes(nonce: String, number: Int) -> [UInt8] {
        [0x1E] + Array("\(nonce):\(number)".utf8) + [0x1E]
    }
}

/// The lines by which the kernel's crash handler reports a signal; no JSON, because a signal handler may not allocate.
public enum CrashLine {
    /// `!thrown ADDRESS…`: where the last error was thrown, return addresses in hexadecimal, innermost first.
    public static let thrown = "!thrown"
    /// `!crash SIGNAL ADDRESS…`: the signal in decimal, then where it came, innermost first; the first address is that
    /// of the instruction, the others are return addresses.
    public static let crash = "!crash"
}
