/// The bar beside a plot that says which number each colour is.
struct ColorBar {
    private let key: ColorKey
    private let domain: Domain
    private let labels: AxisLabels
    private let title: TextRun?
    private static let gap = 14.0
    private static let thickness = 12.0

    /// The bar of the first among `marks` that wants one, `length` points high.
    init?(_ marks: [Mark], length: Double, fonts: FontBook) {
        guard let key = marks.lazy.compactMap(\.content.colorKey).first else { return nil }
        self.key = key
        domain = Domain(.linear, key.from, key.to, false)
        labels = .vertical(Axis(format: key.format), domain, length: length, limit: 90, fonts: fonts)
        title = key.label.map { fonts.fitting($0, size: Style.axisLabel, width: length) }
    }

    /// Points to the right of the plot.
    var width: Double {
        Self.gap + Self.thickness + Style.tickGap * 2 + labels.width
            + (title == nil ? 0 : Style.lineHeight(Style.axisLabel) + 4)
    }

    func draw(beside area: Rect, theme: Theme, to list: inout DisplayList) {
        let bar = Rect(x: area.maxX + Self.gap, y: area.y, width: Self.thickness, height: area.height)
        let steps = 128
        let colors = (0..<steps).map { key.colors.color(1 - (Double($0) + 0.5) / Double(steps), theme: theme) }
        list.append(.image(PixelGrid(width: 1, height: steps, pixels: colors), bar))
        let scale = PositionScale(domain, from: bar.maxY, to: bar.y)
        for label in labels.labels {
            guard let y = scale.place(label.value) else { continue }
            list.append(.hairline(Point(bar.maxX, y), Point(bar.maxX + 3, y), width: 1, theme.axis))
            let start = Point(bar.maxX + 2 * Style.tickGap, y + Style.tickLabel * 0.36)
            list.append(.text(label.lines[0], at: start, .none, theme.secondaryText))
        }
        if let title {
            let x = bar.maxX + Style.tickGap * 2 + labels.width + Style.lineHeight(Style.axisLabel)
            list.append(.text(title, at: Point(x, bar.midY + title.width / 2), .up, theme.secondaryText))
        }
    }
}
