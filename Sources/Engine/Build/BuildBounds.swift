import Foundation
import Notebook
import Synchronization

/// What compiling a notebook's cells may use: as much as running them may, and never less than ordinary cells need.
struct BuildBounds: Sendable {
    /// What the notebook's run may use.
    let limits: Limits
    /// The newest version of Landlock's interface that the compiler is confined by.
    let landlock: Int

    /// The processor time that any ordinary cell keeps under, in seconds.
    static let leastTime: Double = 30
    /// What the compiler takes for any cell, its libraries' modules included, in bytes.
    static let leastMemory = 1_000_000_000

    var memory: Int { max(limits.memory, BuildBounds.leastMemory) }
    /// The processor time that all cells of the notebook may take together, in seconds.
    var time: Double { max(limits.time, BuildBounds.leastTime) }
    /// The largest file that the compiler may write, in bytes.
    var file: Int { max(limits.file, Limits().file) }

    /// The processor time that one cell may take, in seconds.
    ///
    /// - Parameter timeout: how long it may run.
    static func time(ofCellWith timeout: Double) -> Double { max(timeout, leastTime) }
}

/// Why a compiler was ended before it could say whether a cell compiles. It is no answer of the compiler's, so that no cell is
/// expected to give it.
enum BuildStop: Hashable, Sendable {
    case tookTooLong(seconds: Double)
    /// All cells together did.
    case outOfTime(seconds: Double)
    case outOfMemory(bytes: Int)
    case wroteTooMuch(bytes: Int)

    var message: String {
        switch self {
        case .tookTooLong(let seconds):
            "the cell took longer to compile than its limit of \(seconds.asSeconds) s of the processor's time; a larger `//| timeout: …` changes that"
        case .outOfTime(let seconds):
            "the notebook's cells took longer to compile than the limit of \(seconds.asSeconds) s for all together; "
                + "`limits: {time: …}` in the front matter changes that"
        case .outOfMemory(let bytes):
            "the compiler reached the memory limit of \(bytes.asBytes) at this cell; "
                + "`limits: {memory: …}` in the front matter raises it"
        case .wroteTooMuch(let bytes):
            "the compiler would write a file larger than the limit of \(bytes.asBytes) for this cell; "
                + "`limits: {file: …}` in the front matter changes that"
        }
    }
}

/// The processor time that compiling a cell may still take: its own, and what the notebook's cells have left together.
struct TimeBudget: Sendable {
    private let own: Account
    private let together: Account?

    private final class Account: Sendable {
        let limit: Double
        let left: Mutex<Double>

        init(_ limit: Double) {
            self.limit = limit
            left = Mutex(limit)
        }
    }

    /// - Parameter seconds: what all cells may take.
    init(ofNotebook seconds: Double) { (own, together) = (Account(seconds), nil) }

    /// - Parameters:
    ///   - seconds: what one cell may take.
    ///   - notebook: what all may take.
    init(ofCell seconds: Double, in notebook: TimeBudget) { (own, together) = (Account(seconds), notebook.own) }

    /// What is left, in seconds.
    var left: Double { min(own.left.withLock { $0 }, together?.left.withLock { $0 } ?? .infinity) }

    func spend(_ seconds: Double) {
        own.left.withLock { $0 -= seconds }
        together?.left.withLock { $0 -= seconds }
    }

    /// What is said when nothing is left.
    var stop: BuildStop {
        if let together, together.left.withLock({ $0 }) < own.left.withLock({ $0 }) {
            return .outOfTime(seconds: together.limit)
        }
        return .tookTooLong(seconds: own.limit)
    }
}

extension Double {
    /// A number of seconds as messages have it.
    var asSeconds: String {
        formatted(.number.precision(.fractionLength(0...1)).grouping(.never).locale(Locale(identifier: "en")))
    }
}
