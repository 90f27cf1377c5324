import Dispatch
import Synchronization

extension Array where Element: Sendable {
    /// What `body` makes of each element, in their order; worked out on as many threads as there are processors.
    func sideBySide<Result: Sendable>(_ body: @Sendable (Element) -> Result) -> [Result] {
        let results = Mutex<[Int: Result]>([:])
        DispatchQueue.concurrentPerform(iterations: count) { place in
            let result = body(self[place])
            results.withLock { $0[place] = result }
        }
        return results.withLock { known in indices.compactMap { known[$0] } }
    }
}
