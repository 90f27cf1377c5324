import Charts

/// Figures that between them use every mark, scale and option.
enum Samples {
    static let all: [String: Figure] = [
        "curves": curves.figure, "confusion": confusion.figure, "differences": differences.figure,
        "bars": bars.figure, "scatter": scatter.figure, "facets": facets, "panels": panels, "digits": digits.figure,
        "patterns": patterns.figure, "surface": surface.figure,
    ]

    static let epochs = Array(1...20)

    private static func falling(_ rate: Double) -> [Double] { epochs.map { 2.3 / (1 + rate * Double($0 - 1)) } }

    static let curves = Chart(
        "Learning curves", subtitle: "Bands are 95 % intervals.", x: "epoch", y: Axis("loss", scale: .logarithmic)
    ) {
        Band(x: epochs, lower: falling(0.9), upper: falling(0.5), label: "hard labels")
        Line(x: epochs, y: falling(0.7), label: "hard labels")
        Band(x: epochs, lower: falling(2), upper: falling(1.2), label: "soft labels")
        Line(x: epochs, y: falling(1.6), label: "soft labels")
        Rule(y: 0.12, label: "teacher")
    }

    static let confusion = Chart("Confusion", x: "predicted", y: "true") {
        HeatMap(
            [[98, 1, 1], [0, 95, 5], [2, 8, 90]], columns: ["0", "1", "2"], rows: ["0", "1", "2"], colors: .blues,
            label: "images")
    }

    static let students = ["30 units", "300 units", "800 units"]

    static let differences = Chart("Test errors: distilled − plain", x: "difference") {
        Rule(x: 0, pattern: .solid)
        Intervals(
            y: students, estimates: [4, -12.5, -31], lower: [-3, -20, -40], upper: [10, -6, -24],
            samples: [[1, 8], [-13, -12], [-30, -32.5]])
    }

    static let bars = Chart("Test errors", y: "errors") {
        Bars(x: students, y: [300, 180, 146], lower: [290, 172, 140], upper: [311, 190, 151], label: "plain")
        Bars(x: students, y: [310, 160, 74], label: "distilled", values: .automatic)
    }

    static let scatter = Chart("Errors and parameters", x: Axis("parameters", scale: .logarithmic), y: "errors") {
        Points(x: [2e4, 2e5, 6e5, 1.2e6], y: [310, 180, 146, 120], label: "plain")
        Points(x: [2e4, 2e5, 6e5, 1.2e6], y: [280, 160, 74, 70], label: "distilled", shape: .diamond)
        Annotation("T² = 16, L_ct", x: 2e5, y: 250, anchor: .above)
        Rule(x: 1e6, label: "teacher")
    }

    static let facets = Figure("By temperature", for: [1, 4, 20], columns: 3, sharing: .both) { temperature in
        Chart("T = \(temperature)", x: "epoch", y: "loss") {
            Line(x: epochs, y: falling(Double(temperature) / 4), label: "student")
            Line(x: epochs, y: falling(1), label: "teacher", pattern: .dashed)
        }
    }

    static let panels = Figure("Two views", columns: 2, isLettered: true) {
        Chart("Distribution", y: "errors") { Boxes(x: students, samples: [[1, 2, 3, 4, 20], [2, 3], [5, 5, 6]]) }
        Chart("Effect", x: "T", y: "α") {
            HeatMap([[-2, 0.5], [1, 3]], columns: ["1", "4"], rows: ["0.1", "0.9"], colors: .diverging(middle: 0))
        }
    }

    static let digits = Chart("Digits") {
        ImageGrid(
            (0..<3).map { image in (0..<16).map { UInt8($0 * 16 * image % 256) } }, width: 4, height: 4,
            captions: ["a", "b", "c"], highlighted: [1])
    }

    private static let heights: [[Double]] = (0..<12).map { (row: Int) -> [Double] in
        (0..<16).map { (column: Int) -> Double in
            let (u, v) = (Double(column - 8), Double(row - 5))
            return (u * u + 2 * v * v) / 10
        }
    }

    static let surface = Chart("A surface", x: "first", y: "second") {
        HeatMap(heights, x: -2...2, y: -1...1, label: "height")
        Contours(heights, x: -2...2, y: -1...1, levels: [1, 2.5, 5])
        Points(x: [-0.5, 0.25, 0.5, 1], y: [-0.4, 0.1, 0.2, 0.5], label: "runs", color: .series(1))
        ErrorEllipse(
            x: [-0.5, 0.25, 0.5, 1], y: [-0.4, 0.1, 0.2, 0.5], coverage: 0.5, label: "runs", color: .series(1))
    }

    static let patterns = Chart("Patterns", x: "x", y: Axis("y", from: 6, to: 0, format: .decimals(1))) {
        Step(x: [0, 1, 2], y: [1, 2, 3], label: "steps")
        Line(x: [0, 1, 2], y: [2, .nan, 4], label: "dashed", pattern: .dashed, marker: .square)
        Line(x: [0, 1, 2], y: [3, 3.5, 5], label: "dotted", pattern: .dotted)
        Area(x: [0, 1, 2], y: [0.5, 0.7, 0.2], label: "area")
    }
}
