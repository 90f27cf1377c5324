import Sequences
import Tensors
import Testing

/// Every labelling of a small chain, one by one.
struct Enumeration {
    let labellings: [[Int]]
    let scores: [Double]
    let logPartition: Double
    let probabilities: [Double]

    init(_ chain: LinearChain) {
        var labellings: [[Int]] = [[]]
        for _ in 0..<chain.count {
            labellings = labellings.flatMap { start in (0..<chain.labelCount).map { start + [$0] } }
        }
        self.labellings = labellings
        let scores = labellings.map(chain.score)
        let largest = scores.max() ?? 0
        let logPartition =
            largest + ReproducibleMath.log(scores.reduce(0) { $0 + ReproducibleMath.exp($1 - largest) })
        self.scores = scores
        self.logPartition = logPartition
        probabilities = scores.map { ReproducibleMath.exp($0 - logPartition) }
    }

    /// Σ p(y)·[the condition holds].
    func probability(_ condition: ([Int]) -> Bool) -> Double {
        zip(labellings, probabilities).reduce(0) { condition($1.0) ? $0 + $1.1 : $0 }
    }
}

/// A chain whose scores are drawn.
func randomChain(_ count: Int, labels: Int, seed: UInt64, scale: Double = 1) -> LinearChain {
    var stream = RandomStream(seed: seed, purpose: .data)
    func rows(_ count: Int) -> [[Double]] {
        (0..<count).map { _ in (0..<labels).map { _ in scale * stream.normal() } }
    }
    return LinearChain(
        emissions: rows(count), transitions: rows(labels), starts: rows(1)[0], ends: rows(1)[0])
}

@Suite struct LinearChainTests {
    @Test(arguments: 1...5, [1.0, 30, 700])
    func sumsAreThoseOverAllLabellings(count: Int, scale: Double) {
        for labels in 1...3 {
            let chain = randomChain(count, labels: labels, seed: UInt64(10 * count + labels), scale: scale)
            let all = Enumeration(chain)
            #expect(abs(chain.logPartition - all.logPartition) <= 1e-12 * max(1, abs(all.logPartition)))
            let marginals = chain.marginals()
            for k in 0..<labels {
                for t in 0..<count {
                    #expect(abs(marginals.emissions[t][k] - all.probability { $0[t] == k }) < 1e-11)
                }
                for b in 0..<labels {
                    let expected = (1..<max(count, 1)).reduce(0.0) { sum, t in
                        sum + all.probability { $0[t - 1] == k && $0[t] == b }
                    }
                    #expect(abs(marginals.transitions[k][b] - expected) < 1e-11)
                }
            }
        }
    }

    @Test(arguments: 1...5)
    func theBestLabellingsAreThoseOfTheWholeList(count: Int) {
        for labels in 1...4 {
            let chain = randomChain(count, labels: labels, seed: UInt64(count + 7 * labels))
            let all = Enumeration(chain)
            let order = all.scores.indices.sorted { all.scores[$0] > all.scores[$1] }
            let best = chain.best(20)
            #expect(best.count == min(20, all.scores.count))
            for (found, index) in zip(best, order) {
                #expect(found.labels == all.labellings[index])
                #expect(abs(found.score - all.scores[index]) < 1e-12)
            }
            #expect(chain.best == best[0])
        }
    }

    @Test func equalScoresAreTakenInTheWrittenOrder() {
        let chain = LinearChain(emissions: [[0, 0], [0, 0]], transitions: [[0, 0], [0, 0]])
        #expect(chain.best(9).map(\.labels) == [[0, 0], [1, 0], [0, 1], [1, 1]])
        #expect(abs(chain.logPartition - ReproducibleMath.log(4)) < 1e-15)
    }

    @Test func whatIsForbiddenHasNoShare() {
        let chain = LinearChain(
            emissions: [[0, 1], [2, -.infinity], [0, 0]], transitions: [[0, -.infinity], [0, 0]],
            starts: [-.infinity, 0])
        let marginals = chain.marginals()
        #expect(marginals.emissions == [[0, 1], [1, 0], [1, 0]])
        #expect(chain.best(5).map(\.labels) == [[1, 0, 0]])
        #expect(chain.logProbability(of: [1, 0, 0]) == 0)
        #expect(chain.logProbability(of: [0, 0, 0]) == -.infinity)
    }

    @Test(arguments: 0..<4)
    func gradientsAreThoseOfFiniteDifferences(loss: Int) {
        for (count, labels) in [(1, 3), (2, 2), (5, 3)] {
            let student = randomChain(count, labels: labels, seed: 3)
            let teacher = randomChain(count, labels: labels, seed: 4)
            let truth = (0..<count).map { $0 % labels }
            func value(_ chain: LinearChain) -> ChainLoss {
                switch loss {
                case 0: chain.negativeLogLikelihood(of: truth)
                case 1: chain.distillation(from: teacher, temperature: 2)
                case 2: chain.distillation(from: teacher, best: 3)
                default: chain.wordDistillation(from: teacher, temperature: 2)
                }
            }
            let gradient = value(student).gradient
            for (slope, moved) in zip(numbers(gradient), neighbours(of: student, step: 1e-5)) {
                let difference = (value(moved.up).loss - value(moved.down).loss) / 2e-5
                #expect(abs(difference - slope) < 2e-8, "\(difference) against \(slope)")
            }
        }
    }

    private func numbers(_ gradient: ChainStatistics) -> [Double] {
        Array(gradient.emissions.joined()) + gradient.transitions.joined() + gradient.starts + gradient.ends
    }

    /// The chain with one score after the other a little higher and lower, in the order of `numbers`.
    private func neighbours(of chain: LinearChain, step: Double) -> [(up: LinearChain, down: LinearChain)] {
        let parts = [chain.emissions, chain.transitions, [chain.starts], [chain.ends]]
        return parts.indices.flatMap { part in
            parts[part].indices.flatMap { row in
                parts[part][row].indices.map { column in
                    func moved(_ step: Double) -> LinearChain {
                        var parts = parts
                        parts[part][row][column] += step
                        return LinearChain(
                            emissions: parts[0], transitions: parts[1], starts: parts[2][0], ends: parts[3][0])
                    }
                    return (moved(step), moved(-step))
                }
            }
        }
    }

    @Test func distillationIsTheDivergenceOverAllLabellings() {
        let (student, teacher) = (randomChain(4, labels: 3, seed: 1), randomChain(4, labels: 3, seed: 2))
        for temperature in [1.0, 2.5] {
            let p = Enumeration(student.softened(by: temperature))
            let q = Enumeration(teacher.softened(by: temperature))
            let divergence = zip(q.probabilities, zip(q.scores, p.scores)).reduce(0.0) { sum, term in
                sum + term.0 * (term.1.0 - q.logPartition - term.1.1 + p.logPartition)
            }
            let loss = student.distillation(from: teacher, temperature: temperature).loss
            #expect(abs(loss - temperature * temperature * divergence) < 1e-12)
            // All labellings as the teacher's best give the same but for the teacher's entropy.
            let entropy = -zip(q.probabilities, q.scores).reduce(0.0) { $0 + $1.0 * ($1.1 - q.logPartition) }
            if temperature == 1 {
                #expect(abs(student.distillation(from: teacher, best: 81).loss - entropy - loss) < 1e-12)
            }
        }
        #expect(abs(teacher.distillation(from: teacher, temperature: 3).loss) < 1e-12)
        #expect(abs(teacher.wordDistillation(from: teacher, temperature: 3).loss) < 1e-12)
    }

    @Test func sequencesCannotBeDistilledWordByWordOnly() {
        // Equal marginals, opposite agreement between neighbours.
        let same = LinearChain(emissions: [[0, 0], [0, 0]], transitions: [[1, 0], [0, 1]])
        let other = LinearChain(emissions: [[0, 0], [0, 0]], transitions: [[0, 1], [1, 0]])
        #expect(abs(same.wordDistillation(from: other).loss) < 1e-15)
        #expect(same.distillation(from: other).loss > 0.4)
    }

    @Test func theSameBitsOnEveryPathAndAnyThreads() {
        func bits() -> [UInt64] {
            let (p, q) = (randomChain(12, labels: 5, seed: 8, scale: 3), randomChain(12, labels: 5, seed: 9))
            let losses = [p.distillation(from: q, temperature: 2), p.wordDistillation(from: q, temperature: 2)]
            return losses.flatMap { [$0.loss] + numbers($0.gradient) }.map(\.bitPattern)
        }
        let expected = bits()
        for path in ["portable", Compute.instructionSet] {
            for threads in [1, 3] {
                let found = Compute.with(instructionSet: path, threads: threads) { Compute.map(4) { _ in bits() } }
                #expect(found == Array(repeating: expected, count: 4))
            }
        }
    }
}

@Suite struct HiddenMarkovSourceTests {
    private let source = HiddenMarkovSource(seed: 5, tagCount: 3, wordCount: 7, lengths: 1...5)

    @Test func thePosteriorIsThatOfBayesRule() {
        for sentence in source.sentences(20) {
            let chain = source.posterior(of: sentence.words)
            func joint(_ tags: [Int]) -> Double {
                var value = source.logStarts[tags[0]]
                for (a, b) in zip(tags, tags.dropFirst()) { value += source.logTransitions[a][b] }
                for (tag, word) in zip(tags, sentence.words) { value += source.logEmissions[tag][word] }
                return value
            }
            let all = Enumeration(chain)
            let evidence = all.labellings.reduce(0.0) { $0 + ReproducibleMath.exp(joint($1)) }
            #expect(abs(chain.logPartition - ReproducibleMath.log(evidence)) < 1e-12)
            let expected = joint(sentence.tags) - ReproducibleMath.log(evidence)
            #expect(abs(chain.logProbability(of: sentence.tags) - expected) < 1e-12)
        }
    }

    @Test func theProbabilitiesOfAllSentencesSumToOne() {
        var total = 0.0
        for first in 0..<7 {
            for second in 0..<7 { total += ReproducibleMath.exp(source.posterior(of: [first, second]).logPartition) }
        }
        #expect(abs(total - 1) < 1e-12)
    }

    @Test func tagsAreAsOftenRightAsThePosteriorSays() {
        let source = HiddenMarkovSource(seed: 6)
        var (right, expected, variance, count) = (0, 0.0, 0.0, 0)
        for sentence in source.sentences(400, stream: 1) {
            for (row, tag) in zip(source.posterior(of: sentence.words).marginals().emissions, sentence.tags) {
                let largest = row.max() ?? 0
                right += row[tag] == largest ? 1 : 0
                expected += largest
                variance += largest * (1 - largest)
                count += 1
            }
        }
        #expect(count > 3000 && expected / Double(count) < 0.98)
        // Neighbours depend on each other, so twice what independent words would allow.
        #expect(abs(Double(right) - expected) < 6 * variance.squareRoot())
    }

    @Test func aShorterSampleIsAPrefix() {
        #expect(source.sentences(5) == Array(source.sentences(9).prefix(5)))
        #expect(source.sentences(5, stream: 1) != source.sentences(5))
    }
}
