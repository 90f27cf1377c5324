/// The labels at the ticks of one axis, set and measured.
struct AxisLabels {
    struct Label {
        let value: Double
        let lines: [TextRun]
    }

    var labels: [Label] = []
    var minor: [Double] = []
    var turn = Turn.none

    /// Points that the labels take across the axis.
    var depth: Double {
        switch turn {
        case .slanted: (labels.map { $0.lines[0].width }.max() ?? 0) * 0.6 + Style.lineHeight(Style.tickLabel)
        case .none, .up:
            Double(labels.map(\.lines.count).max() ?? 1) * Style.lineHeight(Style.tickLabel)
        }
    }

    /// The widest line.
    var width: Double { labels.flatMap(\.lines).map(\.width).max() ?? 0 }

    /// The labels of a horizontal axis of `length` points.
    static func horizontal(_ axis: Axis, _ domain: Domain, length: Double, fonts: FontBook) -> AxisLabels {
        if case .categories(let names) = domain.kind {
            return categories(texts(names, axis), length: length, fonts: fonts)
        }
        let ticks = Ticks(axis, domain, length: length, spacing: 55 + 0.04 * length, gap: 10) {
            fonts.run($0, size: Style.tickLabel).width
        }
        return AxisLabels(ticks, limit: axis.tickLabels == nil ? .infinity : length * 0.5, fonts: fonts)
    }

    /// The labels of a vertical axis of `length` points, no wider than `limit`.
    static func vertical(_ axis: Axis, _ domain: Domain, length: Double, limit: Double, fonts: FontBook) -> AxisLabels {
        if case .categories(let names) = domain.kind {
            let every = every(names.count, length: length, needed: 16)
            var result = AxisLabels()
            for (index, text) in texts(names, axis).enumerated() where index % every == 0 {
                let run = fonts.fitting(text, size: Style.tickLabel, width: limit)
                result.labels.append(Label(value: Double(index), lines: [run]))
            }
            return result
        }
        let ticks = Ticks(axis, domain, length: length, spacing: 30 + 0.05 * length, gap: 6) { _ in Style.tickLabel }
        // A number that is cut off is another number.
        return AxisLabels(ticks, limit: axis.tickLabels == nil ? .infinity : limit, fonts: fonts)
    }

    private init() {}

    private init(_ ticks: Ticks, limit: Double, fonts: FontBook) {
        labels = ticks.major.map {
            Label(value: $0.value, lines: [fonts.fitting($0.label, size: Style.tickLabel, width: limit)])
        }
        minor = ticks.minor
    }

    private static func texts(_ names: [String], _ axis: Axis) -> [String] {
        names.enumerated().map { axis.tickLabels?[safe: $0] ?? $1 }
    }

    private static func every(_ count: Int, length: Double, needed: Double) -> Int {
        max(1, Int((Double(count) * needed / max(1, length)).rounded(.up)))
    }

    /// Names of categories in one line, in two, or slanted, and only every second, third… where even those touch.
    private static func categories(_ texts: [String], length: Double, fonts: FontBook) -> AxisLabels {
        var result = AxisLabels()
        let band = length / Double(max(1, texts.count))
        let runs = texts.map { fonts.run($0, size: Style.tickLabel) }
        let widest = runs.map(\.width).max() ?? 0
        if widest + 6 <= band || texts.allSatisfy({ $0.count <= 3 }) {
            let every = every(texts.count, length: length, needed: widest + 6)
            result.labels = runs.indices.filter { $0 % every == 0 }.map { Label(value: Double($0), lines: [runs[$0]]) }
            return result
        }
        let wrapped = texts.map { fonts.wrapped($0, size: Style.tickLabel, width: band - 6, lines: 2) }
        if !wrapped.joined().contains(where: { $0.text.hasSuffix("…") }) {
            result.labels = wrapped.indices.map { Label(value: Double($0), lines: wrapped[$0]) }
            return result
        }
        result.turn = .slanted
        let every = every(texts.count, length: length, needed: Style.tickLabel * 1.9)
        for index in texts.indices where index % every == 0 {
            let run = fonts.fitting(texts[index], size: Style.tickLabel, width: 160)
            result.labels.append(Label(value: Double(index), lines: [run]))
        }
        return result
    }
}
