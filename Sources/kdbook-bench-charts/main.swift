// Times the chart that script/bench.d/charts compares with matplotlib's, stage by stage; with `--samples FOLDER`, writes
// the pictures and records that script/bench.d/charts-side-by-side.py draws again with matplotlib.
import Charts
import Foundation

/// A falling curve with noise from integers, the same numbers that the peer draws.
func curve(_ series: Int) -> [Double] {
    (0..<200).map { step in
        let noise = Double((step * 7919 + series * 104_729) % 1000) / 1000
        let level = 2.3 / (1 + 0.1 * Double(step * (series + 1)))
        return level * (0.9 + 0.2 * noise)
    }
}

/// The median time of `work` in milliseconds, after one run to warm up.
func median(_ repetitions: Int, _ work: () throws -> Void) rethrows -> Double {
    try work()
    let clock = ContinuousClock()
    let times = try (0..<repetitions).map { _ in try clock.measure(work) / .milliseconds(1) }
    return times.sorted()[repetitions / 2]
}

if CommandLine.arguments.count == 3, CommandLine.arguments[1] == "--samples" {
    try Comparison.write(to: CommandLine.arguments[2])
    exit(0)
}

let curves = (0..<5).map(curve)
let figure = Chart("Learning curves", x: "step", y: Axis("loss", scale: .logarithmic)) {
    for (series, losses) in curves.enumerated() { Line(x: 0..<200, y: losses, label: "series \(series)") }
}.figure
let million = (0..<1_000_000).map { Double(($0 * 7919) % 10_007) }
let cloud = Chart("A million points", x: "x", y: "y") { Points(x: 0..<million.count, y: million) }.figure
let long = Chart("A line of a million points", x: "x", y: "y") { Line(y: million) }.figure

let repetitions = CommandLine.arguments.dropFirst().first.flatMap(Int.init) ?? 21
let layout = try median(repetitions) { _ = try figure.displayList(theme: .light) }
let pixels = try median(repetitions) { _ = try figure.bitmap(theme: .light) }
let png = try median(repetitions) { _ = try figure.png(theme: .light) }
let bytes = try figure.png(theme: .light).count
func row(_ name: String, _ value: String) { print("\(name)\t\(value)") }
func milliseconds(_ value: Double) -> String { String(format: "%.1f ms", value) }
row("layout", milliseconds(layout))
row("layout and pixels", milliseconds(pixels))
row("complete PNG, 1400×900", milliseconds(png))
row("size of the PNG", "\(bytes) bytes")
row("line of a million points", milliseconds(try median(3) { _ = try long.png(theme: .light) }))
row("a million markers", milliseconds(try median(3) { _ = try cloud.png(theme: .light) }))
