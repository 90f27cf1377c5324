import Frames
import Tensors
import Testing

@Suite struct VerbTests {
    /// Small numbers, so that many are the same; some are missing.
    private func frame(_ seed: UInt64, rows: Int, values: String = "value") -> Frame {
        var stream = RandomStream(seed: seed, purpose: .data)
        func some(below bound: Int) -> [Int?] {
            (0..<rows).map { _ in stream.integer(below: 6) == 0 ? nil : stream.integer(below: bound) }
        }
        return Frame([
            ("key", .integers(some(below: 4))), ("name", .texts(some(below: 3).map { $0.map { "n\($0)" } })),
            (values, .numbers(some(below: 50).map { $0.map { Double($0) / 8 } })),
        ])
    }

    @Test(arguments: 0..<8 as Range<UInt64>)
    func sortingIsStableAndPutsMissingValuesLast(seed: UInt64) {
        let frame = frame(seed, rows: 60).adding("place", Column(0..<60))
        let sorted = frame.sorted(by: "name", .descending("key"))
        for (first, second) in zip(sorted.rows, sorted.rows.dropFirst()) {
            let inOrder =
                first["name"] == second["name"]
                ? first["key"] == second["key"]
                    ? first["place"] < second["place"] : first["key"] > second["key"] || second["key"] == nil
                : first["name"] < second["name"] || second["name"] == nil
            #expect(inOrder)
        }
        #expect(sorted.sorted(by: "place") == frame)
        #expect(
            Frame(["x": [.number(.nan), 2, nil, 1]]).sorted(by: .descending("x"))["x"] == .numbers([2, 1, .nan, nil]))
    }

    @Test(arguments: 0..<8 as Range<UInt64>)
    func summariesAreThoseOfAPlainLoop(seed: UInt64) {
        let frame = frame(seed, rows: 80)
        let found = frame.grouped(by: "key", "name").summarise([
            "rows": .count, "sum": .sum("value"), "mean": .mean("value"), "least": .least("value"),
            "gaps": .missing("value"), "median": .median("value"),
        ])
        var seen: [[Value]] = []
        for row in frame.rows where !seen.contains([row["key"], row["name"]]) {
            seen.append([row["key"], row["name"]])
        }
        #expect(found.rowCount == seen.count)
        for (row, key) in zip(found.rows, seen) {
            let members = frame.rows.filter { [$0["key"], $0["name"]] == key }
            let values = members.compactMap { $0["value"].double }
            let sorted = values.sorted()
            #expect([row["key"], row["name"]] == key && row["rows"] == .integer(members.count))
            #expect(row["gaps"] == .integer(members.count - values.count))
            #expect(row["mean"].double == (values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)))
            #expect(row["least"].double == sorted.first)
            let middle = sorted.isEmpty ? nil : (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
            #expect(row["median"].double == middle)
            if !values.isEmpty { #expect(row["sum"].double == values.reduce(0, +)) }
        }
    }

    @Test(arguments: [JoinKind.inner, .left, .full], 0..<8 as Range<UInt64>)
    func joinsAreThoseOfTwoLoops(kind: JoinKind, seed: UInt64) {
        let (left, right) = (frame(seed, rows: 25), frame(seed + 100, rows: 20, values: "other"))
        var rows: [[Value]] = []
        func matches(_ one: Frame.Row, _ other: Frame.Row) -> Bool {
            one["key"] != nil && one["name"] != nil && one["key"] == other["key"] && one["name"] == other["name"]
        }
        for one in left.rows {
            let partners = right.rows.filter { matches(one, $0) }
            rows += partners.map { [one["key"], one["name"], one["value"], $0["other"]] }
            if partners.isEmpty, kind != .inner { rows.append([one["key"], one["name"], one["value"], nil]) }
        }
        if kind == .full {
            for other in right.rows where !left.rows.contains(where: { matches($0, other) }) {
                rows.append([other["key"], other["name"], nil, other["other"]])
            }
        }
        let joined = left.joined(with: right, on: "key", "name", kind: kind)
        #expect(joined.rows.map { row in joined.names.map { row[$0] } } == rows)
    }

    @Test func columnsOfTheSameNameAreToldApart() {
        let one = Frame(["id": [1, 2], "x": ["a", "b"]])
        let joined = one.joined(with: Frame(["id": [2.0, 2.5], "x": ["c", "d"]]), on: "id", kind: .full)
        #expect(joined == Frame(["id": [1.0, 2.0, 2.5], "x": ["a", "b", nil], "x (right)": [nil, "c", "d"]]))
    }

    @Test func pivotingAndBackGivesTheSameFields() {
        let long = Frame(["city": ["A", "A", "B"], "year": [2000, 2001, 2001], "people": [1, 2, 3]])
        let wide = long.pivoted(rows: "city", columns: "year", values: "people")
        #expect(wide == Frame(["city": ["A", "B"], "2000": [1, nil], "2001": [2, 3]]))
        let back = wide.unpivoted("2000", "2001", names: "year", values: "people")
        #expect(back.droppingMissing("people")["people"] == long["people"])
        let doubled = long.appending(long).pivoted(rows: "city", columns: "year", values: "people", by: Summary.sum)
        #expect(doubled == Frame(["city": ["A", "B"], "2000": [2, nil], "2001": [4, 6]]))
    }

    @Test func aComparisonWithAMissingValueDoesNotHold() {
        let frame = Frame(["x": [1, nil, 3], "y": [2, 5, nil]])
        #expect(frame.filter { $0["x"] > 0 }["x"] == .integers([1, 3]))
        #expect(frame.filter { $0["x"] <= 9 }.rowCount == 2)
        #expect(frame.filter { $0["x"] == nil }.rowCount == 1)
        #expect(frame.adding("z") { $0["x"] / $0["y"] }["z"] == .numbers([0.5, nil, nil]))
        #expect(frame.adding("z") { $0["x"] + $0["y"] }["z"] == .integers([3, nil, nil]))
    }

    @Test func columnsAreChosenNamedAndAppended() {
        let frame = Frame(["a": [1], "b": ["x"]])
        #expect(frame.select("b", "a").names == ["b", "a"])
        #expect(frame.dropping("a") == Frame(["b": ["x"]]))
        #expect(frame.renaming(["a": "c"]).names == ["c", "b"])
        #expect(frame.appending(Frame(["b": ["y"], "a": [2.5]])) == Frame(["a": [1.0, 2.5], "b": ["x", "y"]]))
        #expect(frame.prefix(5) == frame && frame.suffix(0).rowCount == 0)
        #expect(frame["a", Double.self] == [1])
    }
}
