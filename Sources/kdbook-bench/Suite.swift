import Foundation

/// One line of the table: the same work done by this project and by a peer, alternately.
private struct Comparison {
    var work: String
    /// What this program and the peers' script are given.
    var ours: [String]
    var peer: [String]
    var peerName: String
    /// The ratio that the project means to reach.
    var reach: Double
    /// Whether the figure is the time from the process's start to its end.
    var wholeProcess = false
    /// Which of the printed lines counts, by the start of its work.
    var line = ""
    /// Less is better, as for memory.
    var limit: Double?
}

private func comparisons(data: String) -> [Comparison] {
    [
        Comparison(
            work: "one epoch of 784-1200-1200-10, batch 128, Adam",
            ours: ["training", "1200,1200", "--samples", "38400"],
            peer: ["torch-training", "1200,1200", "38400"], peerName: "torch", reach: 1.5, line: "training"),
        Comparison(
            work: "distilling 784-800-800-10, batch 128", ours: ["training", "800,800", "soft", "--samples", "12800"],
            peer: ["torch-distilling", "800,800", "12800"], peerName: "torch", reach: 1.5, line: "distilling"),
        Comparison(
            work: "distilling 784-32-10, batch 128",
            ours: ["training", "32", "soft", "--samples", "60000", "--epochs", "5"],
            peer: ["torch-distilling", "32", "60000"], peerName: "torch", reach: 5, line: "distilling"),
        Comparison(
            work: "distilling 784-10, batch 128",
            ours: ["training", "-", "soft", "--samples", "60000", "--epochs", "10"],
            peer: ["torch-distilling", "-", "60000"], peerName: "torch", reach: 8, line: "distilling"),
        Comparison(
            work: "soft labels of 784-1200-1200-10", ours: ["logits", "1200,1200", "--samples", "20000"],
            peer: ["torch-logits", "1200,1200", "20000"], peerName: "torch", reach: 1.2),
        Comparison(
            work: "the article's job, from process start", ours: ["article", data], peer: ["keras-article", data],
            peerName: "Keras", reach: 60, wholeProcess: true),
        Comparison(
            work: "peak memory, teacher on 60,000 examples",
            ours: ["training", "1200,1200", "--samples", "60000"], peer: ["torch-memory", "1200,1200", "60000"],
            peerName: "torch", reach: 1, line: "peak memory", limit: 250),
    ]
}

/// The figures of one comparison.
struct SuiteRow: Encodable {
    var work: String
    var unit: String
    var ours: [Double]
    var peer: [Double]
    var peerName: String
    /// Ours against the peer's, more being better; the quotient of the medians.
    var ratio: Double?
    var reach: Double
}

/// Runs every comparison `--runs` times, alternating, and prints a table; the medians and all figures go to
/// `--json FILE`; `--only TEXT` leaves out works without it in their name. Before each, it waits up to `--patience` seconds for a quiet machine. Peers are measured where `--python` and `--peers` name an interpreter and their script.
func measureSuite(_ arguments: Arguments) throws {
    let runs = try arguments.number("runs", default: 5)
    let patience = try arguments.number("patience", default: 60)
    let data = try arguments.word(0, "a folder with the four IDX files")
    let peers = arguments.text("python").flatMap { python in arguments.text("peers").map { [python, $0] } }
    let own = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().path
    var rows: [SuiteRow] = []
    let wanted = arguments.text("only") ?? ""
    for comparison in comparisons(data: data) where wanted.isEmpty || comparison.work.contains(wanted) {
        var row = SuiteRow(
            work: comparison.work, unit: "", ours: [], peer: [], peerName: comparison.peerName, reach: comparison.reach)
        let runs = comparison.limit == nil ? runs : 1
        for _ in 0..<runs {
            waitForQuiet(patience: patience)
            let ours = try run([own] + comparison.ours, for: comparison)
            row.ours.append(ours.value)
            row.unit = ours.unit
            waitForQuiet(patience: patience)
            if let peers { row.peer.append(try run(peers + comparison.peer, for: comparison).value) }
        }
        if !row.peer.isEmpty {
            let quotient = median(row.ours) / median(row.peer)
            row.ratio = comparison.wholeProcess || comparison.limit != nil ? 1 / quotient : quotient
        }
        rows.append(row)
        printRow(row)
    }
    if let file = arguments.text("json") {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(rows).write(to: URL(fileURLWithPath: file), options: .atomic)
    }
}

private func printRow(_ row: SuiteRow) {
    func text(_ values: [Double]) -> String {
        values.isEmpty ? "—" : String(format: median(values) < 100 ? "%.3f" : "%.0f", median(values))
    }
    let ratio = row.ratio.map { String(format: "%.2f× (reach %g)", $0, row.reach) } ?? "—"
    let line = "| \(row.work) | \(text(row.ours)) \(row.unit) | \(row.peerName) \(text(row.peer)) | \(ratio) |\n"
    FileHandle.standardOutput.write(Data(line.utf8))
}

/// Runs a program and reads its figure: the last line of JSON, or the time of the whole process.
private func run(_ command: [String], for comparison: Comparison) throws -> Measurement {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: command[0])
    process.arguments = Array(command.dropFirst())
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    let start = ContinuousClock().now
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let elapsed = ContinuousClock().now - start
    guard process.terminationStatus == 0 else {
        throw UsageError("\(command.joined(separator: " ")) ended with status \(process.terminationStatus)")
    }
    if comparison.wholeProcess {
        let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
        return Measurement(work: comparison.work, value: seconds, unit: "s")
    }
    let figures = String(decoding: output, as: UTF8.self).split(separator: "\n").compactMap { line in
        try? JSONDecoder().decode(Measurement.self, from: Data(line.utf8))
    }
    guard let figure = figures.first(where: { comparison.line.isEmpty || $0.work.hasPrefix(comparison.line) }) else {
        throw UsageError("\(command.joined(separator: " ")) printed no figure")
    }
    return figure
}
