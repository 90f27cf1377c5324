import Foundation
public import Wire

/// What a notebook's process finds around it: all that differs from machine to machine and that no result may
/// depend on. The defaults are what every render uses; a check runs the same notebook under others.
public struct KernelConditions: Hashable, Sendable {
    /// Whether dictionaries and sets have the same order in every process.
    public var hasFixedHashing = true
    /// The locale of the process: the value of `LANG`.
    public var locale = "C.UTF-8"
    /// The time zone of the process: the value of `TZ`.
    public var timeZone = "UTC"
    /// The folder that cells run in; `nil` is the book's.
    public var folder: String?
    /// How many threads share the work; `nil` is as many as there are processors.
    public var threads: Int?
    /// The vector instructions that are used, such as `avx2`; `nil` is the widest that the processor has.
    public var instructionSet: String?
    /// The newest version of Landlock's interface to use; what the system has, where it is older.
    public var landlock = KernelConditions.newestLandlock

    /// The newest version that is known here.
    public static let newestLandlock = 7

    /// What products do with zeros (auto, skip or dense); `nil` leaves it to the compute core.
    public var zeros: String?
    /// The folder that experiments keep the results of their runs in, absolute; `nil` is nowhere.
    public var results: String?
    /// Which part of each experiment's runs is carried out; `nil` is all of them.
    public var shard: Shard?
    /// A digest of the notebook's inputs, on which results depend beside the code; the run fills it in.
    var inputs: String?

    /// The conditions of every render.
    public init() {}

    /// The conditions that this process's environment asks for, by `KDBOOK_THREADS`, `KDBOOK_ISA`,
    /// `KDBOOK_ZEROS` and `KDBOOK_LANDLOCK`.
    public static var asked: KernelConditions { KernelConditions(environment: ProcessInfo.processInfo.environment) }

    init(environment: [String: String]) {
        threads = environment["KDBOOK_THREADS"].flatMap { Int($0) }
        if let version = environment["KDBOOK_LANDLOCK"].flatMap({ Int($0) }), version >= 0 {
            landlock = min(version, landlock)
        }
        instructionSet = environment["KDBOOK_ISA"].flatMap { $0.isEmpty ? nil : $0 }
        zeros = environment["KDBOOK_ZEROS"].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The whole environment of a process under these conditions, but for what the engine itself tells it.
    func environment(home: String) -> [String: String] {
        var variables = [
            "LANG": locale, "TZ": timeZone, "PATH": "/usr/bin:/bin", "HOME": home, "TMPDIR": home,
            // Foundation asks for it before the list of users, which can be read where there is no Landlock.
            "CFFIXED_USER_HOME": home,
            "SWIFT_BACKTRACE": "enable=no",
        ]
        if hasFixedHashing { variables["SWIFT_DETERMINISTIC_HASHING"] = "1" }
        if let threads { variables["KDBOOK_THREADS"] = String(threads) }
        variables[KernelEnvironment.results] = results
        variables[KernelEnvironment.inputs] = inputs
        variables[KernelEnvironment.shard] = shard?.description
        if let instructionSet { variables["KDBOOK_ISA"] = instructionSet }
        if let zeros { variables["KDBOOK_ZEROS"] = zeros }
        return variables
    }
}
