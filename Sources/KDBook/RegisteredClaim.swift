import Evidence
import Foundation
public import Wire

/// A file of a claim's rule cannot be used.
public struct PreregistrationError: Error, Hashable, CustomStringConvertible {
    /// The file.
    public let path: String
    /// The cause and the cure.
    public let reason: String

    /// The path and the reason.
    public var description: String { "\(path): \(reason)" }
}

extension Preregistration {
    /// What `Notebooks/rules/CLAIM.json` lays down. The notebook must declare the file among its `inputs`.
    ///
    /// - Throws: ``PreregistrationError`` where there is no such file, or no verdict could rest on what it says.
    public static func load(_ claim: String) throws -> Preregistration {
        let path = path(of: claim)
        guard let data = FileManager.default.contents(atPath: path) else {
            throw PreregistrationError(path: path, reason: "it cannot be read; is it among the notebook's `inputs`?")
        }
        let found: Preregistration
        do {
            found = try JSONDecoder().decode(Preregistration.self, from: data)
        } catch DecodingError.dataCorrupted(let context) {
            throw PreregistrationError(path: path, reason: context.debugDescription)
        } catch {
            throw PreregistrationError(path: path, reason: "\(error)")
        }
        guard found.claim == claim else {
            throw PreregistrationError(path: path, reason: "it is about \(found.claim), not \(claim)")
        }
        return found
    }

    /// The seeds of the starts in an edition.
    ///
    /// - Precondition: the edition is laid down.
    public func starts(in edition: String) -> [Int] {
        guard let seeds = starts[edition] else {
            preconditionFailure("\(claim): no starts are laid down for the edition `\(edition)`")
        }
        return Array(seeds.all)
    }
}

/// Decides a claim by the rule that was laid down for it, from all starts that were laid down; shows the verdict.
///
///     let rule = try Preregistration.load("C06")
///     let results = try Experiment("C06", arms: ["hard", "both"], seeds: rule.starts(in: edition)) { … }.results()
///     claim(rule, in: edition, "errors with both kinds of labels minus errors with hard ones",
///         .differences(results.differences("errors", of: "both", minus: "hard")))
///
/// - Parameters:
///   - required: findings that must support the claim as well, where the rule's words ask for them: one that refutes it, refutes it.
///   - secondary: findings in other settings, which stand beside and decide nothing.
/// - Precondition: there is an observation for each start, for required findings, too: neither fewer, because runs were stopped or left
///   out, nor more. Not both required and secondary findings are given.
public func claim(
    _ rule: Preregistration, in edition: String, _ measured: String, _ observations: Observations,
    setting: String = "", required: [Finding] = [], secondary: [Finding] = [], file: String = #filePath,
    line: Int = #line
) {
    precondition(required.isEmpty || secondary.isEmpty, "findings beside those that are required would decide, too")
    let finding = DecisionRule.contrast(rule.contrast).finding(from: observations, setting: setting)
    let expected = rule.starts(in: edition).count
    let isComplete =
        switch observations {
        case .clusters(let groups): groups.reduce(0) { $0 + $1.count } == expected
        default: finding.n == expected
        }
    if let count = isComplete ? required.map(\.n).first(where: { $0 != expected }) : finding.n {
        fatalError(
            "\(rule.claim): \(expected) starts were laid down, and \(count) are to decide: a rule is met by all of them"
        )
    }
    let combination: Claim.Combination = !required.isEmpty ? .all : secondary.isEmpty ? .settings : .primary
    claim(
        rule.claim, measured, combining: combination, [finding] + required + secondary, file: file, line: line)
}
