import Foundation

/// One line of the table: the same work done by this project and by a peer, alternately.
struct Comparison: Sendable {
    var work: String
    /// What this program and the peers' script are given.
    var ours: [String]
    var peer: [String]
    var peerName: String
    /// The ratios that the project means to reach: against the peer, and against commit 13d9231.
    var reach: Double
    var reachEarlier: Double
    /// Whether the figure is the time from the process's start to its end.
    var wholeProcess = false
    /// Which of the printed lines counts, by the start of its work.
    var line = ""
    /// Less is better, as for memory.
    var limit: Double?
}

private let teacher = [
    Comparison(
        work: "one epoch of 784-1200-1200-10, batch 128, Adam",
        ours: ["training", "1200,1200", "--samples", "38400"],
        peer: ["torch-training", "1200,1200", "38400"], peerName: "torch", reach: 2.2, reachEarlier: 1.45,
        line: "training"),
    Comparison(
        work: "the same with dropout 0.2, 0.5, 0.5 and jitter 2",
        ours: ["training", "1200,1200", "--samples", "38400", "--dropout", "0.2,0.5,0.5", "--jitter", "2"],
        peer: ["torch-dropout", "1200,1200", "38400"], peerName: "torch", reach: 3, reachEarlier: 1.8, line: "training"),
    Comparison(
        work: "soft labels of 784-1200-1200-10", ours: ["logits", "1200,1200", "--samples", "20000"],
        peer: ["torch-logits", "1200,1200", "20000"], peerName: "torch", reach: 2.2, reachEarlier: 2),
    Comparison(
        work: "peak memory, teacher on 60,000 examples",
        ours: ["training", "1200,1200", "--samples", "60000"], peer: ["torch-memory", "1200,1200", "60000"],
        peerName: "torch", reach: 1, reachEarlier: 1, line: "peak memory", limit: 140),
]

private let students = [
    Comparison(
        work: "distilling 784-800-800-10, batch 128", ours: ["training", "800,800", "soft", "--samples", "12800"],
        peer: ["torch-distilling", "800,800", "12800"], peerName: "torch", reach: 2.7, reachEarlier: 1.45,
        line: "distilling"),
    Comparison(
        work: "distilling 784-32-10, batch 128",
        ours: ["training", "32", "soft", "--samples", "60000", "--epochs", "5"],
        peer: ["torch-distilling", "32", "60000"], peerName: "torch", reach: 10, reachEarlier: 1.8, line: "distilling"),
    Comparison(
        work: "distilling 784-10, batch 128",
        ours: ["training", "-", "soft", "--samples", "60000", "--epochs", "10"],
        peer: ["torch-distilling", "-", "60000"], peerName: "torch", reach: 15, reachEarlier: 1.5, line: "distilling"),
]

private func computeComparisons(data: String) -> [Comparison] {
    teacher + students + [
        Comparison(
            work: "the article's job, from process start", ours: ["article", data], peer: ["keras-article", data],
            peerName: "Keras", reach: 60, reachEarlier: 1.7, wholeProcess: true)
    ]
}

/// The figures of one comparison.
struct SuiteRow: Encodable {
    /// One side beside ours.
    struct Side: Encodable {
        var name: String
        var figures: [Double] = []
        /// Ours against this side's, more being better; the quotient of the medians.
        var ratio = Double.nan
        var reach: Double
    }
    var work: String
    var unit = ""
    var ours: [Double] = []
    var others: [Side] = []
}

/// What is measured beside this program.
private struct Sides {
    var own = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().path
    /// The interpreter and script of the peers.
    var peers: [String]?
    /// This program, built with the libraries of another commit, and that commit.
    var earlier: (program: String, name: String)?

    init(_ arguments: Arguments) {
        peers = arguments.text("python").flatMap { python in arguments.text("peers").map { [python, $0] } }
        earlier = arguments.text("earlier").map { ($0, arguments.text("commit") ?? "earlier") }
    }

    /// Who does the work of `comparison` besides, with what command.
    func others(of comparison: Comparison) -> [(side: SuiteRow.Side, command: [String])] {
        let peer = peers.map {
            (SuiteRow.Side(name: comparison.peerName, reach: comparison.reach), $0 + comparison.peer)
        }
        let before = earlier.map {
            (SuiteRow.Side(name: $0.name, reach: comparison.reachEarlier), [$0.program] + comparison.ours)
        }
        return [peer, before].compactMap(\.self)
    }
}

/// Runs every comparison `--runs` times, all sides in turn, and prints a table; all figures go to `--json FILE`.
///
/// `--only TEXT` leaves out works without it in their name. Before each run it waits up to `--patience` seconds for a quiet
/// machine. Peers are measured where `--python` and `--peers` name an interpreter and their script, another commit's build
/// of this program where `--earlier` names it.
func measureSuite(_ arguments: Arguments) throws {
    let runs = try arguments.number("runs", default: 5)
    let patience = try arguments.number("patience", default: 60, from: 0)
    let comparisons =
        try arguments.word(0, "models, or a folder with the four IDX files") == "models"
        ? modelComparisons : computeComparisons(data: arguments.words[0])
    let sides = Sides(arguments)
    var rows: [SuiteRow] = []
    let wanted = arguments.text("only") ?? ""
    for comparison in comparisons where wanted.isEmpty || comparison.work.contains(wanted) {
        let row = try measure(comparison, sides, runs: comparison.limit == nil ? runs : 1, patience: patience)
        rows.append(row)
        printRow(row)
    }
    if let file = arguments.text("json") {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(rows).write(to: URL(fileURLWithPath: file), options: .atomic)
    }
}

private func measure(_ comparison: Comparison, _ sides: Sides, runs: Int, patience: Int) throws -> SuiteRow {
    let others = sides.others(of: comparison)
    var row = SuiteRow(work: comparison.work, others: others.map(\.side))
    for _ in 0..<runs {
        waitForQuiet(patience: patience)
        let ours = try run([sides.own] + comparison.ours, for: comparison)
        row.ours.append(ours.value)
        row.unit = ours.unit
        for (index, other) in others.enumerated() {
            waitForQuiet(patience: patience)
            row.others[index].figures.append(try run(other.command, for: comparison).value)
        }
    }
    for index in row.others.indices {
        let quotient = median(row.ours) / median(row.others[index].figures)
        row.others[index].ratio = comparison.wholeProcess || comparison.limit != nil ? 1 / quotient : quotient
    }
    return row
}

private func printRow(_ row: SuiteRow) {
    func text(_ values: [Double]) -> String {
        String(format: median(values) < 100 ? "%.3f" : "%.0f", median(values))
    }
    let others = row.others.map { side in
        " \(side.name) \(text(side.figures)) | " + String(format: "%.2f× (reach %g) |", side.ratio, side.reach)
    }
    FileHandle.standardOutput.write(Data("| \(row.work) | \(text(row.ours)) \(row.unit) |\(others.joined())\n".utf8))
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
