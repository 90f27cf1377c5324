import Foundation

/// Has the cell that a kernel runs be ended, from another thread than the one that follows the cell.
final class CellInterruption: Sendable {
    private let pipe: Pipe

    init() throws(EngineError) { pipe = try Pipe() }

    /// Can be read from where the end was asked for.
    var readEnd: Int32 { pipe.readEnd }

    func ask() { _ = write(pipe.writeEnd, "!", 1) }

    /// Forgets that the end was asked for.
    func clear() { discardAvailable(pipe.readEnd) }
}
