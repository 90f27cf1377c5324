/// What the runs of an experiment came to, in the experiment's order.
public struct ExperimentResults: Sendable, Hashable {
    /// A run and its outcome.
    public struct Row: Sendable, Hashable {
        /// The arm, the start and the setting.
        public let run: Run
        /// The numbers that the run gave.
        public let outcome: Outcome
    }

    /// A row for each run, in the experiment's order.
    public let rows: [Row]

    package init(rows: [Row]) { self.rows = rows }

    /// A number of every run of an arm, in the order of the seeds.
    /// - Parameter setting: the setting, where there are several; those of its numbers that are given must fit.
    /// - Precondition: there are such runs, one for each seed, and each has the number.
    public func values(_ name: String, arm: String, setting: [String: Double] = [:]) -> [Double] {
        chosen(arm, setting).map { row in
            guard let value = row.outcome.numbers[name] else {
                preconditionFailure("no `\(name)` was measured; there are \(row.outcome.numbers.keys.sorted())")
            }
            return value
        }
    }

    /// A list of numbers of every run of an arm, in the order of the seeds.
    public func lists(_ name: String, arm: String, setting: [String: Double] = [:]) -> [[Double]] {
        chosen(arm, setting).map { $0.outcome.lists[name] ?? [] }
    }

    /// A number of the runs of `arm` minus that of `control` with the same seed, in the order of the seeds.
    /// - Precondition: both arms have the same seeds.
    public func differences(
        _ name: String, of arm: String, minus control: String, setting: [String: Double] = [:]
    ) -> [Double] {
        let (first, second) = (chosen(arm, setting), chosen(control, setting))
        precondition(
            first.map(\.run.seed) == second.map(\.run.seed),
            "`\(arm)` and `\(control)` have no common seeds to be paired by")
        return zip(values(name, arm: arm, setting: setting), values(name, arm: control, setting: setting)).map {
            $0 - $1
        }
    }

    /// The setting at which the mean of a number over an arm's seeds is least, the first of equals in the order of the runs.
    /// - Precondition: there are such runs, and each has the number.
    public func leastSetting(of name: String, arm: String) -> [String: Double] {
        var settings: [[String: Double]] = []
        for row in rows where row.run.arm == arm && !settings.contains(row.run.setting) {
            settings.append(row.run.setting)
        }
        func total(_ setting: [String: Double]) -> Double {
            values(name, arm: arm, setting: setting).reduce(0, +)
        }
        guard let least = settings.min(by: { total($0) < total($1) }) else {
            preconditionFailure("there is no run of the arm `\(arm)`")
        }
        return least
    }

    private func chosen(_ arm: String, _ setting: [String: Double]) -> [Row] {
        let rows = rows.filter { row in
            row.run.arm == arm && setting.allSatisfy { row.run.setting[$0.key] == $0.value }
        }
        precondition(
            !rows.isEmpty, "there is no run of the arm `\(arm)` with the setting \(setting.sorted { $0.key < $1.key })")
        precondition(
            Set(rows.map(\.run.seed)).count == rows.count, "the arm `\(arm)` has several settings: say which is meant")
        return rows
    }
}

extension ExperimentResults: Displayable {
    /// Every run with its arm, seed, setting and numbers.
    public var display: Displayed {
        let settings = Set(rows.flatMap(\.run.setting.keys)).sorted()
        let names = Set(rows.flatMap(\.outcome.numbers.keys)).sorted()
        return .table(
            Table(
                columns: ["arm", "seed"] + settings + names,
                rows: rows.map { row in
                    [row.run.arm, "\(row.run.seed)"]
                        + settings.map { row.run.setting[$0].map { "\($0)" } ?? "" }
                        + names.map { row.outcome.numbers[$0].map { "\($0)" } ?? "" }
                }))
    }
}
