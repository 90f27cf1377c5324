import Digest
import Foundation
import Tensors
package import Wire

/// The same measurement over arms, seeds and settings, each run by itself:
///
///     let experiment = Experiment("soft labels", arms: ["hard", "soft"], seeds: 1...20) { run in
///         var student = Network(inputs: 784, seed: run.seed) { Dense(10) }
///         student.train(on: training, objective: objectives[run.arm]!, epochs: 5, seed: run.seed)
///         return ["errors": Double(student.evaluate(on: test).errors)]
///     }
///     let results = try experiment.results()
///     claim("C01", "errors saved", rule, .differences(results.differences("errors", of: "hard", minus: "soft")))
///
/// Runs go side by side on as many threads as there are, and what they come to depends on nothing but the run: the measurement may
/// read what it likes but must change nothing outside itself, and takes its random numbers from the run's seed.
///
/// `kdbook run-experiment NOTEBOOK --shard 2/5 --results DIR` computes one part of the runs and keeps what each came to in a file;
/// `kdbook render --results DIR` reads what is kept and computes the rest. The results are the same whoever computed them.
public struct Experiment {
    /// What the experiment is called; one name for each experiment of a notebook.
    public let name: String
    /// The runs: for each arm and setting, one for each seed.
    public let runs: [Run]
    /// The number of the experiment's design, where a cell's code does not say it all.
    public let version: Int
    private let data: String
    private let measure: (Run) throws -> Outcome

    /// - Parameters:
    ///   - settings: one for each point at which all arms are compared; see ``grid(_:)``.
    ///   - data: a digest of what is learned from, where it comes from outside the notebook and its inputs.
    ///   - measure: carries out one run.
    /// - Precondition: no two runs are the same.
    public init(
        _ name: String, version: Int = 1, arms: [String], seeds: some Sequence<Int>,
        settings: [[String: Double]] = [[:]], data: String = "", measure: @escaping (Run) throws -> Outcome
    ) {
        self.name = name
        self.version = version
        self.data = data
        self.measure = measure
        let seeds = seeds.map { UInt64($0) }
        runs = settings.flatMap { setting in
            arms.flatMap { arm in seeds.map { Run(arm: arm, seed: $0, setting: setting) } }
        }
        precondition(Set(runs).count == runs.count, "two runs of the experiment `\(name)` are the same")
    }

    /// Carries out the runs that are not known yet.
    ///
    /// Where only a part of the runs is asked for (`--shard`) and others are missing, it keeps the results of that part and ends the
    /// notebook there.
    /// - Throws: the first error of a run, in the order of ``runs``; ``ExperimentError`` where a file of results is damaged or belongs to
    ///   another experiment.
    public func results() throws -> ExperimentResults {
        let circumstances = Circumstances.current
        switch try outcome(under: circumstances) {
        case .complete(let results): return results
        case .partial(let done, let total):
            Page.current.halt(
                "`\(name)`: shard \(circumstances.shard.map(\.description) ?? "") is done;"
                    + " \(done) of \(total) runs are in the results folder")
        }
    }

    /// What there is after this process has done its part.
    package enum Progress {
        case complete(ExperimentResults)
        case partial(done: Int, total: Int)
    }

    /// Under what circumstances runs are carried out.
    package struct Circumstances: Sendable {
        /// Where results are kept; nowhere unless given.
        package var folder: String?
        /// Which part of the runs is carried out; all of them unless given.
        package var shard: Shard?
        /// Stands for the code that the results depend on.
        package var code = ""

        package init(folder: String? = nil, shard: Shard? = nil, code: String = "") {
            self.folder = folder
            self.shard = shard
            self.code = code
        }
    }

    package func outcome(under circumstances: Circumstances) throws -> Progress {
        let store = circumstances.folder.map { ResultStore(folder: $0, experiment: name) }
        let keys = runs.map { key(of: $0, code: circumstances.code) }
        var outcomes: [Outcome?] = Array(repeating: nil, count: runs.count)
        if let store {
            for place in runs.indices { outcomes[place] = try store.outcome(of: runs[place], key: keys[place]) }
        }
        let mine = runs.indices.filter { outcomes[$0] == nil && circumstances.shard?.contains($0) ?? true }
        let ledger = ProgressLedger(name: name, total: mine.count)
        let computed = Compute.map(mine) { place -> Result<Outcome, any Error> in
            Result {
                let outcome = try measure(runs[place])
                try store?.keep(outcome, of: runs[place], key: keys[place])
                ledger.finishOne()
                return outcome
            }
        }
        for (place, result) in zip(mine, computed) { outcomes[place] = try result.get() }
        let known = outcomes.compactMap(\.self)
        guard known.count == runs.count else { return .partial(done: known.count, total: runs.count) }
        return .complete(ExperimentResults(rows: zip(runs, known).map { .init(run: $0, outcome: $1) }))
    }

    private func key(of run: Run, code: String) -> String {
        let setting = run.setting.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        let lines = ["kdbook experiment 1", name, "\(version)", data, code, run.arm, "\(run.seed)"] + setting
        return SHA256Digest(of: lines.map { "\($0.utf8.count):\($0)" }.joined(separator: "\n").utf8).description
    }
}

/// Every combination of the numbers given for each name, the names in alphabetical order, the last changing fastest.
public func grid(_ numbers: [String: [Double]]) -> [[String: Double]] {
    numbers.sorted { $0.key < $1.key }.reduce([[:]]) { settings, entry in
        settings.flatMap { setting in entry.value.map { setting.merging([entry.key: $0]) { $1 } } }
    }
}

/// Says on the terminal how many runs are done and how long the rest will take. Not checked: its lock guards what changes.
private final class ProgressLedger: @unchecked Sendable {
    private let name: String
    private let total: Int
    private let began = ContinuousClock.now
    private let lock = NSLock()
    private var done = 0

    init(name: String, total: Int) {
        self.name = name
        self.total = total
    }

    func finishOne() {
        lock.withLock {
            done += 1
            let passed = Double((ContinuousClock.now - began).components.seconds)
            let left = Int(passed / Double(done) * Double(total - done))
            progress("\(name): \(done) of \(total) runs, some \(left) s left")
        }
    }
}
