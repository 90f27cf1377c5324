/// What was laid down of a claim's runs before any of them: the rule, the seeds, the budgets, and when to stop.
///
/// It stands in a file of its own, `Notebooks/rules/C06.json`. A notebook declares the file as an input, so that its record carries
/// the file's digest: a record that carries another decides nothing.
public struct Preregistration: Codable, Hashable, Sendable {
    /// The claim: `C06`.
    public var claim: String
    /// The comparison that decides the claim.
    public var contrast: Contrast
    /// The starts of each edition, by its name. The edition that decides has real data; the others check the sign.
    public var starts: [String: Seeds]
    /// The runs that may choose the arms' settings.
    public var tuning: Tuning
    /// When the runs end, in words. Runs end where all starts are done, whatever they show.
    public var stopping: String

    /// Seeds one after another.
    public struct Seeds: Codable, Hashable, Sendable {
        /// The first seed.
        public var first: Int
        /// The number of seeds.
        public var count: Int

        /// The seeds `first`, `first` + 1, … , `count` of them.
        public init(first: Int, count: Int) {
            self.first = first
            self.count = count
        }

        /// The seeds as numbers.
        public var all: Range<Int> { first..<first + count }
    }

    /// How each arm's settings are chosen: the same number of runs for every arm, the baseline's too.
    public struct Tuning: Codable, Hashable, Sendable {
        /// Seeds that are no start's.
        public var seeds: Seeds
        /// How many settings each arm may try on each seed; 1 where nothing is tuned.
        public var settingsPerArm: Int

        /// `settingsPerArm` settings for each arm on each of `seeds`.
        public init(seeds: Seeds, settingsPerArm: Int) {
            self.seeds = seeds
            self.settingsPerArm = settingsPerArm
        }
    }

    /// A rule for `claim`.
    public init(claim: String, contrast: Contrast, starts: [String: Seeds], tuning: Tuning, stopping: String) {
        self.claim = claim
        self.contrast = contrast
        self.starts = starts
        self.tuning = tuning
        self.stopping = stopping
    }

    /// Where the files lie, from the book's folder.
    public static let folder = "Notebooks/rules"

    /// The path of a claim's file, from the book's folder.
    public static func path(of claim: String) -> String { "\(folder)/\(claim).json" }

    /// - Throws: that no verdict could rest on such runs: too few starts, seeds for tuning that are starts, too.
    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            claim: try members.decode(String.self, forKey: .claim),
            contrast: try members.decode(Contrast.self, forKey: .contrast),
            starts: try members.decode([String: Seeds].self, forKey: .starts),
            tuning: try members.decode(Tuning.self, forKey: .tuning),
            stopping: try members.decode(String.self, forKey: .stopping))
        try decoder.require(!starts.isEmpty, "a claim is decided by the starts of some edition")
        try decoder.require(tuning.settingsPerArm > 0, "every arm has a setting")
        let seeds = starts.values + [tuning.seeds]
        try decoder.require(
            seeds.allSatisfy { (0...1_000_000).contains($0.first) && (0...1_000_000).contains($0.count) },
            "seeds are from 0 to a million")
        try decoder.require(
            starts.values.allSatisfy { $0.count >= contrast.leastStarts },
            "each edition has at least leastStarts starts")
        try decoder.require(
            starts.values.allSatisfy { !$0.all.overlaps(tuning.seeds.all) }, "no start tunes")
    }
}
