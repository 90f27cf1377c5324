/// One layer of bars that stand on one another; ``Bars/stacked(x:_:normalised:)`` makes the layers.
public struct BarLayer: Codable, Hashable, Sendable, MarkConvertible {
    /// Where the bars stand.
    public let positions: Positions
    /// Where each begins, and where it ends.
    let from, to: Exact<[Double]>
    /// The series' name, for the legend.
    public let label: String?
    /// The bars' colour.
    public let color: MarkColor

    /// Itself as a mark.
    public var mark: Mark { Mark(self) }
}

extension Bars {
    /// Bars that stand on one another, the first series below; values below zero hang from zero. What is not finite is left out.
    ///
    /// ```swift
    /// Bars.stacked(x: years, ["coal": coal, "wind": wind])
    /// Bars.stacked(x: years, ["coal": coal, "wind": wind], normalised: true)
    /// ```
    ///
    /// - Parameter normalised: Whether each bar is as high as the others, and shows shares of its sum.
    public static func stacked(
        x: some Sequence<some Plottable>, _ series: KeyValuePairs<String, [Double]>, normalised: Bool = false
    ) -> [Mark] {
        stacked(x: x, series.map { ($0.key, $0.value) }, normalised: normalised)
    }

    /// The same for series that are not written out.
    public static func stacked(
        x: some Sequence<some Plottable>, _ series: [(label: String, values: [Double])], normalised: Bool = false
    ) -> [Mark] {
        let positions = Positions(x)
        func known(_ value: Double) -> Double { value.isFinite ? value : 0 }
        let sums = (0..<positions.count).map { place in
            series.reduce(0) { $0 + ($1.values.indices.contains(place) ? abs(known($1.values[place])) : 0) }
        }
        var (up, down) = (sums.map { _ in 0.0 }, sums.map { _ in 0.0 })
        return series.map { label, values in
            var (from, to) = ([Double](), [Double]())
            for (place, value) in values.enumerated() {
                guard place < sums.count else { break }
                let length = normalised ? (sums[place] > 0 ? known(value) / sums[place] : 0) : known(value)
                from.append(length < 0 ? down[place] : up[place])
                if length < 0 { down[place] += length } else { up[place] += length }
                to.append(length < 0 ? down[place] : up[place])
            }
            // Too many values are told as a problem of the mark.
            let rest = values.dropFirst(sums.count).map { _ in 0.0 }
            return Mark(
                BarLayer(
                    positions: positions, from: Exact(from + rest), to: Exact(to + rest), label: label,
                    color: .automatic))
        }
    }
}

extension BarLayer: MarkContent {
    package static var name: String { "barLayer" }
    package var drawsZero: Bool { true }
    package var legendKey: LegendKey? { .area(opacity: 1) }
    package var problem: String? { mismatch(positions.count, "positions", to.wrappedValue.count, "values") }

    private var halfWidth: Double? {
        guard case .numbers(let numbers) = positions else { return nil }
        let sorted = Set(numbers.wrappedValue.filter(\.isFinite)).sorted()
        return (zip(sorted, sorted.dropFirst()).map { $1 - $0 }.min() ?? 1) * 0.43
    }

    package func reach(x: inout Extent, y: inout Extent) {
        x.include(positions)
        if case .numbers(let numbers) = positions, let halfWidth {
            x.include(numbers.wrappedValue.flatMap { [$0 - halfWidth, $0 + halfWidth] })
        }
        y.include(from.wrappedValue)
        y.include(to.wrappedValue)
        y.standsOnZero = true
    }

    package func draw(in plot: Plot, color: Color, to list: inout DisplayList) {
        let unit = halfWidth.flatMap { half in
            plot.x.place(half).flatMap { end in plot.x.place(0).map { abs(end - $0) } }
        }
        let half = unit ?? min(plot.x.band * 0.38, 60)
        list.append(.clip(plot.area.inset(-0.5)))
        for (place, ends) in zip(plot.x.places(positions), zip(from.wrappedValue, self.to.wrappedValue))
        where ends.0 != ends.1 {
            guard let place, let low = plot.y.place(ends.0), let high = plot.y.place(ends.1) else { continue }
            list.append(.rectangle(Rect(Point(place - half, low), Point(place + half, high)), color))
        }
        list.append(.endClip)
    }

    package func readings(in plot: Plot) -> [Reading] {
        let ends = to.wrappedValue
        return zip(plot.x.places(positions), ends.indices).compactMap { place, index in
            guard let place, from.wrappedValue[index] != ends[index], let end = plot.y.place(ends[index]) else {
                return nil
            }
            let length = Reading.number(ends[index] - from.wrappedValue[index])
            return Reading(Point(place, end), x: positions.text(at: index), y: length)
        }
    }

    package func summary(x: String, y: String) -> String {
        let lengths = zip(from.wrappedValue, to.wrappedValue).map { $1 - $0 }
        let shown = lengths.indices.prefix(8).map { Words.value(lengths[$0], of: positions.text(at: $0)) }
        let rest = lengths.count > 8 ? Words.phrase(", …, in all {1}", Words.range(lengths)) : ""
        return Words.phrase("{1}, stacked: {2}", label ?? y, Words.joined(shown) + rest)
    }
}
