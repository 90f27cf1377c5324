import Console
package import Engine
import Notebook

/// Computes a random sample of a store's entries again and compares them bit by bit.
package struct StoreChallenge {
    let book: Book
    let installation: Installation
    let size: Int
    let seed: UInt64

    package init(_ book: Book, _ installation: Installation, size: Int, seed: UInt64) {
        self.book = book
        self.installation = installation
        self.size = size
        self.seed = seed
    }

    /// What became of the sample.
    package struct Report {
        package fileprivate(set) var agree = 0
        package fileprivate(set) var differ = 0
        package fileprivate(set) var notComputed = 0
        /// How many entries the book as it is now has in the store.
        package fileprivate(set) var entries = 0
    }

    package func run() async throws -> Report {
        let store = Store(book)
        try store.prepare()
        let reach = StoreReach(of: book, installation)
        for problem in reach.problems { Terminal.say("not challenged: \(problem)") }
        var owners: [SharedEntry: Int] = [:]
        for (index, plan) in reach.plans.enumerated() {
            for entry in store.sharedEntries(of: plan) where !entry.isOfCircumstances {
                owners[entry] = min(owners[entry] ?? index, index)
            }
        }
        let sample = sample(of: owners.keys.sorted { $0.name < $1.name })
        var report = Report()
        report.entries = owners.count
        let groups = Dictionary(grouping: sample) { owners[$0] ?? 0 }.sorted { $0.key < $1.key }
        let board = ProgressBoard(total: groups.count)
        defer { board.end() }
        for (index, entries) in groups {
            let line = board.begin(reach.plans[index].notebook.name)
            defer { line.end() }
            let outcomes = try await withPrivateFolder { folder in
                try await PlanChallenge(
                    reach.plans[index], book: book, installation: installation, store: store, folder: folder / "store"
                ).run(entries.sorted { $0.name < $1.name }) { _ in }
            }
            for (entry, outcome) in outcomes { report.tell(entry, outcome, of: reach.plans[index].notebook.path) }
        }
        return report
    }

    /// Some of `entries`, the same for the same seed.
    private func sample(of entries: [SharedEntry]) -> ArraySlice<SharedEntry> {
        var generator = SplitMix64(state: seed)
        return entries.shuffled(using: &generator).prefix(size)
    }
}

extension StoreChallenge.Report {
    fileprivate mutating func tell(_ entry: SharedEntry, _ outcome: PlanChallenge.Outcome, of notebook: String) {
        switch outcome {
        case .agrees:
            agree += 1
            Terminal.say("\(entry.name): agrees (\(notebook))")
        case .differs(let file, let kept, let found):
            differ += 1
            Terminal.say("\(entry.name): differs (\(notebook)): \(file): the store has \(kept), computed \(found)")
        case .notComputed(let why):
            notComputed += 1
            Terminal.say("\(entry.name): not computed (\(notebook)): \(why)")
        }
    }
}

/// A stream of numbers that its seed decides.
///
/// Source: Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014, section 4.
private struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
