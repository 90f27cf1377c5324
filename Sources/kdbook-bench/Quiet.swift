import Foundation

/// Waits, at most `patience` seconds, until the machine's processors have been idle for nine tenths of half a
/// second: a measurement next to other work says little. Returns at once where the system does not tell.
func waitForQuiet(patience: Int) {
    let end = ContinuousClock().now + .seconds(patience)
    while ContinuousClock().now < end {
        guard let before = processorTimes() else { return }
        Thread.sleep(forTimeInterval: 0.5)
        guard let after = processorTimes() else { return }
        let all = after.all - before.all
        if all > 0, (after.idle - before.idle) / all > 0.9 { return }
    }
}

/// All processors' time since the start and how much of it was idle, in ticks.
private func processorTimes() -> (all: Double, idle: Double)? {
    guard let text = try? String(contentsOfFile: "/proc/stat", encoding: .utf8),
        let line = text.split(separator: "\n").first
    else { return nil }
    let ticks = line.split(separator: " ").dropFirst().prefix(8).compactMap { Double($0) }
    guard ticks.count == 8 else { return nil }
    return (ticks.reduce(0, +), ticks[3] + ticks[4])
}
