/// Estimates with their intervals: paired differences, say, with a rule at zero.
///
/// ```swift
/// Chart("Test errors, distilled − plain", x: "difference") {
///     Rule(x: 0)
///     Intervals(y: students, estimates: means, lower: low, upper: high, samples: differencesBySeed)
/// }
/// ```
public struct Intervals: Codable, Hashable, Sendable, MarkConvertible {
    /// What is estimated, or where.
    public var positions: Positions
    /// The estimates.
    @Exact public var estimates: [Double]
    /// The lower ends.
    @Exact public var lower: [Double]
    /// The upper ends.
    @Exact public var upper: [Double]
    /// The single observations behind each estimate, drawn as small dots.
    @Exact public var samples: [[Double]]?
    /// Whether the intervals lie.
    public var isHorizontal: Bool
    /// The series' name, for the legend.
    public var label: String?
    /// The intervals' colour.
    public var color: MarkColor
    /// What is drawn at the estimate.
    public var shape: MarkerShape

    /// Lying intervals, the first at the top.
    public init(
        y: some Sequence<String>, estimates: some Sequence<some PlottableNumber>, lower: [Double], upper: [Double],
        samples: [[Double]]? = nil, label: String? = nil, color: MarkColor = .automatic, shape: MarkerShape = .circle
    ) {
        self.init(Positions(y), doubles(estimates), lower, upper, samples, true, label, color, shape)
    }

    /// Upright intervals.
    public init(
        x: some Sequence<some Plottable>, estimates: some Sequence<some PlottableNumber>, lower: [Double],
        upper: [Double], samples: [[Double]]? = nil, label: String? = nil, color: MarkColor = .automatic,
        shape: MarkerShape = .circle
    ) {
        self.init(Positions(x), doubles(estimates), lower, upper, samples, false, label, color, shape)
    }

    private init(
        _ positions: Positions, _ estimates: [Double], _ lower: [Double], _ upper: [Double], _ samples: [[Double]]?,
        _ isHorizontal: Bool, _ label: String?, _ color: MarkColor, _ shape: MarkerShape
    ) {
        self.positions = positions
        self.estimates = estimates
        self.lower = lower
        self.upper = upper
        self.samples = samples
        self.isHorizontal = isHorizontal
        self.label = label
        self.color = color
        self.shape = shape
    }

    /// Itself as a mark.
    public var mark: Mark { Mark(self) }
}

extension Intervals: MarkContent {
    package static var name: String { "intervals" }
    package var group: String? { "intervals" }
    package var standing: Positions? { positions }
    package var legendKey: LegendKey? { .line(StrokeStyle(width: 2), shape) }
    package var problem: String? {
        mismatch(positions.count, "positions", estimates.count, "estimates")
            ?? mismatch(estimates.count, "estimates", lower.count, "lower ends")
            ?? mismatch(estimates.count, "estimates", upper.count, "upper ends")
            ?? samples.flatMap { mismatch(estimates.count, "estimates", $0.count, "lists of samples") }
    }

    package func naturalSize(in surroundings: Surroundings) -> FigureSize? {
        isHorizontal ? surroundings.size(ofRows: positions) : nil
    }

    package func reach(x: inout Extent, y: inout Extent) {
        if isHorizontal { (x, y) = (reach(of: x), reach(along: y)) } else { (x, y) = (reach(along: x), reach(of: y)) }
    }

    private func reach(along extent: Extent) -> Extent {
        var extent = extent
        extent.include(positions)
        return extent
    }

    private func reach(of extent: Extent) -> Extent {
        var extent = extent
        for values in [estimates, lower, upper] + (samples ?? []) { extent.include(values) }
        return extent
    }

    package func draw(in plot: Plot, color: Color, to list: inout DisplayList) {
        let (along, across) = isHorizontal ? (plot.y, plot.x) : (plot.x, plot.y)
        var (offset, thickness) = (0.0, 16.0)
        if case .categories = along.domain.kind { (offset, thickness) = plot.slotPlacement(on: along, share: 0.6) }
        list.append(.clip(plot.area.inset(-5)))
        defer { list.append(.endClip) }
        for (index, place) in along.places(positions).enumerated() {
            guard let place else { continue }
            let middle = place + offset
            if let samples {
                let side = min(9, thickness * 0.3)
                let dots = samples[index].compactMap(across.place).map {
                    isHorizontal ? Point($0, middle + side) : Point(middle + side, $0)
                }
                list.append(.markers(dots, .circle, diameter: 4, color.opacity(0.55)))
            }
            let ends = [lower[index], upper[index]].compactMap(across.place)
            if ends.count == 2 {
                Whisker.draw(
                    ends, at: middle, cap: min(4, thickness * 0.2), width: 2, isHorizontal, color, to: &list)
            }
            guard let center = across.place(estimates[index]) else { continue }
            let dot = isHorizontal ? Point(center, middle) : Point(middle, center)
            list.append(.markers([dot], shape, diameter: min(9, max(5, thickness * 0.5)), color))
        }
    }

    package func readings(in plot: Plot) -> [Reading] {
        let along = isHorizontal ? plot.y : plot.x
        var offset = 0.0
        if case .categories = along.domain.kind { offset = plot.slotPlacement(on: along, share: 0.6).offset }
        return Reading.all(positions, estimates, in: plot, isHorizontal: isHorizontal, offset: offset) { index in
            "\(Reading.number(lower[index])) – \(Reading.number(upper[index]))"
        }
    }

    package func summary(x: String, y: String) -> String {
        let shown = estimates.indices.prefix(8).map { index in
            let estimate = Words.value(estimates[index], of: positions.text(at: index))
            guard !lower[index].isNaN, !upper[index].isNaN else { return estimate }
            let ends = Words.phrase("{1} to {2}", Words.number(lower[index]), Words.number(upper[index]))
            return Words.phrase("{1} ({2})", estimate, ends)
        }
        let name = label ?? (isHorizontal ? x : y)
        return Words.named(name, Words.joined(shown, hasMore: estimates.count > 8))
    }
}
