import Notebook
import Testing

/// A cell in which a thread comes to a lazy value, and to a lock, while the main thread is inside it; prints `value`.
///
/// Swift's locks on Linux have the system wake who waits, and know their owner by a number that the thread keeps.
func meeting(_ number: Int) -> String {
    """
    let isInside\(number) = Atomic(0)
    struct Lazy\(number) {
        static let value: Int = { isInside\(number).store(1, ordering: .releasing); usleep(100_000); return \(number) }()
    }
    let lock\(number) = Mutex(0)
    let other\(number) = Thread {
        while isInside\(number).load(ordering: .acquiring) < 1 { usleep(1000) }
        _ = Lazy\(number).value
        while isInside\(number).load(ordering: .acquiring) < 2 { usleep(1000) }
        lock\(number).withLock { $0 += 1 }
    }
    other\(number).start()
    let found\(number) = Lazy\(number).value
    lock\(number).withLock {
        $0 += 1
        isInside\(number).store(2, ordering: .releasing)
        usleep(100_000)
    }
    while lock\(number).withLock({ $0 }) < 2 || !other\(number).isFinished { usleep(1000) }
    usleep(100_000)
    print("value", found\(number))
    """
}

private let imports = cell("import Foundation\nimport Synchronization")

extension EndToEnd {
    /// Threads that meet go on, in whatever process a cell runs.
    @Suite struct LockTests {
        @Test func threadsMeetInANotebooksProcess() throws {
            let book = try TemporaryBook(["a": "---\ntimeout: 20\n---\n\n" + imports + cell(meeting(1))])
            let outcome = try book.run("render")
            #expect(outcome.status == 0, "\(outcome)")
            #expect(try book.record("a").cells[1].displays == [.text("value 1\n")])
        }

        @Test func threadsMeetInTheCopyThatRunsACellWhichIsToFail() throws {
            let book = try TemporaryBook([
                "a": "---\ntimeout: 20\n---\n\n" + imports
                    + cell(meeting(2) + "\nlet none: [Int] = []\nprint(none[found2])", "error: true")
            ])
            let outcome = try book.run("render")
            #expect(outcome.status == 0, "\(outcome)")
            #expect(try book.record("a").cells[1].displays == [.text("value 2\n")])
        }
    }
}
