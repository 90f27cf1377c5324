import CKernelHost
import Foundation

/// Whether a cell that waits for something asynchronous has come to its end.
@MainActor private var hasEnded = false

/// Comes last in every cell that waits for something, and never returns: behind it, Swift would end the process.
@MainActor public func endCell() async {
    hasEnded = true
    await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in }
}

/// Runs the main queue until the cell has come to its end; it has already where nothing made it wait. In a copy of a process
/// that had threads nobody would do what it waits for.
func waitForEndOfCell() {
    MainActor.assumeIsolated {
        if !hasEnded && kdbook_lacks_threads() != 0 {
            Page.current.breakRule(.awaitsNothingInACopy)
            _exit(0)
        }
        while !hasEnded { _ = RunLoop.main.run(mode: .default, before: .distantFuture) }
        hasEnded = false
    }
}
