/// Bars from zero, upright or lying; bars of several series stand side by side.
///
/// ```swift
/// Bars(x: ["plain", "distilled"], y: [146, 74], label: "test errors")
/// Bars(y: names, x: errors, lower: low, upper: high, values: .decimals(1))
/// ```
public struct Bars: Codable, Hashable, Sendable, MarkConvertible {
    /// Where the bars stand.
    public var positions: Positions
    /// How long they are.
    @Exact public var values: [Double]
    /// The lower ends of error bars.
    @Exact public var lower: [Double]?
    /// The upper ends of error bars.
    @Exact public var upper: [Double]?
    /// Whether the bars lie.
    public var isHorizontal: Bool
    /// The series' name, for the legend.
    public var label: String?
    /// The bars' colour.
    public var color: MarkColor
    /// How the value is written at each bar's end; not at all if nil.
    public var valueFormat: NumberFormat?

    /// Upright bars, with error bars from `lower` to `upper` if both are given.
    public init(
        x: some Sequence<some Plottable>, y: some Sequence<some PlottableNumber>, lower: [Double]? = nil,
        upper: [Double]? = nil, label: String? = nil, color: MarkColor = .automatic, values: NumberFormat? = nil
    ) {
        self.init(Positions(x), doubles(y), lower, upper, false, label, color, values)
    }

    /// Lying bars, the first at the top.
    public init(
        y: some Sequence<String>, x: some Sequence<some PlottableNumber>, lower: [Double]? = nil,
        upper: [Double]? = nil, label: String? = nil, color: MarkColor = .automatic, values: NumberFormat? = nil
    ) {
        self.init(Positions(y), doubles(x), lower, upper, true, label, color, values)
    }

    private init(
        _ positions: Positions, _ values: [Double], _ lower: [Double]?, _ upper: [Double]?, _ isHorizontal: Bool,
        _ label: String?, _ color: MarkColor, _ format: NumberFormat?
    ) {
        self.positions = positions
        self.values = values
        self.lower = lower
        self.upper = upper
        self.isHorizontal = isHorizontal
        self.label = label
        self.color = color
        valueFormat = format
    }

    /// Itself as a mark.
    public var mark: Mark { Mark(self) }
}

extension Bars: MarkContent {
    package static var name: String { "bars" }
    package var group: String? { "bars" }
    package var standing: Positions? { positions }
    package var drawsZero: Bool { true }
    package var legendKey: LegendKey? { .area(opacity: 1) }
    package var problem: String? {
        mismatch(positions.count, "positions", values.count, "values")
            ?? lower.flatMap { mismatch(values.count, "values", $0.count, "lower ends") }
            ?? upper.flatMap { mismatch(values.count, "values", $0.count, "upper ends") } ?? repeatedName
    }

    /// Two bars of one name would hide one another.
    private var repeatedName: String? {
        guard case .names(let names) = positions, Set(names).count < names.count else { return nil }
        let name = names.enumerated().first { names[..<$0.offset].contains($0.element) }?.element ?? ""
        return "has two bars at “\(name)”; sum them, or make two series of them with labels"
    }

    package func naturalSize(in surroundings: Surroundings) -> FigureSize? {
        isHorizontal ? surroundings.size(ofRows: positions) : nil
    }

    package func reach(x: inout Extent, y: inout Extent) {
        if isHorizontal { reach(along: &y, values: &x) } else { reach(along: &x, values: &y) }
    }

    private func reach(along: inout Extent, values extent: inout Extent) {
        along.include(positions)
        if case .numbers(let numbers) = positions {
            let half = (Self.leastDistance(numbers.wrappedValue) ?? 1) / 2
            along.include(numbers.wrappedValue.flatMap { [$0 - half, $0 + half] })
        }
        extent.include(values)
        if valueFormat != nil { extent.include(endsOfValues) }
        extent.include(lower ?? [])
        extent.include(upper ?? [])
        extent.standsOnZero = true
    }

    /// How far the numbers at the bars' ends reach, roughly.
    private var endsOfValues: [Double] {
        let finite = values.filter(\.isFinite)
        let (low, high) = (min(0, finite.min() ?? 0), max(0, finite.max() ?? 0))
        let room = (high / 2 - low / 2) * (isHorizontal ? 0.2 : 0.1)
        return [low < 0 ? low - room : 0, high > 0 ? high + room : 0]
    }

    /// The least distance between different numbers, nil if all are the same.
    private static func leastDistance(_ numbers: [Double]) -> Double? {
        let sorted = Set(numbers.filter(\.isFinite)).sorted()
        return zip(sorted, sorted.dropFirst()).map { $1 - $0 }.min()
    }

    package func draw(in plot: Plot, color: Color, to list: inout DisplayList) {
        let (along, across) = isHorizontal ? (plot.y, plot.x) : (plot.x, plot.y)
        let (offset, thickness) = placement(in: plot)
        let places = along.places(positions)
        let zero = across.place(0) ?? across.start
        list.append(.clip(plot.area.inset(-0.5)))
        for (place, value) in zip(places, values) {
            guard let place, let end = across.place(value) else { continue }
            let middle = place + offset
            let gap = min(0.75, thickness * 0.05)
            let sides = (middle - thickness / 2 + gap, middle + thickness / 2 - gap)
            list.append(.rectangle(Rect(point(sides.0, zero), point(sides.1, end)), color))
        }
        let ends = values.indices.map { index in
            [lower?[index], values[index], upper?[index]].compactMap { $0.flatMap(across.place) }
        }
        if lower != nil || upper != nil {
            let cap = min(5, thickness * 0.25)
            for (place, ends) in zip(places, ends) {
                guard let place else { continue }
                Whisker.draw(ends, at: place + offset, cap: cap, isHorizontal, plot.theme.text, to: &list)
            }
        }
        list.append(.endClip)
        for (index, place) in places.enumerated() {
            guard let place, let end = across.place(values[index]),
                plot.area.inset(-0.5).contains(point(place, end))
            else { continue }
            writeValue(index, at: place + offset, thickness, ends[index], zero, plot, &list)
        }
    }

    /// How far from its position a bar's middle is, and how thick the bar is.
    private func placement(in plot: Plot) -> (offset: Double, thickness: Double) {
        let along = isHorizontal ? plot.y : plot.x
        guard case .numbers = positions, along.domain.kind == .linear || along.domain.kind == .logarithmic else {
            return plot.slotPlacement(on: along, share: 0.76)
        }
        let unit = Self.leastDistance(along.places(positions).compactMap(\.self)) ?? along.band * 0.6
        let thickness = unit * 0.86 / Double(plot.slot.count)
        return (thickness * (Double(plot.slot.index) - Double(plot.slot.count - 1) / 2), thickness)
    }

    private func point(_ along: Double, _ across: Double) -> Point {
        isHorizontal ? Point(across, along) : Point(along, across)
    }

    private func writeValue(
        _ index: Int, at middle: Double, _ thickness: Double, _ ends: [Double], _ zero: Double, _ plot: Plot,
        _ list: inout DisplayList
    ) {
        guard let valueFormat, let least = ends.min(), let most = ends.max() else { return }
        let run = plot.fonts.run(NumberText.single(values[index], valueFormat), size: 11)
        let rise = run.size * TextRun.capHeight
        let start: Point
        if isHorizontal {
            let isRight = values[index] >= 0
            let across = isRight ? most + 5 : least - 5 - run.width
            // What stands left of the plot is the bars' names.
            guard across >= plot.area.x - 1 else { return }
            start = Point(across, middle + rise / 2)
        } else {
            guard run.width <= thickness * 1.6 else { return }
            start = Point(middle - run.width / 2, values[index] >= 0 ? least - 4 : most + 4 + rise)
        }
        list.append(.text(run, at: start, .none, plot.theme.secondaryText))
    }

    package func readings(in plot: Plot) -> [Reading] {
        let offset = placement(in: plot).offset
        return Reading.all(positions, values, in: plot, isHorizontal: isHorizontal, offset: offset) { index in
            guard let low = lower?[index], let high = upper?[index] else { return nil }
            return "\(Reading.number(low)) – \(Reading.number(high))"
        }
    }

    package func summary(x: String, y: String) -> String {
        let name = label ?? (isHorizontal ? x : y)
        let shown = values.indices.prefix(8).map { Words.value(values[$0], of: positions.text(at: $0)) }
        let rest = values.count > 8 ? Words.phrase(", …, in all {1}", Words.range(values)) : ""
        return Words.named(name, Words.joined(shown) + rest)
    }
}

/// Lines with caps that show an interval.
enum Whisker {
    /// Draws a line through the least and the greatest of `ends`, with caps.
    static func draw(
        _ ends: [Double], at middle: Double, cap: Double, width: Double = 1.4, _ isHorizontal: Bool, _ color: Color,
        to list: inout DisplayList
    ) {
        guard let low = ends.min(), let high = ends.max() else { return }
        func point(_ along: Double, _ across: Double) -> Point {
            isHorizontal ? Point(across, along) : Point(along, across)
        }
        list.append(.hairline(point(middle, low), point(middle, high), width: width, color))
        guard cap > 0 else { return }
        for end in [low, high] {
            list.append(.hairline(point(middle - cap, end), point(middle + cap, end), width: width, color))
        }
    }
}
