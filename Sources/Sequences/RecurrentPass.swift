internal import Tensors

/// Some sequences on their way through a tagger, longest first, position by position: those that are still going on at a position are
/// the first ones. A row is a sequence at a position.
final class RecurrentPass {
    private let tagger: RecurrentTagger
    private let layout: RecurrentLayout
    private let weights: Arena
    private let features: [[Int]]
    /// Where each sequence stands in the order of lengths.
    private let place: [Int]
    private let lengths: [Int]
    /// How many sequences go on at each position, and the row of the first.
    private let going: [Int]
    private let firstRow: [Int]

    // Rows × D: the features' sums. Rows × H: h before and after, r, z, n, and h·U_n + c_n. Rows × K: logits.
    private let input: Arena
    private let before: Arena
    private let after: Arena
    private let reset: Arena
    private let keep: Arena
    private let candidate: Arena
    private let recalled: Arena
    private let output: Arena
    /// Rows × 3H: the gates' sums of x and of h, then the gradients in them.
    private let given: Arena
    private let remembered: Arena

    // Of the way back. They are kept here, as memory lives as long as this object: rows × K, H and D, and sequences × H.
    private lazy var logitDelta = Arena(count: rows * tagger.labelCount)
    private lazy var stateDelta = Arena(count: rows * units)
    private lazy var inputDelta = Arena(count: rows * tagger.embedding)
    private lazy var carried = Arena(count: lengths.count * units)

    private var rows: Int { features.count }
    private var units: Int { tagger.units }

    /// Goes through the sequences.
    init(_ tagger: RecurrentTagger, _ sequences: [RecurrentTagger.Features]) {
        precondition(sequences.allSatisfy { !$0.isEmpty }, "a sequence without a position cannot be tagged")
        self.tagger = tagger
        layout = RecurrentLayout(tagger.featureCount, tagger.embedding, tagger.units, tagger.labelCount)
        let lengths = sequences.map(\.count)
        let order = sequences.indices.sorted { (lengths[$1], $0) < (lengths[$0], $1) }
        let going = (0..<(lengths.max() ?? 0)).map { t in lengths.count { $0 > t } }
        var place = Array(repeating: 0, count: order.count)
        for (position, index) in order.enumerated() { place[index] = position }
        var row = 0
        firstRow = going.map { count in
            defer { row += count }
            return row
        }
        let features = going.indices.flatMap { t in (0..<going[t]).map { sequences[order[$0]][t] } }
        (self.lengths, self.going, self.place, self.features) = (lengths, going, place, features)
        weights = Arena(count: tagger.parameters.count)
        input = Arena(count: features.count * tagger.embedding)
        let state = { Arena(count: features.count * tagger.units) }
        (before, after, reset, keep, candidate, recalled) = (state(), state(), state(), state(), state(), state())
        output = Arena(count: features.count * tagger.labelCount)
        given = Arena(count: 3 * features.count * tagger.units)
        remembered = Arena(count: 3 * features.count * tagger.units)
        for (place, number) in tagger.parameters.enumerated() { weights.base[place] = number }
        sumFeatures()
        goForward()
    }

    /// What each sequence came to, in the order in which they were given.
    var logits: [Matrix] {
        let labels = tagger.labelCount
        return lengths.indices.map { index in
            Matrix(rows: lengths[index], columns: labels) { out in
                for t in 0..<lengths[index] {
                    let row = firstRow[t] + place[index]
                    (out.base + t * labels).update(from: output.base + row * labels, count: labels)
                }
            }
        }
    }

    private enum Part: Int { case embeddings, gates, gateBias, recurrence, recurrenceBias, scores, scoreBias }

    private func start(_ part: Part) -> Int { layout.starts[part.rawValue] }

    private func view(_ part: Part, of base: UnsafeMutablePointer<Float>, columns: Int) -> MatrixView {
        MatrixView(base + start(part), rows: layout.counts[part.rawValue] / columns, columns: columns)
    }

    private func bias(_ part: Part) -> Kernels.Finish { .bias(UnsafePointer(weights.base + start(part))) }

    private func sumFeatures() {
        let width = tagger.embedding
        for (row, active) in features.enumerated() {
            let sum = input.base + row * width
            for feature in active {
                precondition(
                    0..<tagger.featureCount ~= feature, "feature \(feature) of a tagger of \(tagger.featureCount)")
                let numbers = weights.base + start(.embeddings) + feature * width
                for k in 0..<width { sum[k] += numbers[k] }
            }
        }
    }

    private func goForward() {
        let gates = 3 * units
        Kernels.multiply(
            MatrixView(input.base, rows: rows, columns: tagger.embedding),
            view(.gates, of: weights.base, columns: gates),
            into: MatrixView(given.base, rows: rows, columns: gates), finish: bias(.gateBias))
        for t in going.indices {
            let (row, count) = (firstRow[t], going[t])
            if t > 0 {
                (before.base + row * units).update(from: after.base + firstRow[t - 1] * units, count: count * units)
            }
            Kernels.multiply(
                MatrixView(before.base + row * units, rows: count, columns: units),
                view(.recurrence, of: weights.base, columns: gates),
                into: MatrixView(remembered.base + row * gates, rows: count, columns: gates),
                finish: bias(.recurrenceBias))
            step(row, count)
        }
        Kernels.multiply(
            MatrixView(after.base, rows: rows, columns: units),
            view(.scores, of: weights.base, columns: tagger.labelCount),
            into: MatrixView(output.base, rows: rows, columns: tagger.labelCount), finish: bias(.scoreBias))
    }

    /// The gates and the new h of `count` rows from `row` on, from the sums of x and of h.
    private func step(_ row: Int, _ count: Int) {
        let (first, numbers) = (row * units, count * units)
        let (given, remembered) = (given.base + 3 * first, remembered.base + 3 * first)
        let (r, z, n) = (reset.base + first, keep.base + first, candidate.base + first)
        let (recalled, before, after) = (recalled.base + first, before.base + first, after.base + first)
        for i in 0..<count {
            let (x, h) = (given + i * 3 * units, remembered + i * 3 * units)
            for u in 0..<units {
                r[i * units + u] = x[u] + h[u]
                z[i * units + u] = x[units + u] + h[units + u]
                recalled[i * units + u] = h[2 * units + u]
            }
        }
        Kernels.map(.sigmoid, r, into: r, count: numbers)
        Kernels.map(.sigmoid, z, into: z, count: numbers)
        for i in 0..<count {
            let x = given + i * 3 * units + 2 * units
            for u in 0..<units { n[i * units + u] = x[u] + r[i * units + u] * recalled[i * units + u] }
        }
        Kernels.map(.tanh, n, into: n, count: numbers)
        for k in 0..<numbers { after[k] = (1 - z[k]) * n[k] + z[k] * before[k] }
    }

    /// Writes the gradient in all parameters, given those in the logits of each sequence.
    func backward(_ logitGradients: [Matrix], into gradient: UnsafeMutablePointer<Float>) {
        let (gates, labels) = (3 * units, tagger.labelCount)
        arrange(logitGradients)
        let delta = MatrixView(logitDelta.base, rows: rows, columns: labels)
        let hidden = MatrixView(after.base, rows: rows, columns: units)
        Kernels.multiply(hidden.transposed, delta, into: view(.scores, of: gradient, columns: labels))
        Kernels.columnSums(of: delta, into: gradient + start(.scoreBias))
        Kernels.multiply(
            delta, view(.scores, of: weights.base, columns: labels).transposed,
            into: MatrixView(stateDelta.base, rows: rows, columns: units))

        goBack()
        let x = MatrixView(given.base, rows: rows, columns: gates)
        let h = MatrixView(remembered.base, rows: rows, columns: gates)
        let input = MatrixView(input.base, rows: rows, columns: tagger.embedding)
        Kernels.multiply(input.transposed, x, into: view(.gates, of: gradient, columns: gates))
        Kernels.columnSums(of: x, into: gradient + start(.gateBias))
        Kernels.multiply(
            MatrixView(before.base, rows: rows, columns: units).transposed, h,
            into: view(.recurrence, of: gradient, columns: gates))
        Kernels.columnSums(of: h, into: gradient + start(.recurrenceBias))
        scatter(x, into: gradient + start(.embeddings))
    }

    /// Makes the gates' sums their gradients, from those that the logits give each h.
    private func goBack() {
        let gates = 3 * units
        var carriedCount = 0
        for t in going.indices.reversed() {
            let (row, count) = (firstRow[t], going[t])
            let delta = stateDelta.base + row * units
            for k in 0..<carriedCount * units { delta[k] += carried.base[k] }
            stepBack(row, count)
            carriedCount = count
            guard t > 0 else { continue }
            Kernels.multiply(
                MatrixView(remembered.base + row * gates, rows: count, columns: gates),
                view(.recurrence, of: weights.base, columns: gates).transposed,
                into: MatrixView(carried.base, rows: count, columns: units), accumulate: true)
        }
    }

    /// The gradients of the sums of `count` rows from `row` on, and what h before them has directly.
    private func stepBack(_ row: Int, _ count: Int) {
        let first = row * units
        let (r, z, n) = (reset.base + first, keep.base + first, candidate.base + first)
        let (recalled, before) = (recalled.base + first, before.base + first)
        let (delta, carried) = (stateDelta.base + first, carried.base)
        let (given, remembered) = (given.base + 3 * first, remembered.base + 3 * first)
        for i in 0..<count {
            let (x, h) = (given + i * 3 * units, remembered + i * 3 * units)
            for u in 0..<units {
                let k = i * units + u
                let ofCandidate = delta[k] * (1 - z[k]) * (1 - n[k] * n[k])
                let ofKeep = delta[k] * (before[k] - n[k]) * (z[k] * (1 - z[k]))
                let ofReset = ofCandidate * recalled[k] * (r[k] * (1 - r[k]))
                (x[u], h[u]) = (ofReset, ofReset)
                (x[units + u], h[units + u]) = (ofKeep, ofKeep)
                (x[2 * units + u], h[2 * units + u]) = (ofCandidate, ofCandidate * r[k])
                carried[k] = delta[k] * z[k]
            }
        }
    }

    /// The gradients of the logits as rows.
    private func arrange(_ gradients: [Matrix]) {
        let labels = tagger.labelCount
        for (index, matrix) in gradients.enumerated() {
            precondition(
                matrix.rows == lengths[index] && matrix.columns == labels,
                "a gradient of \(matrix.rows)×\(matrix.columns) for \(lengths[index])×\(labels) logits")
            for t in 0..<matrix.rows {
                let row = logitDelta.base + (firstRow[t] + place[index]) * labels
                for k in 0..<labels { row[k] = matrix[t, k] }
            }
        }
    }

    /// The gradients of the embeddings, added row after row.
    private func scatter(_ x: MatrixView, into embeddings: UnsafeMutablePointer<Float>) {
        let width = tagger.embedding
        Kernels.multiply(
            x, view(.gates, of: weights.base, columns: 3 * units).transposed,
            into: MatrixView(inputDelta.base, rows: rows, columns: width))
        embeddings.update(repeating: 0, count: tagger.featureCount * width)
        for (row, active) in features.enumerated() {
            for feature in active {
                for k in 0..<width { embeddings[feature * width + k] += inputDelta.base[row * width + k] }
            }
        }
    }
}
