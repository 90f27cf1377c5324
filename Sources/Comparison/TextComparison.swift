import Foundation
import Notebook

/// How texts differ: to the letter, but for numbers, which may lie as far apart as `tolerance` says.
///
/// - Returns: the differences, line by line where both texts have as many lines; otherwise one, of the lines from the
///   first to the last that differs.
func mismatches(between recorded: String, and found: String, within tolerance: Tolerance) -> [Mismatch] {
    if recorded == found { return [] }
    let old = lines(recorded)
    let new = lines(found)
    if old.count == new.count {
        let mismatches = zip(old, new).enumerated().flatMap { number, pair in
            lineMismatches(between: pair.0, and: pair.1, within: tolerance).map { mismatch in
                old.count == 1 ? mismatch : mismatch.inside("line \(number + 1)")
            }
        }
        // Texts of the same lines may yet differ in what ends them.
        guard mismatches.isEmpty && tolerance == .exact else { return mismatches }
        return [Mismatch("the blanks at its end", escaped(recorded), escaped(found))]
    }
    let isSame = { (left: Substring, right: Substring) in
        lineMismatches(between: left, and: right, within: tolerance).isEmpty
    }
    let start = zip(old, new).prefix { isSame($0, $1) }.count
    let end = zip(old.dropFirst(start).reversed(), new.dropFirst(start).reversed()).prefix { isSame($0, $1) }.count
    let text = { (lines: [Substring]) in
        let middle = lines[start..<lines.count - end]
        return middle.isEmpty ? "nothing" : quoted(middle.joined(separator: "\n"))
    }
    return [Mismatch("from line \(start + 1)", text(old), text(new))]
}

private func lines(_ text: String) -> [Substring] {
    (text.hasSuffix("\n") ? text.dropLast() : text[...]).split(separator: "\n", omittingEmptySubsequences: false)
}

private func escaped(_ text: String) -> String { quoted(String(text.suffix(20)).replacing("\n", with: "\\n")) }

private func lineMismatches(
    between recorded: Substring, and found: Substring, within tolerance: Tolerance
) -> [Mismatch] {
    if recorded == found { return [] }
    let old = NumberedText(recorded)
    let new = NumberedText(found)
    guard old.words == new.words, !old.numbers.isEmpty else { return [Mismatch("", quoted(recorded), quoted(found))] }
    let isExact = tolerance == .exact
    let mismatches = zip(old.numbers, new.numbers).enumerated().compactMap { index, pair -> Mismatch? in
        let (number, other) = pair
        let isSame = isExact ? number.text == other.text : tolerance.accepts(other.value, for: number.value)
        guard !isSame else { return nil }
        let what = old.numbers.count == 1 ? "" : "number \(index + 1)"
        return Mismatch(
            what, number.text, other.text, distance: tolerance.distance(from: number.value, to: other.value))
    }
    // Where nothing is stated, blanks count, too.
    return mismatches.isEmpty && isExact ? [Mismatch("", quoted(recorded), quoted(found))] : mismatches
}
