import CKernels
import Tensors
import Testing

/// Memory for a matrix whose rows are `stride` apart, starting `shift` numbers into a cache line.
private struct Operand {
    var storage: [Float]
    let shift: Int
    let rows: Int
    let columns: Int
    let stride: Int

    init(rows: Int, columns: Int, gap: Int, shift: Int, stream: inout RandomStream) {
        self.rows = rows
        self.columns = columns
        self.shift = shift
        stride = columns + gap
        storage = (0..<shift + rows * stride + 16).map { _ in Float(stream.normal()) }
    }

    subscript(row: Int, column: Int) -> Float { storage[shift + row * stride + column] }

    mutating func withView<Result>(_ body: (MatrixView) -> Result) -> Result {
        let (shift, rows, columns, stride) = (shift, rows, columns, stride)
        return storage.withBase { body(MatrixView($0 + shift, rows: rows, columns: columns, rowStride: stride)) }
    }
}

/// What the product must be: one chain of fused multiply-adds for each element, and +0 where that comes to −0.
private func chain(_ depth: Int, from start: Float, _ a: (Int) -> Float, _ b: (Int) -> Float) -> Float {
    var sum = start
    for k in 0..<depth { sum = sum.addingProduct(a(k), b(k)) }
    return sum + 0
}

/// The bits of a number, every NaN being the quiet one.
private func bits(_ x: Float) -> UInt32 { x.isNaN ? 0x7FC0_0000 : x.bitPattern }

@Suite(.serialized) struct ProductTests {
    enum Form: Int, CaseIterable { case plain, aTransposed, bTransposed }

    private static let paths = Compute.availableInstructionSets

    /// A product and the plain loop over the same memory, compared bit for bit.
    private func check(
        rows: Int, columns: Int, depth: Int, form: Form, accumulate: Bool, finish: Int, threads: Int = 1,
        stream: inout RandomStream, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let gap = stream.integer(below: 4)
        let shift = stream.integer(below: 5)
        func operand(_ rows: Int, _ columns: Int, transposed: Bool, _ stream: inout RandomStream) -> Operand {
            transposed
                ? Operand(rows: columns, columns: rows, gap: gap, shift: shift, stream: &stream)
                : Operand(rows: rows, columns: columns, gap: gap, shift: shift, stream: &stream)
        }
        var a = operand(rows, depth, transposed: form == .aTransposed, &stream)
        var b = operand(depth, columns, transposed: form == .bTransposed, &stream)
        let c = Operand(rows: rows, columns: columns, gap: gap, shift: 1, stream: &stream)
        var gate = Operand(rows: rows, columns: columns, gap: 2, shift: 0, stream: &stream)
        var bias = (0..<columns).map { _ in Float(stream.normal()) }

        var expected = c
        for row in 0..<rows {
            for column in 0..<columns {
                let sum = chain(depth, from: accumulate ? c[row, column] : 0) {
                    form == .aTransposed ? a[$0, row] : a[row, $0]
                } _: {
                    form == .bTransposed ? b[column, $0] : b[$0, column]
                }
                let finished =
                    switch finish {
                    case 1: sum + bias[column]
                    case 2: max(sum + bias[column], 0)
                    case 3: gate[row, column] > 0 ? sum * 1.25 : 0
                    default: sum
                    }
                expected.storage[1 + row * c.stride + column] = finished
            }
        }
        for path in Self.paths {
            var result = c
            Compute.with(instructionSet: path, threads: threads) {
                a.withView { a in
                    b.withView { b in
                        gate.withView { gate in
                            bias.withBase { bias in
                                let after: Kernels.Finish =
                                    switch finish {
                                    case 1: .bias(bias)
                                    case 2: .biasReLU(bias)
                                    case 3: .gate(gate, scale: 1.25)
                                    default: .none
                                    }
                                result.withView {
                                    Kernels.multiply(
                                        form == .aTransposed ? a.transposed : a,
                                        form == .bTransposed ? b.transposed : b, into: $0, accumulate: accumulate,
                                        finish: after)
                                }
                            }
                        }
                    }
                }
            }
            #expect(
                result.storage.map(bits) == expected.storage.map(bits),
                "\(path) \(rows)×\(depth)·\(columns) \(form) accumulate \(accumulate) finish \(finish)",
                sourceLocation: sourceLocation)
        }
    }

    @Test(arguments: Form.allCases)
    func theProductEqualsThePlainLoop(form: Form) {
        var stream = RandomStream(seed: 1, purpose: .data, step: form.rawValue)
        for rows in [1, 2, 3, 5, 6, 7, 8, 9, 16, 17, 25] {
            for columns in [1, 2, 7, 15, 16, 17, 31, 33, 47, 48, 49, 65] {
                let depth = 1 + stream.integer(below: 40)
                check(
                    rows: rows, columns: columns, depth: depth, form: form, accumulate: (rows + columns) % 2 == 0,
                    finish: (rows + columns) % 4, stream: &stream)
            }
        }
    }

    @Test func randomShapesEqualThePlainLoop() {
        var stream = RandomStream(seed: 2, purpose: .data)
        for index in 0..<60 {
            check(
                rows: 1 + stream.integer(below: 130), columns: 1 + stream.integer(below: 130),
                depth: 1 + stream.integer(below: 130), form: Form.allCases[index % 3],
                accumulate: stream.integer(below: 2) == 1, finish: stream.integer(below: 4), stream: &stream)
        }
    }

    @Test func aProductOverNothingIsItsStart() {
        var stream = RandomStream(seed: 3, purpose: .data)
        for form in Form.allCases {
            check(rows: 3, columns: 20, depth: 0, form: form, accumulate: false, finish: 1, stream: &stream)
            check(rows: 3, columns: 20, depth: 0, form: form, accumulate: true, finish: 0, stream: &stream)
        }
    }

    /// Shapes on both sides of every change of plan: panels packed by each thread, packed once, and turned.
    @Test(arguments: [1, 2, 3, 8])
    func largeProductsEqualThePlainLoopOnAnyNumberOfThreads(threads: Int) {
        var stream = RandomStream(seed: 4, purpose: .data)
        for (rows, columns, depth, form) in [
            (33, 1200, 300, Form.plain), (300, 200, 64, .aTransposed), (40, 500, 130, .bTransposed),
            (130, 10, 900, .plain),
        ] {
            check(
                rows: rows, columns: columns, depth: depth, form: form, accumulate: false, finish: 3, threads: threads,
                stream: &stream)
            check(
                rows: rows, columns: columns, depth: depth, form: form, accumulate: true, finish: 0, threads: threads,
                stream: &stream)
        }
    }

    @Test func subnormalsInfinitiesAndNaNBehaveTheSameOnEveryPath() {
        let special: [Float] = [
            0, -0.0, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, .leastNormalMagnitude, 1e-30, -1e-30, 1, -1,
            .greatestFiniteMagnitude, -.greatestFiniteMagnitude, .infinity, -.infinity, .nan, -.nan,
            .signalingNaN, Float(bitPattern: 0x7FC1_2345), 1e19, 3e-20,
        ]
        var stream = RandomStream(seed: 5, purpose: .data)
        func matrix(_ rows: Int, _ columns: Int, share: Int) -> Matrix {
            Matrix(rows: rows, columns: columns) { _, _ in
                stream.integer(below: share) == 0 ? special[stream.integer(below: special.count)] : 1e-38
            }
        }
        for share in [1, 10, 60] {
            let (a, b) = (matrix(19, 23, share: share), matrix(23, 50, share: share))
            let expected = Matrix(rows: 19, columns: 50) { row, column in
                chain(23, from: 0) {
                    a[row, $0]
                } _: {
                    b[$0, column]
                }
            }
            for path in Self.paths {
                let result = Compute.with(instructionSet: path) { matmul(a, b) }
                // The bits themselves: a result that is not a number is always the quiet one.
                #expect(result.elements.map(\.bitPattern) == expected.elements.map(bits), "\(path)")
            }
        }
    }

    @Test func aGradientThatIsUsedAtOnceUpdatesLikeOneThatIsStored() {
        let steps: [UpdateStep] = [
            .descent(rate: 0.1, momentum: 0, weightDecay: 0.01), .descent(rate: 0.1, momentum: 0.9, weightDecay: 0),
            .adam(
                rate: 0.001, beta1: 0.9, beta2: 0.999, power1: 0.9, power2: 0.999, epsilon: 1e-8, weightDecay: 0.01),
        ]
        let x = normal(64, 331, seed: 1)
        let delta = normal(64, 70, seed: 2)
        let start = normal(331, 70, seed: 3)
        for step in steps {
            func updated(fused: Bool) -> [[UInt32]] {
                let arenas = (0..<3).map { _ in Arena(count: 331 * 70) }
                start.withView { arenas[0].base.update(from: $0.base, count: 331 * 70) }
                x.withView { x in
                    delta.withView { delta in
                        for _ in 0..<2 {
                            if fused {
                                Kernels.multiply(
                                    .numbers(x.transposed), delta, updating: arenas[0].base,
                                    state: (arenas[1].base, arenas[2].base), by: step)
                            } else {
                                let gradient = Arena(count: 331 * 70)
                                Kernels.multiply(
                                    x.transposed, delta, into: MatrixView(gradient.base, rows: 331, columns: 70))
                                Kernels.update(
                                    arenas[0].base, gradient: gradient.base, state: (arenas[1].base, arenas[2].base),
                                    count: 331 * 70, by: step)
                            }
                        }
                    }
                }
                return arenas.map { UnsafeBufferPointer(start: $0.base, count: 331 * 70).map(\.bitPattern) }
            }
            let expected = updated(fused: false)
            for path in Self.paths {
                for threads in [1, 3] {
                    let result = Compute.with(instructionSet: path, threads: threads) { updated(fused: true) }
                    #expect(result == expected, "\(path) with \(threads) threads")
                }
            }
        }
    }

    @Test func aFactorOfPixelsEqualsItsNumbers() {
        var stream = RandomStream(seed: 6, purpose: .data)
        let images = (0..<50 * 300).map { _ in UInt8(truncatingIfNeeded: stream.nextUInt32()) }
        for (rows, columns) in [(1, 1), (7, 10), (33, 17), (40, 900)] {
            let order = (0..<rows).map { _ in Int32(stream.integer(below: 50)) }
            let numbers = Matrix(rows: rows, columns: 300) { Float(images[Int(order[$0]) * 300 + $1]) * (1 / 255) }
            let weights = normal(300, columns, seed: 7)
            let delta = normal(rows, columns, seed: 8)
            let expected = [matmul(numbers, weights), matmul(numbers, transposed: true, delta)]
            for path in Self.paths {
                for threads in [1, 3] {
                    let results = Compute.with(instructionSet: path, threads: threads) {
                        order.withUnsafeBufferPointer { order in
                            let factor = Factor.pixels(PixelRows(images, order: order, width: 300), transposed: false)
                            return [
                                weights.withView { weights in
                                    Matrix(rows: rows, columns: columns) {
                                        Kernels.multiply(factor, weights, into: $0)
                                    }
                                },
                                delta.withView { delta in
                                    Matrix(rows: 300, columns: columns) {
                                        Kernels.multiply(factor.transposed, delta, into: $0)
                                    }
                                },
                            ]
                        }
                    }
                    #expect(results == expected, "\(path) \(rows)×300·\(columns) with \(threads) threads")
                }
            }
        }
    }

    private func normal(_ rows: Int, _ columns: Int, seed: UInt64) -> Matrix {
        var stream = RandomStream(seed: seed, purpose: .data)
        return Matrix(rows: rows, columns: columns) { _, _ in Float(stream.normal()) }
    }
}
