/// A number that a mark shows, and where: what readers are told who point there.
package struct Reading: Hashable, Sendable {
    /// In the picture, in points.
    package let place: Point
    /// What is read along each axis.
    package let x, y: String
    /// What is shown besides: a colour's number, an interval.
    package let value: String?

    package init(_ place: Point, x: String, y: String, value: String? = nil) {
        self.place = place
        self.x = x
        self.y = y
        self.value = value
    }

    /// At a place on axes of numbers; nil where that has no place.
    package init?(_ point: Point, in plot: Plot, value: String? = nil) {
        guard let x = plot.x.place(point.x), let y = plot.y.place(point.y) else { return nil }
        self.init(Point(x, y), x: Self.number(point.x), y: Self.number(point.y), value: value)
    }

    /// A number as readers are told it.
    package static func number(_ value: Double) -> String { NumberText.plain(value, digits: 5) }

    /// Readings of values at positions, one after another; what has no place has none.
    ///
    /// - Parameters:
    ///   - isHorizontal: whether positions are heights and values lie across.
    ///   - offset: points that the places are moved along the positions.
    ///   - note: what is shown besides at an index.
    static func all(
        _ positions: Positions, _ values: [Double], in plot: Plot, isHorizontal: Bool = false, offset: Double = 0,
        note: (Int) -> String? = { _ in nil }
    ) -> [Reading] {
        let (along, across) = isHorizontal ? (plot.y, plot.x) : (plot.x, plot.y)
        return along.places(positions).enumerated().compactMap { index, place in
            guard let place, values.indices.contains(index), let end = across.place(values[index]) else { return nil }
            let (name, value) = (positions.exactText(at: index), number(values[index]))
            return isHorizontal
                ? Reading(Point(end, place + offset), x: value, y: name, value: note(index))
                : Reading(Point(place + offset, end), x: name, y: value, value: note(index))
        }
    }
}

extension Positions {
    /// The number or name at `index` as readers are told it.
    func exactText(at index: Int) -> String {
        if case .numbers(let numbers) = self { Reading.number(numbers.wrappedValue[index]) } else { text(at: index) }
    }
}
