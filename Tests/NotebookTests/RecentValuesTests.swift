import Notebook
import TestSupport
import Testing

@Suite struct RecentValuesTests {
    @Test func whatWasUsedLatelyIsThere() {
        var values = RecentValues<Int, String>(limit: 3)
        for number in 0..<100 {
            values[number] = String(number)
            // One that is asked for again and again stays.
            #expect(values[0] == "0")
            #expect(values[number] == String(number))
        }
        values[0] = nil
        #expect(values[0] == nil)
        #expect(values[50] == nil)
    }

    @Test(arguments: 0..<20) func aMemoryIsRightAboutTheLastAndHoldsNoMoreThanTwiceItsLimit(seed: UInt64) {
        var stream = SeededGenerator(seed: seed)
        let limit = 1 + stream.integer(below: 8)
        var values = RecentValues<Int, Int>(limit: limit)
        var known: [Int: Int] = [:]
        var lastUsed: [Int] = []
        for _ in 0..<500 {
            let key = stream.integer(below: 20)
            if stream.integer(below: 2) == 0 {
                let value = Int(stream.next() >> 1)
                (values[key], known[key]) = (value, value)
                lastUsed.removeAll { $0 == key }
                lastUsed.append(key)
            } else if let value = values[key] {
                #expect(value == known[key], "seed \(seed)")
                lastUsed.removeAll { $0 == key }
                lastUsed.append(key)
            } else {
                #expect(!lastUsed.suffix(limit).contains(key), "seed \(seed)")
            }
            #expect(values.count <= 2 * limit, "seed \(seed)")
        }
    }
}
