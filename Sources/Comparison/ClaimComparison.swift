import Foundation
import Notebook
import Wire

/// How claims differ: verdicts, rules and settings exactly; effects and the bounds of intervals by the claim's own
/// tolerance, or by the cell's where that is wider. What was observed is compared where no tolerance is stated.
func mismatches(between recorded: Claim, and found: Claim, within tolerance: Tolerance) -> [Mismatch] {
    var result: [Mismatch] = []
    func compare(_ what: String, _ old: String, _ new: String) {
        if old != new { result.append(Mismatch(what, old, new)) }
    }
    compare("which claim", recorded.id, found.id)
    compare("verdict", recorded.verdict.rawValue, found.verdict.rawValue)
    compare("how findings make the verdict", recorded.combination.rawValue, found.combination.rawValue)
    compare("count of findings", "\(recorded.findings.count)", "\(found.findings.count)")
    compare("tolerance", "\(recorded.tolerance)", "\(found.tolerance)")
    result += mismatches(between: recorded.measured, and: found.measured, within: tolerance).map {
        $0.inside("what was measured")
    }
    let tolerance = Tolerance(
        absolute: max(tolerance.absolute, found.tolerance), relative: tolerance.relative)
    for (index, (old, new)) in zip(recorded.findings, found.findings).enumerated() {
        let place = new.setting.isEmpty ? "finding \(index + 1)" : "finding “\(new.setting)”"
        result += mismatches(between: old, and: new, within: tolerance).map { $0.inside(place) }
    }
    return result.map { $0.inside(found.id) }
}

private func mismatches(between recorded: Finding, and found: Finding, within tolerance: Tolerance) -> [Mismatch] {
    var result: [Mismatch] = []
    func compare(_ what: String, _ old: String, _ new: String) {
        if old != new { result.append(Mismatch(what, quoted(old), quoted(new))) }
    }
    func compare(_ what: String, _ old: Double?, _ new: Double?) {
        if old == new { return }
        guard let old, let new else {
            return result.append(Mismatch(what, old.map { "\($0)" } ?? "none", new.map { "\($0)" } ?? "none"))
        }
        if !tolerance.accepts(new, for: old) {
            result.append(Mismatch(what, "\(old)", "\(new)", distance: tolerance.distance(from: old, to: new)))
        }
    }
    compare("setting", recorded.setting, found.setting)
    compare("rule", recorded.rule.description, found.rule.description)
    compare("verdict", recorded.verdict.rawValue, found.verdict.rawValue)
    compare("effect", recorded.effect, found.effect)
    compare("lower end of the interval", recorded.interval?.lower, found.interval?.lower)
    compare("upper end of the interval", recorded.interval?.upper, found.interval?.upper)
    compare("n", "\(recorded.n)", "\(found.n)")
    guard tolerance == .exact else { return result }
    compare("p", recorded.p, found.p)
    if let old = data(of: recorded), let new = data(of: found) {
        result += mismatches(between: old, and: new, within: .exact, path: "observations")
    }
    return result
}

/// The observations as data; `nil` where JSON has no words for a number, so that the record could not hold them.
private func data(of finding: Finding) -> JSONValue? {
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
        positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return (try? encoder.encode(finding.observations)).flatMap { try? JSONDecoder().decode(JSONValue.self, from: $0) }
}
