import Foundation
import Synchronization

/// Does `work` on a thread of its own, which has room for deep recursion, and waits for it, but not for longer than a time.
///
/// For what another's code does with an author's text and may not end. What has not ended by then goes on, unheard, until the
/// process ends.
///
/// - Parameter seconds: how long is waited.
/// - Returns: what `work` gave; `nil` where it did not end in time.
package func withDeadline<Result: Sendable>(
    seconds: Double, _ work: @escaping @Sendable () -> Result
) -> Result? {
    let outcome = Outcome<Result>()
    let thread = Thread {
        outcome.value.withLock { $0 = work() }
        outcome.isThere.signal()
    }
    thread.stackSize = 256 << 20
    thread.start()
    guard outcome.isThere.wait(timeout: .now() + seconds) == .success else { return nil }
    return outcome.value.withLock { $0 }
}

private final class Outcome<Value: Sendable>: Sendable {
    let value = Mutex<Value?>(nil)
    let isThere = DispatchSemaphore(value: 0)
}
