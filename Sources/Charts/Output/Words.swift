/// Phrases about data, for alternative text, in the language that it is being written in.
enum Words {
    /// An English phrase with things in the places of `{1}`, `{2}` …, in the present language.
    static func phrase(_ english: String, _ things: String...) -> String { Phrasing.current(english, things) }

    /// "loss falls from 2.3 to 0.11 over epoch 1 to 20".
    static func course(_ name: String, _ x: Positions, _ y: [Double], along axis: String) -> String {
        let known = y.indices.filter { y[$0].isFinite && $0 < x.count }
        guard let first = known.first, let last = known.last else {
            return phrase("{1} has no values", name) + missing(in: y, where: \.isInfinite)
        }
        guard known.count > 1 else {
            return phrase("{1} is {2} at {3} {4}", name, number(y[first]), axis, x.text(at: first)) + missing(in: y)
        }
        let (from, to) = (y[first], y[last])
        let low = known.min { y[$0] < y[$1] } ?? first
        let high = known.max { y[$0] < y[$1] } ?? last
        let reach = y[high] / 2 - y[low] / 2
        let (begins, ends) = NumberText.apart(from, to, digits: 3)
        var text = phrase(
            change(from, to, reach), name, begins, ends, axis, x.text(at: first), x.text(at: last))
        if reach > 0, y[low] < min(from, to) - reach * 0.1 {
            text += phrase(", lowest {1} at {2}", number(y[low]), x.text(at: low))
        }
        if reach > 0, y[high] > max(from, to) + reach * 0.1 {
            text += phrase(", highest {1} at {2}", number(y[high]), x.text(at: high))
        }
        return text + missing(in: y)
    }

    /// How values go that begin and end so and reach over twice `reach`.
    private static func change(_ from: Double, _ to: Double, _ reach: Double) -> String {
        let change = to / 2 - from / 2
        if reach == 0 { return "{1} stays at {2} over {4} {5} to {6}" }
        if abs(change) < reach * 0.05 { return "{1} goes from {2} to {3} over {4} {5} to {6}" }
        return change < 0
            ? "{1} falls from {2} to {3} over {4} {5} to {6}" : "{1} rises from {2} to {3} over {4} {5} to {6}"
    }

    /// ", 2 values missing, 1 value infinite"; nothing where all are numbers.
    ///
    /// - Parameter isTold: of the values that are not finite, those that are told.
    static func missing(in values: [Double], where isTold: (Double) -> Bool = { !$0.isFinite }) -> String {
        let told = values.filter { !$0.isFinite && isTold($0) }
        let infinite = told.count(where: \.isInfinite)
        return [(told.count - infinite, ", {1} missing"), (infinite, ", {1} infinite")].filter { $0.0 > 0 }
            .map { phrase($0.1, count($0.0, "value")) }.joined()
    }

    /// "A 0.5", or that there is no number.
    static func value(_ value: Double, of name: String) -> String {
        value.isNaN ? phrase("{1} has no value", name) : phrase("{1} {2}", name, number(value))
    }

    /// "0.2 to 1.4", or the one value, or "no values".
    static func range(_ values: [Double]) -> String {
        let finite = values.filter(\.isFinite)
        guard let low = finite.min(), let high = finite.max() else { return phrase("no values") }
        let (first, last) = NumberText.apart(low, high, digits: 3)
        return low == high ? first : phrase("{1} to {2}", first, last)
    }

    static func range(_ positions: Positions) -> String {
        switch positions {
        case .numbers(let numbers): range(numbers.wrappedValue)
        case .times(let seconds):
            seconds.wrappedValue.filter(\.isFinite).min().map { low in
                phrase(
                    "{1} to {2}", TimeText.whole(low),
                    TimeText.whole(seconds.wrappedValue.filter(\.isFinite).max() ?? low))
            } ?? phrase("no values")
        case .names(let names): list(Array(names.prefix(6)))
        }
    }

    /// "teacher: loss", or the loss alone.
    static func named(_ label: String?, _ text: String) -> String {
        label.map { phrase("{1}: {2}", $0, text) } ?? text
    }

    /// "1 point", "3 points".
    static func count(_ number: Int, _ noun: String) -> String {
        phrase("{1} \(noun)\(number == 1 ? "" : "s")", "\(number)")
    }

    /// "a, b and c".
    static func list(_ items: [String]) -> String {
        guard let last = items.last, items.count > 1 else { return items.joined() }
        return phrase("{1} and {2}", joined(items.dropLast()), last)
    }

    /// "a, b, c"; with ", …" where there are more.
    static func joined(_ items: some Sequence<String>, hasMore: Bool = false) -> String {
        items.joined(separator: phrase(", ")) + (hasMore ? phrase(", …") : "")
    }

    static func number(_ value: Double) -> String { NumberText.plain(value, digits: 3) }
}
