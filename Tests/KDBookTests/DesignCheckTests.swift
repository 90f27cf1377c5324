import Testing
import Wire

import KDBook

/// A small experiment with each confound that a reviewer found, one at a time.
@Suite struct DesignCheckTests {
    private struct Incomplete: Error {}
    private enum Confound { case none, movedControl, sharedTeacher, tunedOnTheStarts, unequalBudgets }

    private let rule = Preregistration(
        claim: "C99", contrast: Contrast("treated − control", expected: .less),
        starts: ["default": .init(first: 1, count: 6)],
        tuning: .init(seeds: .init(first: 101, count: 2), settingsPerArm: 3), stopping: "After all starts.")

    private func runs(_ confound: Confound) throws -> ExperimentResults {
        try results(
            Experiment("runs", arms: ["control", "treated"], seeds: rule.starts(in: "default")) { run in
                var pixels = [UInt8](repeating: UInt8(run.seed), count: 9)
                if confound == .movedControl, run.arm == "control" { pixels[0] += 1 }
                let teacher = Matrix(rows: 1, columns: 2) { _, _ in confound == .sharedTeacher ? 1 : Float(run.seed) }
                return ["errors": 1, "images": fingerprint(of: pixels), "teacher": fingerprint(of: teacher)]
            })
    }

    private func tuning(_ confound: Confound) throws -> ExperimentResults {
        let seeds = confound == .tunedOnTheStarts ? 1...2 : 101...102
        var rows = try results(
            Experiment("tuning", arms: ["control", "treated"], seeds: seeds, settings: grid(["rate": [1, 2, 3]])) { _ in
                ["errors": 1]
            }
        ).rows
        if confound == .unequalBudgets { rows.removeAll { $0.run.arm == "control" && $0.run.setting["rate"] != 1 } }
        return ExperimentResults(rows: rows)
    }

    private func results(_ experiment: Experiment) throws -> ExperimentResults {
        guard case .complete(let results) = try experiment.outcome(under: .init()) else {
            throw Incomplete()
        }
        return results
    }

    /// What the checks say of a design; `nil` where they find nothing.
    private func fault(_ confound: Confound) throws -> String? {
        do {
            let results = try runs(confound)
            try results.requireSame("images", of: ["treated", "control"])
            try results.requireAnew("images", in: "treated")
            try results.requireAnew("teacher", in: "treated")
            try rule.requireTuning(try tuning(confound))
            return nil
        } catch let error as DesignError {
            return error.description
        }
    }

    @Test func aDesignWithoutAConfoundPasses() throws { #expect(try fault(.none) == nil) }

    @Test func aControlThatSeesOtherImagesIsNamed() throws {
        #expect(
            try fault(.movedControl)
                == "start 1: `control` had other images than `treated`, so that their difference is not of the arms alone"
        )
    }

    @Test func startsThatShareATeacherAreNamed() throws {
        #expect(
            try fault(.sharedTeacher)
                == "starts 1 and 2 share their teacher: they are one unit, not two; draw anew, or decide by clusters")
    }

    @Test func tuningOnTheStartsIsNamed() throws {
        #expect(
            try fault(.tunedOnTheStarts)
                == "C99: `control` was tuned on seed 1, which is none for tuning: what chooses the settings must not judge them"
        )
    }

    @Test func anArmWithFewerSettingsIsNamed() throws {
        #expect(
            try fault(.unequalBudgets)
                == "C99: `control` tried 1 settings on seed 101, where 3 were laid down for every arm")
    }

    @Test func whatWasNotMeasuredIsNamed() throws {
        let results = try runs(.none)
        #expect(throws: DesignError.self) { try results.requireAnew("labels", in: "treated") }
        #expect(throws: DesignError.self) { try results.requireSame("labels", of: ["treated", "control"]) }
    }
}
