import Charts
import Foundation

/// Three charts of a kind that the book is made of, for drawing beside matplotlib's from the same data.
enum Comparison {
    private static let steps = Array(stride(from: 1, through: 200, by: 2))

    private static func falling(_ rate: Double, _ level: Double) -> [Double] {
        steps.map { 2.3 / (1 + rate * Double($0)) * level + 0.015 }
    }

    static let curves = Chart("Learning curves, mean of 20 seeds", x: "step", y: Axis("loss", scale: .logarithmic)) {
        for (label, rate) in [("hard labels", 0.08), ("soft labels, T = 4", 0.25), ("soft labels, T = 20", 0.17)] {
            Band(x: steps, lower: falling(rate, 0.8), upper: falling(rate, 1.25), label: label)
            Line(x: steps, y: falling(rate, 1), label: label)
        }
    }

    static let confusion = Chart("Confusion of the distilled student", x: "predicted", y: "true") {
        HeatMap(
            (0..<10).map { row in (0..<10).map { $0 == row ? 940 + row * 7 : (row * 31 + $0 * 17) % 13 } },
            colors: .blues, label: "images")
    }

    static let differences = Chart("Test errors: distilled − plain", x: "difference") {
        let names = ["30 units", "300 units", "800 units", "800 units, dropout", "two layers of 800"]
        let means = [4.2, -3.1, -12.6, -19.8, -31.5]
        Rule(x: 0, pattern: .solid)
        Intervals(
            y: names, estimates: means, lower: means.map { $0 - 5 }, upper: means.map { $0 + 4 },
            samples: means.map { mean in (0..<20).map { mean + Double(($0 * 7919) % 17) - 8 } })
    }

    /// Writes each chart's picture and its record into a folder.
    static func write(to folder: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let charts = [("curves", curves), ("confusion", confusion), ("differences", differences)]
        for (name, chart) in charts {
            let file = URL(filePath: folder).appending(path: name)
            try Data(chart.figure.png(theme: .light)).write(to: file.appendingPathExtension("png"))
            try encoder.encode(chart.figure).write(to: file.appendingPathExtension("json"))
        }
    }
}
