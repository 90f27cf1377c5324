import Tensors
import Testing

/// Products that leave out terms whose left factor is zero, against the plain chain over all terms.
@Suite(.serialized) struct ZeroTests {
    enum Form: CaseIterable { case plain, aTransposed, bTransposed }

    /// Numbers of which `percent` in a hundred are not zero, with empty rows and columns, −0 and subnormals among them.
    private func sparse(_ rows: Int, _ columns: Int, percent: Int, _ stream: inout RandomStream) -> Matrix {
        let (emptyRow, emptyColumn) = (stream.integer(below: rows), stream.integer(below: columns))
        return Matrix(rows: rows, columns: columns) { row, column in
            let isZero = stream.integer(below: 100) >= percent
            let isEmpty = percent < 100 && rows > 1 && columns > 1 && (row == emptyRow || column == emptyColumn)
            if isZero || isEmpty { return stream.integer(below: 3) == 0 ? -0.0 : 0 }
            return stream.integer(below: 20) == 0 ? .leastNonzeroMagnitude : Float(stream.normal())
        }
    }

    /// Every element by its chain, then +0 for −0, and the gate where there is one.
    private func plain(_ a: Matrix, _ b: Matrix, form: Form, start: Matrix?, gate: Matrix?) -> Matrix {
        let (rows, depth) = form == .aTransposed ? (a.columns, a.rows) : (a.rows, a.columns)
        return Matrix(rows: rows, columns: form == .bTransposed ? b.rows : b.columns) { row, column in
            var sum = start?[row, column] ?? 0
            for k in 0..<depth {
                sum = sum.addingProduct(
                    form == .aTransposed ? a[k, row] : a[row, k], form == .bTransposed ? b[column, k] : b[k, column])
            }
            sum += 0
            if let gate { sum = gate[row, column] > 0 ? sum * 1.25 : 0 }
            return sum.isNaN ? Float(bitPattern: 0x7FC0_0000) : sum
        }
    }

    private func product(_ a: Matrix, _ b: Matrix, form: Form, start: Matrix?, gate: Matrix?) -> Matrix {
        let rows = form == .aTransposed ? a.columns : a.rows
        let columns = form == .bTransposed ? b.rows : b.columns
        return a.withView { a in
            b.withView { b in
                Matrix(rows: rows, columns: columns) { out in
                    start?.withView { out.base.update(from: $0.base, count: rows * columns) }
                    func multiply(_ finish: Kernels.Finish) {
                        Kernels.multiply(
                            form == .aTransposed ? a.transposed : a, form == .bTransposed ? b.transposed : b, into: out,
                            accumulate: start != nil, finish: finish)
                    }
                    if let gate {
                        gate.withView { multiply(.gate($0, scale: 1.25)) }
                    } else {
                        multiply(.none)
                    }
                }
            }
        }
    }

    private func check(
        _ a: Matrix, _ b: Matrix, form: Form, start: Matrix? = nil, gate: Matrix? = nil, threads: [Int] = [1],
        _ name: String
    ) {
        let expected = plain(a, b, form: form, start: start, gate: gate).elements.map(\.bitPattern)
        for path in Compute.availableInstructionSets {
            for zeros in Compute.Zeros.allCases {
                for threads in threads {
                    let result = Compute.with(instructionSet: path, threads: threads, zeros: zeros) {
                        product(a, b, form: form, start: start, gate: gate)
                    }
                    #expect(
                        result.elements.map(\.bitPattern) == expected,
                        "\(path), \(zeros), \(threads) threads: \(form) \(name)")
                }
            }
        }
    }

    @Test(arguments: Form.allCases, [0, 1, 20, 50, 100])
    func anyDensityAndShapeGivesThePlainChain(form: Form, percent: Int) {
        var stream = RandomStream(seed: 1, purpose: .data, step: percent)
        for rows in [1, 2, 5, 16, 17, 33] {
            for columns in [1, 10, 16, 17, 48, 100, 130, 257] {
                let depth = 1 + stream.integer(below: 150)
                let a = form == .aTransposed ? (depth, rows) : (rows, depth)
                let b = form == .bTransposed ? (columns, depth) : (depth, columns)
                let extra = (rows + columns) % 3
                check(
                    sparse(a.0, a.1, percent: percent, &stream), sparse(b.0, b.1, percent: 90, &stream), form: form,
                    start: extra == 1 ? sparse(rows, columns, percent: 80, &stream) : nil,
                    gate: extra == 2 ? sparse(rows, columns, percent: 50, &stream) : nil,
                    "\(rows)×\(depth)·\(columns), \(percent) %")
            }
        }
    }

    @Test(arguments: Form.allCases)
    func severalChunksOnSeveralThreadsGiveThePlainChain(form: Form) {
        var stream = RandomStream(seed: 2, purpose: .data)
        for (rows, columns, depth) in [(70, 300, 400), (300, 64, 150), (260, 10, 700)] {
            let a = form == .aTransposed ? (depth, rows) : (rows, depth)
            let b = form == .bTransposed ? (columns, depth) : (depth, columns)
            check(
                sparse(a.0, a.1, percent: 20, &stream), sparse(b.0, b.1, percent: 100, &stream), form: form,
                threads: [1, 2, 3, 8], "\(rows)×\(depth)·\(columns)")
        }
    }

    @Test(arguments: Form.allCases)
    func aFactorThatIsNotFiniteReachesTheResult(form: Form) {
        var stream = RandomStream(seed: 3, purpose: .data)
        for special in [Float.infinity, -.infinity, .nan, .signalingNaN, .greatestFiniteMagnitude] {
            let a = form == .aTransposed ? (150, 33) : (33, 150)
            let b = form == .bTransposed ? (140, 150) : (150, 140)
            let place = (stream.integer(below: b.0), stream.integer(below: b.1))
            let numbers = sparse(b.0, b.1, percent: 100, &stream)
            let factor = Matrix(rows: b.0, columns: b.1) { $0 == place.0 && $1 == place.1 ? special : numbers[$0, $1] }
            check(sparse(a.0, a.1, percent: 20, &stream), factor, form: form, threads: [1, 3], "with \(special)")
        }
    }

    @Test func aSumThatVanishesFromBelowIsZeroWithoutASign() {
        // −2⁻¹⁴⁹ · 2⁻³⁰ rounds to −0; the chain's next term is a zero that may be left out.
        let a = Matrix(rows: 1, columns: 2, elements: [-.leastNonzeroMagnitude, 0])
        let b = Matrix(rows: 2, columns: 1, elements: [0x1p-30, -1])
        check(a, b, form: .plain, "−0")
        #expect(matmul(a, b)[0, 0].sign == .plus)
    }

    @Test func sparsePixelsGiveTheProductAndTheUpdatesOfTheirNumbers() {
        var stream = RandomStream(seed: 4, purpose: .data)
        let images = (0..<40 * 300).map { _ in
            stream.integer(below: 5) == 0 ? UInt8(truncatingIfNeeded: stream.nextUInt32()) : 0
        }
        let step = UpdateStep.adam(
            rate: 0.001, beta1: 0.9, beta2: 0.999, power1: 0.9, power2: 0.999, epsilon: 1e-8, weightDecay: 0.01)
        for (batch, units) in [(1, 1), (32, 10), (40, 32), (40, 300), (37, 530)] {
            let order = (0..<batch).map { _ in Int32(stream.integer(below: 40)) }
            let weights = sparse(300, units, percent: 100, &stream)
            let delta = sparse(batch, units, percent: 50, &stream)
            func results() -> [[UInt32]] {
                order.withUnsafeBufferPointer { order in
                    let pixels = Factor.pixels(PixelRows(images, order: order, width: 300), transposed: false)
                    let arenas = (0..<3).map { _ in Arena(count: 300 * units) }
                    weights.withView { arenas[0].base.update(from: $0.base, count: 300 * units) }
                    let outputs = weights.withView { weights in
                        Matrix(rows: batch, columns: units) { Kernels.multiply(pixels, weights, into: $0) }
                    }
                    delta.withView {
                        Kernels.multiply(
                            pixels.transposed, $0, updating: arenas[0].base, state: (arenas[1].base, arenas[2].base),
                            by: step)
                    }
                    return [outputs.elements.map(\.bitPattern)]
                        + arenas.map { UnsafeBufferPointer(start: $0.base, count: 300 * units).map(\.bitPattern) }
                }
            }
            let expected = Compute.with(zeros: .dense) { results() }
            for path in Compute.availableInstructionSets {
                for threads in [1, 3] {
                    let again = Compute.with(instructionSet: path, threads: threads, zeros: .skip) { results() }
                    #expect(again == expected, "\(path), \(batch)×300·\(units), \(threads) threads")
                }
            }
        }
    }
}
