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

        @Test func noPartAtAllTellsWhichExperimentLacksRuns() throws {
            let book = try TemporaryBook(["01-two": twoExperiments])
            func missing() throws -> String {
                let outcome = try book.run("run-experiment", "01-two", "--shard", "0/2", "--results", "results")
                #expect(outcome.status == 0, "\(outcome)")
                return outcome.output
            }
            #expect(try missing().contains("`pilot`: shard 0/2 is done; 0 of 6 runs are in the results folder"))
            for part in ["1/2", "2/2"] {
                #expect(try book.run("run-experiment", "01-two", "--shard", part, "--results", "results").status == 0)
            }
            // Whoever carried out the second part found the first experiment complete, and went on with the next.
            #expect(try missing().contains("`main`: shard 0/2 is done; 4 of 8 runs are in the results folder"))
            #expect(try book.run("run-experiment", "01-two", "--results", "results").status == 0)
            #expect(try missing().contains("every run is in the results folder"))
        }

        @Test func aPartBuildsThePackagesOfItsBook() throws {
            let book = try TemporaryBook([
                "a": cell(
                    """
                    import Mine
                    try Experiment("e", arms: ["a"], seeds: 1...2) { run in ["y": six()] }.results()
                    """)
            ])
            try book.write("packages:\n  - path: Packages/Mine\n    products: [Mine]\n", to: "Notebooks/book.yml")
            try book.write(
                """
                // swift-tools-version: 6.0
                import PackageDescription
                let package = Package(
                    name: "Mine", products: [.library(name: "Mine", targets: ["Mine"])], targets: [.target(name: "Mine")])

                """, to: "Packages/Mine/Package.swift")
            try book.write("public func six() -> Double { 6 }\n", to: "Packages/Mine/Sources/Mine/Mine.swift")
            let outcome = try book.run("run-experiment", "a", "--shard", "1/2", "--results", "results")
            #expect(outcome.status == 0, "\(outcome)")
            #expect(book.files(in: "results").count == 1)
        }

        @Test func aWorkflowIsWrittenAndNothingIsRun() throws {
            let book = try TemporaryBook(["01-two": twoExperiments])
            func run(_ words: String...) throws -> Outcome {
                let common = ["run-experiment", "01-two", "--results", "results", "--set", "starts=5"]
                return try Outcome.running(Installed.prefix + "/bin/kdbook", common + words, in: book.root)
            }
            let outcome = try run("--shards", "4", "--snakemake", "Snakefile")
            #expect(outcome.status == 0 && !book.exists("results"), "\(outcome)")
            let text = try book.read("Snakefile")
            #expect(text.contains(#"OPTIONS = shlex.join(["--edition", "default", "--set", "starts=5"])"#), "\(text)")
            #expect(text.contains("\nPARTS = 4\n"))
            #expect(try run("--snakemake", "S").status == 2)
            #expect(try run("--shards", "2").status == 2)
            #expect(try run("--shards", "0", "--snakemake", "S").status == 2)
            #expect(try run("--shards", "2", "--shard", "1/2", "--snakemake", "S").status == 2)
            let alone = try book.run("render", "--shards", "2")
            #expect(alone.status == 2 && alone.errors.contains("--shards 2 needs --results DIR"), "\(alone)")
        }

        @Test func aWrongShardIsAWrongRequest() throws {
            let book = try TemporaryBook(["01-two": twoExperiments])
            let outcome = try book.run("run-experiment", "01-two", "--shard", "3/2", "--results", "results")
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains("--shard 3/2: expected i/n"))
        }
    }
}
