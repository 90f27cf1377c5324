import Foundation
import Notebook
import Wire

/// What a cell shows, in order, its text bounded.
struct DisplayList {
    private(set) var displays: [Display] = []
    /// What is not as a reader would want it, such as a character that no font has.
    private(set) var warnings: [String] = []
    private let limit: Int
    private var left: Int

    /// What a display costs however small it is, in bytes: a cell that shows nothing without end shows too much.
    private static let leastCost = 100
    private static let mostWarnings = 100

    /// An empty list that takes `limit` bytes of text.
    init(limit: Int) {
        self.limit = limit
        left = limit
    }

    mutating func append(_ display: Display, isCut: Bool) {
        guard left > 0 else { return }
        let size = display.textSize
        let fits = size <= left && !isCut
        displays.append(fits ? display : display.bounded(to: left))
        left -= max(size, DisplayList.leastCost)
        if !fits { left = min(left, 0) }
        noteCut()
    }

    mutating func append(text bytes: some Collection<UInt8>) {
        guard !bytes.isEmpty, left > 0 else { return }
        appendText(withoutFoundationsComplaint(Array(bytes.prefix(left))))
        left -= bytes.count
        noteCut()
    }

    /// What is shown, and behind it text that is not yet known to end here.
    func withText(_ bytes: some Collection<UInt8>) -> [Display] {
        var list = self
        list.append(text: bytes)
        return list.displays
    }

    mutating func warn(_ warning: String) {
        if warnings.count < DisplayList.mostWarnings, !warnings.contains(warning) { warnings.append(warning) }
    }

    private mutating func noteCut() {
        guard left <= 0 else { return }
        appendText("\n… output cut here: a cell may show \(limit.asBytes); `limits: {output: …}` changes that\n")
    }

    private mutating func appendText(_ text: String) {
        if case .text(let before) = displays.last {
            displays[displays.count - 1] = .text(before + text)
        } else {
            displays.append(.text(text))
        }
    }

    /// Keeps what waits to be placed from growing without bound: its tail may hold a mark, the rest beyond the
    /// limit will be cut anyway.
    ///
    /// - Returns: whether anything was dropped.
    func trim(_ bytes: inout [UInt8]) -> Bool {
        let margin = 1 << 17
        let keep = max(left, 0) + margin
        guard bytes.count > keep + margin else { return false }
        bytes.removeSubrange(keep..<bytes.count - margin)
        return true
    }
}

/// What was printed, without what Foundation logs, with the time, when it first starts a process or a port: that it may not
/// make the network socket by which it would wake a thread that nothing here needs.
private func withoutFoundationsComplaint(_ bytes: [UInt8]) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    let sign = "*** Could not create wakeup socket pair for CFSocket!!!"
    guard Data(bytes).range(of: Data(sign.utf8)) != nil else { return text }
    return text.replacing(
        /[-0-9]{10} [0-9:.]+ [^ \n]+ \*\*\* Could not create wakeup socket pair for CFSocket!!!\n/, with: "")
}
