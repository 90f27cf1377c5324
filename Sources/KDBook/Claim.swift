public import Evidence
public import Wire

/// Decides one of the book's claims, and shows the verdict on the page and in the book's ledger.
///
/// The rule is part of the cell's code, and so stands before anything was measured; the verdict follows from it:
///
///     let rule = DecisionRule.difference(expected: .greater, margin: 0.1, unit: "points")
///     claim("C12", "accuracy of the distilled student minus that of the plain one, over 20 seeds", rule,
///         .paired(distilled, minus: plain))
///
/// What is known exactly has rules of its own:
///
///     claim("C07", "largest difference of the two gradients", .zero(within: 1e-6), .number(worst))
///     claim("C05", "images that it got right", .proportion(expected: .greater, than: 0.1), .count(right, of: 10_000))
///     claim("C03", "the label", .holds("the soft label sums to 1"), .condition(abs(sum(p) - 1) < 1e-12))
///
/// A book decides each of its claims in one place, and only the claims that its file `claims.yml` names.
///
/// - Parameters:
///   - id: which claim: `C12`.
///   - measured: what was measured or compared, in words.
///   - rule: how what was measured decides.
///   - observations: what was measured.
///   - tolerance: how far the effect and its interval may lie from what is on record when the book is checked, in the
///     rule's unit; zero unless something depends on the machine, such as a time.
/// - Precondition: as for `DecisionRule.finding(from:setting:)`.
public func claim(
    _ id: String, _ measured: String, _ rule: DecisionRule, _ observations: Observations, tolerance: Double = 0,
    file: String = #filePath, line: Int = #line
) {
    claim(id, measured, [rule.finding(from: observations)], tolerance: tolerance, file: file, line: line)
}

/// Decides a claim by several findings, each in a setting of its own:
///
///     claim("C13", "gain in accuracy from soft labels, by number of labels", counts.map { count in
///         rule.finding(from: .differences(gains[count]), setting: "\(count) labels")
///     })
///
/// - Parameters:
///   - combining: `.settings` (supported in all, refuted in all, or conditional where both happen), `.all` (every finding
///     must support it) or `.any` (one must).
/// - Precondition: there is at least one finding.
public func claim(
    _ id: String, _ measured: String, combining: Claim.Combination = .settings, _ findings: [Finding],
    tolerance: Double = 0, file: String = #filePath, line: Int = #line
) {
    precondition(!findings.isEmpty, "claim \(id) has no finding to be decided by")
    Page.current.show(
        .claim(
            Claim(
                id: id, measured: measured, verdict: combining.verdict(of: findings.map(\.verdict)),
                combination: combining, findings: findings, tolerance: tolerance,
                place: Claim.Place(file: file, line: line))))
}
