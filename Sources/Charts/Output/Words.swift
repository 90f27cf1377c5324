/// Phrases about data, for alternative text.
enum Words {
    /// "loss falls from 2.3 to 0.11 as epoch goes from 1 to 20".
    static func course(_ name: String, _ x: Positions, _ y: [Double], along axis: String) -> String {
        let known = y.indices.filter { y[$0].isFinite && $0 < x.count }
        guard let first = known.first, let last = known.last else { return "\(name) has no values" }
        guard known.count > 1 else { return "\(name) is \(number(y[first])) at \(axis) \(x.text(at: first))" }
        let (from, to) = (y[first], y[last])
        let low = known.min { y[$0] < y[$1] } ?? first
        let high = known.max { y[$0] < y[$1] } ?? last
        let reach = y[high] / 2 - y[low] / 2
        let change = to / 2 - from / 2
        let verb =
            reach == 0
            ? "stays at" : abs(change) < reach * 0.05 ? "goes from" : change < 0 ? "falls from" : "rises from"
        let (begins, ends) = NumberText.apart(from, to, digits: 3)
        var phrase = "\(name) \(verb) \(begins)"
        if reach > 0 { phrase += " to \(ends)" }
        phrase += " over \(axis) \(x.text(at: first)) to \(x.text(at: last))"
        if reach > 0, y[low] < min(from, to) - reach * 0.1 {
            phrase += ", lowest \(number(y[low])) at \(x.text(at: low))"
        }
        if reach > 0, y[high] > max(from, to) + reach * 0.1 {
            phrase += ", highest \(number(y[high])) at \(x.text(at: high))"
        }
        return phrase
    }

    /// "0.2 to 1.4", or the one value, or "no values".
    static func range(_ values: [Double]) -> String {
        let finite = values.filter(\.isFinite)
        guard let low = finite.min(), let high = finite.max() else { return "no values" }
        let (first, last) = NumberText.apart(low, high, digits: 3)
        return low == high ? first : "\(first) to \(last)"
    }

    static func range(_ positions: Positions) -> String {
        switch positions {
        case .numbers(let numbers): range(numbers.wrappedValue)
        case .times(let seconds):
            seconds.wrappedValue.filter(\.isFinite).min().map { low in
                "\(TimeText.whole(low)) to \(TimeText.whole(seconds.wrappedValue.filter(\.isFinite).max() ?? low))"
            } ?? "no values"
        case .names(let names): list(Array(names.prefix(6)))
        }
    }

    /// "1 point", "3 points".
    static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

    /// "a, b and c".
    static func list(_ items: [String]) -> String {
        items.count < 2 ? items.joined() : items.dropLast().joined(separator: ", ") + " and " + (items.last ?? "")
    }

    static func number(_ value: Double) -> String { NumberText.plain(value, digits: 3) }
}
