import Foundation
import KDBook
import Testing
import Wire

@Suite final class ExperimentTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("experiment-\(UUID())").path

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Counts how often a run is carried out.
    private final class Counter: @unchecked Sendable {
        private let lock = NSLock()
        private var runs = 0
        func add() { lock.withLock { runs += 1 } }
        var count: Int { lock.withLock { runs } }
    }

    private func experiment(_ name: String = "trial", version: Int = 1, counter: Counter = Counter()) -> Experiment {
        Experiment(
            name, version: version, arms: ["plain", "soft"], seeds: 1...5, settings: grid(["T": [1, 4], "α": [0.5]])
        ) { run in
            counter.add()
            var stream = RandomStream(seed: run.seed, purpose: .data, step: run.arm == "soft" ? 1 : 0)
            let value = stream.normal() / run["T"]
            return Outcome(["errors": value, "odd": run.seed == 3 ? .infinity : 0], lists: ["draws": [value, 0.1]])
        }
    }

    private func complete(
        _ experiment: Experiment, folder: String? = nil, shard: String? = nil, code: String = "c"
    ) throws -> ExperimentResults? {
        let progress = try experiment.outcome(
            under: .init(folder: folder, shard: shard.flatMap { Shard($0) }, code: code))
        if case .complete(let results) = progress { return results }
        return nil
    }

    @Test func runsAreThoseOfEveryArmSeedAndSetting() throws {
        let results = try #require(try complete(experiment()))
        #expect(results.rows.map(\.run) == experiment().runs)
        #expect(results.rows.count == 20)
        #expect(results.values("errors", arm: "soft", setting: ["T": 4]).count == 5)
        let differences = results.differences("errors", of: "soft", minus: "plain", setting: ["T": 1])
        let soft = results.values("errors", arm: "soft", setting: ["T": 1])
        let plain = results.values("errors", arm: "plain", setting: ["T": 1])
        #expect(differences == zip(soft, plain).map { $0 - $1 })
        #expect(results.lists("draws", arm: "soft", setting: ["T": 1]).map { $0[0] } == soft)
        guard case .table(let table) = results.display else {
            Issue.record("results are shown as a table")
            return
        }
        #expect(table.content.columns == ["arm", "seed", "T", "α", "errors", "odd"])
    }

    @Test(arguments: [1, 2, 5])
    func resultsAreTheSameInAnyNumberOfShards(count: Int) throws {
        let whole = try complete(experiment())
        for index in 1...count {
            let part = try complete(experiment(), folder: folder, shard: "\(index)/\(count)")
            #expect((part == nil) == (index < count))
        }
        let counter = Counter()
        #expect(try complete(experiment(counter: counter), folder: folder) == whole)
        #expect(counter.count == 0)
    }

    @Test func theLeastSettingIsThatOfTheLeastMeanAndTheFirstOfEquals() throws {
        let trial = Experiment("trial", arms: ["a", "b"], seeds: 1...2, settings: grid(["T": [1, 2, 4]])) { run in
            let errors = run.arm == "a" ? abs(run["T"] - 2) + Double(run.seed) : 3
            return ["errors": errors]
        }
        let results = try #require(try complete(trial))
        #expect(results.leastSetting(of: "errors", arm: "a") == ["T": 2])
        #expect(results.leastSetting(of: "errors", arm: "b") == ["T": 1])
    }

    @Test func whatWasInterruptedGoesOnWhereItWas() throws {
        _ = try complete(experiment(), folder: folder, shard: "2/3")
        let counter = Counter()
        let results = try complete(experiment(counter: counter), folder: folder)
        #expect(counter.count == 20 - 7)
        #expect(results == (try complete(experiment())))
    }

    @Test func anotherExperimentCodeOrVersionFindsNothing() throws {
        _ = try complete(experiment(), folder: folder)
        for (other, code) in [("other", "c"), ("trial", "d")] {
            let counter = Counter()
            _ = try complete(experiment(other, counter: counter), folder: folder, code: code)
            #expect(counter.count == 20)
        }
        let counter = Counter()
        _ = try complete(experiment(version: 2, counter: counter), folder: folder)
        #expect(counter.count == 20)
    }

    @Test func filesThatWereChangedAreRefused() throws {
        _ = try complete(experiment(), folder: folder)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        #expect(names.count == 20 && names.allSatisfy { $0.hasSuffix(".json") })
        let (first, second) = (folder + "/" + names[0], folder + "/" + names[1])
        let text = try String(contentsOfFile: first, encoding: .utf8)
        func refusal() -> String? {
            do {
                _ = try complete(experiment(), folder: folder)
                return nil
            } catch {
                return "\(error)"
            }
        }
        try text.replacing("\"odd\" : 0", with: "\"odd\" : 1").replacing("\"odd\" : \"inf\"", with: "\"odd\" : 1")
            .write(toFile: first, atomically: true, encoding: .utf8)
        #expect(refusal()?.contains("\(first): its numbers are not those its digest was made of") == true)
        try "{".write(toFile: first, atomically: true, encoding: .utf8)
        #expect(refusal()?.contains("\(first): it is damaged") == true)
        try FileManager.default.removeItem(atPath: first)
        try FileManager.default.copyItem(atPath: second, toPath: first)
        #expect(refusal()?.contains("it holds another run than its name says") == true)
    }

    @Test func theFirstErrorOfARunIsThrown() {
        struct Failure: Error {}
        let failing = Experiment("failing", arms: ["a"], seeds: 1...3) { run in
            if run.seed > 1 { throw Failure() }
            return [:]
        }
        #expect(throws: Failure.self) { try failing.outcome(under: .init()) }
    }

    @Test func shardsAreReadStrictly() {
        #expect(Shard("2/5")?.description == "2/5")
        for wrong in ["", "2", "0/0", "6/5", "-1/5", "1/0", "1/2/3", "a/b", "1/ 2"] { #expect(Shard(wrong) == nil) }
        #expect((0..<10).allSatisfy { Shard("0/3")?.contains($0) == false })
        for place in 0..<10 { #expect((1...3).filter { Shard("\($0)/3")?.contains(place) == true }.count == 1) }
    }
}
