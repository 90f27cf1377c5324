import Console
import Engine
import Notebook

extension FenceReport {
    /// What the terminal says of the fence; nothing where it holds.
    func told(of document: String) -> [TerminalText] {
        switch verdict {
        case .holds, .skipped(nil): return []
        case .skipped(let reason?):
            return [TerminalText("\(document):\(fence.lines.lowerBound): skipped: \(reason)", .faint)]
        case .failed(let problem): return [.complaint(problem.rendered(file: document))]
        case .uncompiled(let errors):
            guard let first = errors.first else { return [] }
            let rest = errors.count > 1 ? " (and \(errors.count - 1) more)" : ""
            return [.complaint(first.rendered(file: document) + rest)]
        case .differs(let differences): return differences.flatMap { $0.told(of: document) }
        }
    }

    /// What is to be written for the fence, and whether it holds with that.
    func cures(accept: Bool, label: Bool) -> (edits: [DocumentEdit], areWhole: Bool) {
        switch verdict {
        case .differs(let differences) where accept:
            (differences.flatMap(\.cures), differences.allSatisfy { !$0.cures.isEmpty })
        case .uncompiled where label: ([fence.edit(adding: .skip)], true)
        case .skipped(_?) where label: ([fence.edit(adding: .skip)], false)
        default: ([], false)
        }
    }
}

extension FenceDifference {
    fileprivate func told(of document: String) -> [TerminalText] {
        let place = "\(document):\(line): \(subject) differs"
        let lines = { (text: String, mark: String, colour: TerminalText.Colour) in
            text.split(separator: "\n", omittingEmptySubsequences: false).map {
                TerminalText("  \(mark) \($0)", colour)
            }
        }
        return [TerminalText(place)] + lines(said, "-", .red) + lines(given.isEmpty ? "nothing" : given, "+", .green)
    }
}

/// How many fences there are of which kind.
struct FenceCount {
    private var fences = 0
    private var hold = 0
    private var compared = 0
    private var differ = 0
    private var uncompiled = 0
    private var failed = 0
    private var skipped = 0
    /// How many hold with what was written.
    var cured = 0

    mutating func add(_ report: FenceReport) {
        fences += 1
        compared += report.compared
        switch report.verdict {
        case .holds: hold += 1
        case .skipped: skipped += 1
        case .differs: differ += 1
        case .uncompiled: uncompiled += 1
        case .failed: failed += 1
        }
    }

    var isGood: Bool { differ + uncompiled + failed == cured }

    func summary(documents: Int, seconds: Double) -> String {
        let parts = [
            (hold, "hold"), (differ, "differ"), (uncompiled, "do not compile"), (failed, "failed"),
            (skipped, "skipped"),
            (cured, "written"),
        ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        let all =
            "\(fences) \(fences == 1 ? "fence" : "fences") in \(documents) \(documents == 1 ? "document" : "documents")"
        return "\(all): " + (parts + ["\(compared) outputs and values compared"]).joined(separator: ", ")
            + " (\(seconds.formatted(.number.precision(.fractionLength(1)))) s)"
    }
}
