public import struct Foundation.Data

/// What the engine asks of a kernel: one line of JSON each, on the kernel's file descriptor `KernelDescriptor.commands`.
public enum KernelCommand: Codable, Hashable, Sendable {
    /// Make ready for cells: what comes first.
    ///
    /// - Parameters:
    ///   - reach: what the process may reach from now on; all that its user may where it is `nil`.
    ///   - outputLimit: how many bytes of text a cell may show.
    ///   - nonce: a word that printed text does not have by chance, for ``OutputMark``. It stands in no environment, where
    ///     any cell could read it; but a cell shares the process's memory, and one that searches there may find it. All that
    ///     it could do with it is to disorder what its own notebook prints.
    ///   - files: those that the notebook declares.
    case prepare(reach: Reach?, outputLimit: Int, nonce: String, files: DeclaredFiles)
    /// Load the compiled cell at `library` and run it. A cell that is to fail runs `alone`, in a copy of the
    /// process, so that the cells after it find the state before it.
    case run(cell: Int, library: String, alone: Bool)
    /// Keep the state as it is, and have a copy of the process go on, which takes commands from line `line`.
    case copy(line: Int)
    /// End all copies that came of this one, which goes on from the state it kept, and say `token` then.
    case goBack(token: Int)
    /// End the process in good order.
    case finish
}

/// What a kernel tells the engine: one line of JSON each, on `KernelDescriptor.events`.
///
/// Printed text travels on another pipe. So that the two can be put in order again, a kernel writes a mark
/// (see ``OutputMark``) into the text for every event that has a `mark` number.
public enum KernelEvent: Codable, Hashable, Sendable {
    /// The process is ready for cells.
    case ready(KernelState)
    /// The process cannot be made ready.
    case unready(reason: String)
    /// A cell's library was loaded; its code lies at `base` in memory.
    case loaded(cell: Int, base: UInt64)
    /// The running cell showed something, whole or as much as it may.
    case shown(Display, isCut: Bool, mark: Int)
    /// A picture of a figure that is shown next: a PNG file, and the digest of what it shows.
    case picture(digest: String, png: Data)
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
    /// A copy goes on, as process `process`, with commands from line `line`.
    case copied(line: Int, process: Int32)
    /// No copy can be made of the process as it is; it goes on itself.
    case notCopied(CopyObstacle)
    /// The copies are gone; `token` is also the number of the mark.
    case wentBack(token: Int)
    /// A copy has ended, by a signal or with an exit status; the process that it came of takes commands.
    case lostCopy(process: Int32, signal: Int32?, status: Int32, mark: Int)
    /// The running cell did what no cell may; it is over.
    case broke(rule: KernelRule)
    /// A cell's library could not be loaded.
    case unloadable(cell: Int, reason: String)
}

/// What keeps a kernel's state from being copied.
public enum CopyObstacle: String, Codable, Hashable, Sendable {
    case threads, descriptors, files, sharedMemory, timers
    /// The system makes no more processes.
    case processes
}

/// What a cell must leave as it found it.
public enum KernelRule: Codable, Hashable, Sendable {
    /// A process that the cell started is left behind.
    case awaitsProcesses
    /// Standard output and error are no longer the engine's.
    case keepsOutputOpen
    /// The cell runs in a copy of a process that had threads, which the copy has not, and waits for what they were to do.
    case awaitsNothingInACopy
    /// A figure's description has too many bytes.
    case showsWithinLimits(bytes: Int)
}

/// What a kernel says of itself when it is ready.
public struct KernelState: Codable, Hashable, Sendable {
    /// The vector instructions in use, such as `avx2`.
    public var instructionSet: String
    /// The version of Landlock's interface that holds the process; 0 is none.
    public var landlock: Int
    /// Whether the process's system calls are filtered.
    public var filtersCalls: Bool

    /// The circumstances of one process.
    public init(instructionSet: String, landlock: Int, filtersCalls: Bool) {
        self.instructionSet = instructionSet
        self.landlock = landlock
        self.filtersCalls = filtersCalls
    }
}

/// What a kernel can reach of the files and the network.
public struct Reach: Codable, Hashable, Sendable {
    /// What may be done with a file, or with all files below a folder.
    public enum Access: String, Codable, Sendable { case list, read, execute, device, write }

    /// A permission to use one file, or all files below one folder.
    public struct Grant: Codable, Hashable, Sendable {
        /// The absolute path.
        public var path: String
        /// The kind of use.
        public var access: Access

        /// The permission to use `path` so.
        public init(_ path: String, _ access: Access) {
            self.path = path
            self.access = access
        }
    }

    /// The permissions, which add up.
    public var files: [Grant]
    /// Whether the network may be used.
    public var network: Bool
    /// The newest version of Landlock's interface to make use of.
    public var landlock: Int

    /// A reach of these files, with or without the network.
    public init(files: [Grant], network: Bool, landlock: Int) {
        self.files = files
        self.network = network
        self.landlock = landlock
    }
}

/// How a kernel exits that cannot go on.
public enum KernelStatus {
    /// A cell has closed the pipes to the engine.
    public static let disconnected: Int32 = 119
}

/// The files that a notebook declares, as its cells ask for them.
public struct DeclaredFiles: Codable, Hashable, Sendable {
    /// The names of those that it writes.
    public var outputs: [String]
    /// Where those lie that other notebooks wrote, by what the notebook calls them.
    public var inputs: [String: String]

    /// The folder of those that it writes, from its scratch folder.
    public static let outputFolder = "outputs"

    /// - Parameters:
    ///   - outputs: the names of the files that the notebook writes.
    ///   - inputs: where the files of other notebooks lie, by what the notebook calls them.
    public init(outputs: [String], inputs: [String: String]) {
        self.outputs = outputs
        self.inputs = inputs
    }
}

/// The largest line that a kernel sends, in bytes.
public let longestKernelLine = 32 << 20

/// The file descriptors a kernel is started with, besides standard input (empty), output and error (one pipe).
public enum KernelDescriptor {
    /// The pipe for events, which the kernel writes.
    public static let events: Int32 = 3
    /// The pipe for commands, which the kernel reads.
    public static let commands: Int32 = 4
    /// A file that says how many threads may compute now, where notebooks run side by side.
    public static let threads: Int32 = 5
    /// The first of the lines that copies of the kernel take commands from, where it may make any.
    public static let copies: Int32 = 6
}

/// The environment variables a kernel is started with.
public enum KernelEnvironment {
    /// The folder that cells run in: the book's.
    public static let folder = "KDBOOK_FOLDER"
    /// What the process that watches over the kernel holds it to: bytes of memory, of a file and of the scratch folder,
    /// processes, threads, and the newest version of Landlock's interface to use, as decimal numbers. The scratch folder, the
    /// kernel's `HOME`, goes with it.
    public static let bounds = "KDBOOK_BOUNDS"
    /// The descriptor of the file that says how many threads may compute now; the worker pool reads it (`pool.c`).
    public static let threads = "KDBOOK_THREADS_SHARED"
    /// How many lines for copies there are.
    public static let copies = "KDBOOK_COPIES"
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
        beginning(nonce: nonce) + Array(String(number).utf8) + [sign]
    }

    /// What every mark begins with; its number follows, and its sign.
    public static func beginning(nonce: String) -> [UInt8] { [sign] + Array("\(nonce):".utf8) }

    /// What a mark begins and ends with, a record separator.
    public static let sign: UInt8 = 0x1E
}

/// The lines by which a crash handler and the process that watches over a kernel report; no JSON, because a signal
/// handler may not allocate.
public enum CrashLine {
    /// `!memory`: memory was asked for in vain just before the crash.
    public static let memory = "!memory"
    /// `!thrown ADDRESS…`: where the last error was thrown, return addresses in hexadecimal, innermost first.
    public static let thrown = "!thrown"
    /// `!crash SIGNAL ADDRESS…`: the signal in decimal, then where it came, innermost first; the first address is that
    /// of the instruction, the others are return addresses.
    public static let crash = "!crash"
    /// `!over memory`, `!over scratch`, `!over nesting`, `!over processes`, `!over threads`: the kernel was ended because it
    /// and what it started used too much.
    public static let over = "!over"
    /// `!stopped SIGNAL`: the kernel was ended because it had stopped itself.
    public static let stopped = "!stopped"
    /// Ends a line that was cut off when a copy was ended: all of it is nothing.
    public static let cancel: UInt8 = 0x18
}
