import Notebook
import Testing
import Wire

private let types = """
    struct Vector<let N: Int> {
        var entries: InlineArray<N, Double> = InlineArray(repeating: 0)
        subscript(i: Int) -> Double {
            get { precondition(i >= 0 && i < N); return entries[i] }
            set { precondition(i >= 0 && i < N); entries[i] = newValue }
        }
        var sum: Double { var s = 0.0; for i in 0..<N { s += entries[i] }; return s }
        func dot(_ other: Self) -> Double { (0..<N).map { self[$0] * other[$0] }.reduce(0, +) }
        static func + (a: Self, b: Self) -> Self { var c = Self(); for i in 0..<N { c[i] = a[i] + b[i] }; return c }
        mutating func rotate() {
            let first = entries[0]
            for i in 1..<N { entries[i - 1] = entries[i] }
            entries[N - 1] = first
        }
    }
    struct Grid<let W: Int, let H: Int> {
        var rows: InlineArray<H, InlineArray<W, Int>> = InlineArray { y in InlineArray { x in x + 10 * y } }
        subscript(x: Int, y: Int) -> Int { get { rows[y][x] } set { rows[y][x] = newValue } }
        var sum: Int { var s = 0; for y in 0..<H { for x in 0..<W { s += rows[y][x] } }; return s }
    }
    struct Plain {
        var digits: [4 of Int] = [1, 2, 3, 4]
        var number: Int { digits.indices.reduce(0) { $0 * 10 + digits[$1] } }
    }
    final class Holder { var plain = Plain() }
    """

private let uses = """
    var v = Vector<5>()
    for i in 0..<5 { v[i] = Double(i) }
    print(v.sum, v.dot(v), (v + v).sum)
    v.rotate()
    print(v.dot(v + v), v[4], v[3])
    let before = Grid<3, 2>()
    var after = before
    after[2, 1] = 100
    print(before.sum, after.sum)
    func number(_ holder: Holder, _ times: Int) -> [Int] {
        var numbers: [Int] = []
        for time in 0..<times {
            let other = holder.plain
            holder.plain.digits[3] = other.digits[0]
            holder.plain.digits[0] = time
            numbers.append(holder.plain.number)
        }
        return numbers
    }
    print(number(Holder(), 3))
    """

private let results = """
    10.0 30.0 20.0
    60.0 0.0 4.0
    36 124
    [231, 1230, 2231]

    """

extension EndToEnd {
    /// Swift 6.3.1 compiles inline arrays wrongly, where nothing keeps it from that.
    @Suite struct InlineArrayTests {
        @Test(arguments: [["types and uses"], ["types", "uses"], ["types", "between", "uses"]])
        func inlineArraysHoldWhatWasPutThere(cut: [String]) throws {
            let cells = [
                "types and uses": types + "\n" + uses, "types": types, "uses": uses, "between": "let between = 1",
            ]
            let book = try TemporaryBook(["i": cut.compactMap { cells[$0] }.map { cell($0) }.joined()])
            let outcome = try book.run("render")
            #expect(outcome.status == 0, "\(outcome)")
            #expect(try book.record("i").cells.last?.displays == [.text(results)])
        }
    }
}
