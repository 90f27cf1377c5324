import Foundation
import Notebook
import Testing

private let twoExperiments = """
    ---
    title: Two experiments
    parameters: {starts: 4}
    ---

    \(cell("""
    let images = SyntheticDigits(seed: 1).training(count: 60)
    let pilot = Experiment("pilot", arms: ["slow", "fast"], seeds: 1...3) { run in
        var net = Network(inputs: 784, seed: run.seed) { Dense(10) }
        let rate = run.arm == "fast" ? 0.5 : 0.01
        net.train(on: images, optimizer: .sgd(learningRate: rate), epochs: 2, batchSize: 20, seed: run.seed)
        return ["errors": Double(net.evaluate(on: images).errors), "nll": net.evaluate(on: images).nll]
    }
    let found = try pilot.results()
    """))
    \(cell("found"))
    \(cell("""
    let best = found.values("nll", arm: "fast").min() ?? 0
    let main = Experiment("main", arms: ["a"], seeds: 1...starts, settings: grid(["x": [1, 2]])) { run in
        ["y": best * run["x"] + Double(run.seed)]
    }
    let result = try main.results()
    result.values("y", arm: "a", setting: ["x": 2])
    """, "label: result"))
    """

extension EndToEnd {
    @Suite struct ExperimentTests {
        private func record(_ book: TemporaryBook) throws -> String {
            try book.read("Output/default/01-two/record.json")
        }

        @Test func theRecordIsTheSameInOneTwoAndFiveShards() throws {
            let whole = try TemporaryBook(["01-two": twoExperiments])
            #expect(try whole.run("render").status == 0)
            for count in [1, 2, 5] {
                let book = try TemporaryBook(["01-two": twoExperiments])
                for round in 1...2 {
                    for index in 1...count {
                        let outcome = try book.run(
                            "run-experiment", "01-two", "--shard", "\(index)/\(count)", "--results", "results")
                        #expect(outcome.status == 0, "\(outcome.errors)")
                        // Whoever completes the first experiment goes on with a part of the second.
                        if count > 1, index == 1, round == 1 {
                            #expect(outcome.output.contains("`pilot`: shard 1"), "\(outcome.output)")
                        }
                        if count > 1, index == count, round == 1 {
                            #expect(outcome.output.contains("`main`: shard \(count)"), "\(outcome.output)")
                        }
                    }
                }
                #expect(book.files(in: "results").count == 14)
                #expect(!book.exists("Output"))
                #expect(try book.run("render", "--results", "results").status == 0)
                #expect(try record(book) == record(whole))
            }
        }

        @Test func resultsThatWereTamperedWithFailTheNotebook() throws {
            let book = try TemporaryBook(["01-two": twoExperiments])
            #expect(try book.run("run-experiment", "01-two", "--results", "results").status == 0)
            let name = try #require(book.files(in: "results").keys.sorted().first)
            let text = try book.read("results/\(name)")
            let seed = try #require(text.firstMatch(of: /"seed" : (\d+)/))
            try book.write(text.replacing(seed.0, with: "\"seed\" : 99"), to: "results/\(name)")
            let outcome = try book.run("render", "--results", "results")
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("results/\(name): it holds another run than its name says"))
        }

        @Test func aWrongShardIsAWrongRequest() throws {
            let book = try TemporaryBook(["01-two": twoExperiments])
            let outcome = try book.run("run-experiment", "01-two", "--shard", "3/2", "--results", "results")
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains("--shard 3/2: expected i/n"))
        }
    }
}
