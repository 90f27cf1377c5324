/// Distributions as boxes: median, quartiles, and whiskers to the farthest sample within 1.5 box lengths of the box
/// (Tukey 1977); samples beyond are dots.
///
/// ```swift
/// Boxes(x: ["plain", "distilled"], samples: [plainErrors, distilledErrors])
/// ```
public struct Boxes: Codable, Hashable, Sendable, MarkConvertible {
    /// The categories.
    public var positions: Positions
    /// The samples of each category.
    @Exact public var samples: [[Double]]
    /// Whether the boxes lie.
    public var isHorizontal: Bool
    /// The series' name, for the legend.
    public var label: String?
    /// The boxes' colour.
    public var color: MarkColor

    /// Upright boxes.
    public init(
        x: some Sequence<some Plottable>, samples: [[Double]], label: String? = nil, color: MarkColor = .automatic
    ) {
        self.init(Positions(x), samples, false, label, color)
    }

    /// Lying boxes, the first at the top.
    public init(y: some Sequence<String>, samples: [[Double]], label: String? = nil, color: MarkColor = .automatic) {
        self.init(Positions(y), samples, true, label, color)
    }

    private init(
        _ positions: Positions, _ samples: [[Double]], _ isHorizontal: Bool, _ label: String?, _ color: MarkColor
    ) {
        self.positions = positions
        self.samples = samples
        self.isHorizontal = isHorizontal
        self.label = label
        self.color = color
    }

    /// Itself as a mark.
    public var mark: Mark { Mark(self) }
}

/// What a box shows of some samples.
package struct BoxStatistics: Hashable {
    package let lowWhisker, lowerQuartile, median, upperQuartile, highWhisker: Double
    package let outliers: [Double]

    /// Quartiles are interpolated between order statistics (Hyndman and Fan's type 7); nil without finite samples.
    package init?(_ samples: [Double]) {
        let sorted = samples.filter(\.isFinite).sorted()
        guard !sorted.isEmpty else { return nil }
        func quantile(_ share: Double) -> Double {
            let place = share * Double(sorted.count - 1)
            let index = Int(place)
            let next = sorted[min(index + 1, sorted.count - 1)]
            return sorted[index] + (next - sorted[index]) * (place - Double(index))
        }
        (lowerQuartile, median, upperQuartile) = (quantile(0.25), quantile(0.5), quantile(0.75))
        let reach = 1.5 * (upperQuartile - lowerQuartile)
        let (lowest, highest) = (lowerQuartile - reach, upperQuartile + reach)
        lowWhisker = min(lowerQuartile, sorted.first { $0 >= lowest } ?? lowerQuartile)
        highWhisker = max(upperQuartile, sorted.last { $0 <= highest } ?? upperQuartile)
        outliers = sorted.filter { $0 < lowest || $0 > highest }
    }
}

extension Boxes: MarkContent {
    package static var name: String { "boxes" }
    package var group: String? { "boxes" }
    package var standing: Positions? { positions }
    package var legendKey: LegendKey? { .area(opacity: 0.35) }
    package var problem: String? { mismatch(positions.count, "positions", samples.count, "lists of samples") }

    package func naturalSize(in surroundings: Surroundings) -> FigureSize? {
        isHorizontal ? surroundings.size(ofRows: positions) : nil
    }

    package func reach(x: inout Extent, y: inout Extent) {
        if isHorizontal { y.include(positions) } else { x.include(positions) }
        for values in samples { if isHorizontal { x.include(values) } else { y.include(values) } }
    }

    package func draw(in plot: Plot, color: Color, to list: inout DisplayList) {
        let (along, across) = isHorizontal ? (plot.y, plot.x) : (plot.x, plot.y)
        var (offset, thickness) = plot.slotPlacement(on: along, share: 0.55)
        if case .categories = along.domain.kind {} else { (offset, thickness) = (0, 24) }
        thickness = min(thickness * 0.9, 56)
        func point(_ a: Double, _ b: Double) -> Point { isHorizontal ? Point(b, a) : Point(a, b) }
        list.append(.clip(plot.area.inset(-1.5)))
        defer { list.append(.endClip) }
        for (values, place) in zip(samples, along.places(positions)) {
            guard let place, let box = BoxStatistics(values),
                let low = across.place(box.lowerQuartile), let high = across.place(box.upperQuartile),
                let median = across.place(box.median)
            else { continue }
            let middle = place + offset
            let (left, right) = (middle - thickness / 2, middle + thickness / 2)
            for (from, to) in [(low, across.place(box.lowWhisker)), (high, across.place(box.highWhisker))] {
                if let to, to != from {
                    list.append(.hairline(point(middle, from), point(middle, to), width: 1.4, color))
                }
            }
            list.append(.rectangle(Rect(point(left, low), point(right, high)), plot.theme.wash(color, 0.3)))
            for (a, b) in [
                (point(left, low), point(right, low)), (point(left, high), point(right, high)),
                (point(left, low), point(left, high)), (point(right, low), point(right, high)),
            ] { list.append(.hairline(a, b, width: 1.4, color)) }
            list.append(.hairline(point(left, median), point(right, median), width: 2.8, color))
            let dots = box.outliers.compactMap(across.place).map { point(middle, $0) }
            list.append(.markers(dots, .circle, diameter: 4.5, color.opacity(0.8)))
        }
    }

    package func readings(in plot: Plot) -> [Reading] {
        let along = isHorizontal ? plot.y : plot.x
        var offset = 0.0
        if case .categories = along.domain.kind { offset = plot.slotPlacement(on: along, share: 0.55).offset }
        let boxes = samples.map { BoxStatistics($0) }
        return Reading.all(
            positions, boxes.map { $0?.median ?? .nan }, in: plot, isHorizontal: isHorizontal, offset: offset
        ) { index in
            boxes[index].map { "\(Reading.number($0.lowerQuartile)) – \(Reading.number($0.upperQuartile))" }
        }
    }

    package func summary(x: String, y: String) -> String {
        let shown = zip(samples.indices, samples).prefix(8).map { index, values in
            let name = positions.text(at: index)
            guard let box = BoxStatistics(values) else { return Words.phrase("{1} no values", name) }
            return Words.phrase(
                "{1} median {2} (quartiles {3} to {4})", name, Words.number(box.median),
                Words.number(box.lowerQuartile), Words.number(box.upperQuartile))
        }
        return Words.named(label ?? (isHorizontal ? x : y), Words.joined(shown))
    }
}
