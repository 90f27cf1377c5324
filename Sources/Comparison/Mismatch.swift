import Foundation
import Notebook

/// Something in which what a cell gave differs, without yet saying in which cell.
struct Mismatch: Hashable {
    /// What it is of all that the cell shows: `row “student”, column “accuracy”`.
    var what: String
    var recorded: String
    var found: String
    /// How far numbers lie apart, and how far they may.
    var distance: String?
    /// The line of the notebook, where it is not that of the cell.
    var line: Int?

    init(_ what: String, _ recorded: String, _ found: String, distance: String? = nil, line: Int? = nil) {
        self.what = what
        self.recorded = recorded
        self.found = found
        self.distance = distance
        self.line = line
    }

    /// The mismatch with `place` in front of what it is of.
    func inside(_ place: String) -> Mismatch {
        var mismatch = self
        mismatch.what = [place, what].filter { !$0.isEmpty }.joined(separator: ", ")
        return mismatch
    }
}

extension Tolerance {
    /// How far `other` lies from `number`, and how far it may: `differs by 0.2, tolerance 0.1`.
    func distance(from number: Double, to other: Double) -> String {
        let allowed = distance(from: number)
        let tolerance = allowed > 0 ? "tolerance \(shortened(allowed))" : "no tolerance stated"
        return "differs by \(shortened(abs(other - number))), \(tolerance)"
    }
}

/// A number in as many digits as tell how large it is.
func shortened(_ value: Double) -> String {
    String(format: "%.6g", locale: Locale(identifier: "en_US_POSIX"), value)
}

/// A text on one line, with its control characters to be seen, between quotation marks and not longer than a terminal's.
func quoted(_ text: some StringProtocol) -> String {
    let line = String(text).replacing("\n", with: "⏎").withVisibleControls
    return "“" + (line.count > 120 ? line.prefix(119) + "…" : Substring(line)) + "”"
}
