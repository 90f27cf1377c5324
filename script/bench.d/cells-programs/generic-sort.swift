// A sort of one's own over types of one's own: generics and protocols that are specialised in another cell.
func sort<Item>(_ items: inout [Item], by less: (Item, Item) -> Bool) {
    func sift(_ root: Int, _ end: Int) {
        var root = root
        while 2 * root + 1 < end {
            var child = 2 * root + 1
            if child + 1 < end && less(items[child], items[child + 1]) { child += 1 }
            guard less(items[root], items[child]) else { return }
            items.swapAt(root, child)
            root = child
        }
    }
    for root in stride(from: items.count / 2, through: 0, by: -1) { sift(root, items.count) }
    for end in stride(from: items.count - 1, to: 0, by: -1) {
        items.swapAt(0, end)
        sift(0, end)
    }
}
// ----
protocol Ranked { var rank: Int { get } }
func sortByRank<Item: Ranked>(_ items: inout [Item]) { sort(&items) { $0.rank < $1.rank } }
// ----
struct Card: Ranked {
    let suit: UInt8
    let value: Int
    var rank: Int { value &* 4 &+ Int(suit) }
}
// ----
func cards(_ count: Int) -> [Card] {
    var state: UInt64 = 1
    return (0..<count).map { _ in
        state = state &* 2_862_933_555_777_941_757 &+ 3_037_000_493
        return Card(suit: UInt8(state >> 60 & 3), value: Int(state >> 40))
    }
}
// ----
let start = ContinuousClock.now
var deck = cards(2_000_000)
sortByRank(&deck)
var numbers = deck.map { Double($0.value ^ 0x5555) }
sort(&numbers, by: >)
print(deck[0].rank, deck[1_000_000].rank, numbers[0], numbers[1_999_999])
print("seconds", (ContinuousClock.now - start) / .seconds(1))
