import Tensors
import Testing

@Suite(.serialized) struct RowKernelTests {
    private static let paths = Compute.availableInstructionSets

    /// Numbers of every kind and magnitude, from raw bits.
    private func anything(_ count: Int, seed: UInt64) -> [Float] {
        var stream = RandomStream(seed: seed, purpose: .data)
        return (0..<count).map { _ in Float(bitPattern: stream.nextUInt32()) }
    }

    private func normal(_ rows: Int, _ columns: Int, seed: UInt64) -> Matrix {
        var stream = RandomStream(seed: seed, purpose: .data)
        return Matrix(rows: rows, columns: columns) { _, _ in Float(4 * stream.normal()) }
    }

    private func mapped(_ function: Kernels.Function, _ x: [Float]) -> [UInt32] {
        var out = x
        out.withBase { Kernels.map(function, $0, into: $0, count: x.count) }
        return out.map(\.bitPattern)
    }

    /// The sum of sixteen chains in its written order.
    private func written(_ terms: [(Float, Float)]) -> Float {
        var chains = [Float](repeating: 0, count: 16)
        for (index, term) in terms.enumerated() {
            chains[index % 16] = chains[index % 16].addingProduct(term.0, term.1)
        }
        for half in [8, 4, 2, 1] {
            for lane in 0..<half { chains[lane] += chains[lane + half] }
        }
        return chains[0]
    }

    @Test(arguments: [Kernels.Function.exp, .log, .tanh, .sigmoid, .relu])
    func aFunctionOfOneNumberEqualsThatOfManyOnEveryPath(function: Kernels.Function) {
        let x = anything(20_011, seed: 1) + normal(1, 5000, seed: 2).elements + [0, -0.0, .infinity, -.infinity, .nan]
        let expected = x.flatMap { mapped(function, [$0]) }
        for path in Self.paths {
            let result = Compute.with(instructionSet: path) { mapped(function, x) }
            #expect(result == expected, "\(path)")
        }
    }

    @Test func softmaxRowsFollowTheWrittenOrder() {
        for columns in [1, 5, 10, 16, 17, 40] {
            let x = normal(9, columns, seed: UInt64(columns))
            let expected = (0..<9).flatMap { row -> [Float] in
                let values = x.row(row)
                let powers = values.map { ReproducibleMath.Single.exp(($0 - values.max()!) * 0.25) }
                let sum = written(powers.map { ($0, 1) })
                return powers.map { $0 / sum }
            }
            for path in Self.paths {
                #expect(
                    Compute.with(instructionSet: path) { softmax(x, temperature: 4).elements } == expected, "\(path)")
            }
        }
    }

    @Test func sumsOfProductsFollowTheWrittenOrder() {
        for count in [0, 1, 15, 16, 17, 100, 1000] {
            let a = normal(1, count, seed: 1).elements
            let b = normal(1, count, seed: 2).elements
            let expected = written(Array(zip(a, b)))
            for path in Self.paths {
                let sum = Compute.with(instructionSet: path) { Kernels.sumOfProducts(a, b, count: count) }
                #expect(sum == expected, "\(path) \(count)")
            }
        }
    }

    @Test func columnSumsRunDownTheRowsInOrder() {
        let x = normal(130, 37, seed: 3)
        let expected = (0..<37).map { column in (0..<130).reduce(Float(0)) { $0 + x[$1, column] } }
        for path in Self.paths {
            var sums = [Float](repeating: 0, count: 37)
            Compute.with(instructionSet: path) {
                x.withView { x in
                    sums.withBase { Kernels.columnSums(of: x, into: $0) }
                }
            }
            #expect(sums == expected, "\(path)")
        }
    }

    @Test func columnsLongerThanTheBoundAreScaledToItAndOthersStay() {
        for (rows, columns) in [(1, 1), (40, 16), (33, 10), (50, 300)] {
            let weights = normal(rows, columns, seed: 4)
            // About half of the columns are longer.
            let bound = 4 * Float(rows).squareRoot()
            let expected = (0..<rows * columns).map { place -> Float in
                let square = (0..<rows).reduce(Float(0)) {
                    $0.addingProduct(weights[$1, place % columns], weights[$1, place % columns])
                }
                let weight = weights.elements[place]
                return square > bound * bound ? weight * (bound / square.squareRoot()) : weight
            }
            #expect(
                columns < 10 || (expected != weights.elements && zip(expected, weights.elements).contains { $0 == $1 }))
            for path in Self.paths {
                for threads in 1...3 {
                    var limited = weights.elements
                    Compute.with(instructionSet: path, threads: threads) {
                        limited.withBase { Kernels.limitColumnNorms(of: $0, rows: rows, columns: columns, to: bound) }
                    }
                    #expect(limited == expected, "\(path) with \(threads) threads")
                }
            }
        }
    }

    @Test func pixelsBecomeNumbersFromZeroToOne() {
        let pixels = (0..<512).map { UInt8($0 % 256) }
        for path in Self.paths {
            var out = [Float](repeating: -1, count: 1024)
            Compute.with(instructionSet: path) {
                [Int32](arrayLiteral: 1, 0).withUnsafeBufferPointer { order in
                    out.withBase {
                        Kernels.widen(PixelRows(pixels, order: order, width: 256), into: $0)
                    }
                }
            }
            #expect(out[0..<512] == (pixels[256...] + pixels[..<256]).map { Float($0) * (1 / 255) }[...])
            #expect(out[255] == 1)
        }
    }

    @Test func aShiftedImageComesInFromTheBackground() {
        let image: [UInt8] = [255, 0, 255, 0, 0, 255]
        var out = [Float](repeating: -1, count: 6)
        out.withBase {
            Kernels.widen(image, width: 3, height: 2, right: 1, down: -1, into: $0)
        }
        #expect(out == [0, 0, 0, 0, 0, 0])
        out.withBase {
            Kernels.widen(image, width: 3, height: 2, right: -1, down: 0, into: $0)
        }
        #expect(out == [0, 1, 0, 0, 1, 0])
    }

    @Test func aShiftedImageIsTheSameOnEveryPath() {
        let (width, height) = (37, 3)
        let image = (0..<width * height).map { UInt8(truncatingIfNeeded: $0 &* 89) }
        for (right, down) in [(0, 0), (1, 1), (-2, 0), (5, -1), (-20, 2), (36, 0), (-37, 0), (40, 0), (0, 3), (0, -4)] {
            let expected = (0..<width * height).map { place -> Float in
                let (x, y) = (place % width - right, place / width - down)
                let inside = (0..<width).contains(x) && (0..<height).contains(y)
                return inside ? Float(image[y * width + x]) * (1 / 255) : 0
            }
            for path in Self.paths {
                var out = [Float](repeating: -1, count: width * height)
                Compute.with(instructionSet: path) {
                    out.withBase {
                        Kernels.widen(image, width: width, height: height, right: right, down: down, into: $0)
                    }
                }
                #expect(out == expected, "\(path), \(right) right, \(down) down")
            }
        }
    }

    /// Numbers of which a part is +0, alone and in long runs, with −0, an infinity and a number that is not one.
    private static func partlyOff(_ count: Int, kept: UInt32) -> [Float] {
        var stream = RandomStream(seed: 7, purpose: .data)
        let special: [Float] = [-0.0, .infinity, .nan, .leastNonzeroMagnitude]
        return (0..<count).map { place in
            let word = stream.nextUInt32()
            if (place / 50) % 3 == 1 || word % 100 >= kept { return 0 }
            return word % 41 == 0 ? special[place % 4] : Float(place) - 500
        }
    }

    @Test(arguments: [0, 1, 3, 4, 31, 32, 1003, 70_001], [100, 50, 5] as [UInt32])
    func dropoutKeepsTheWordsAtOrAboveItsThreshold(count: Int, kept: UInt32) {
        let numbers = Self.partlyOff(count, kept: kept)
        var stream = RandomStream(seed: 3 << 40 + 5, purpose: .dropout, epoch: 1, step: 2)
        let start = stream
        let expected = numbers.map { number in
            stream.nextUInt32() < 1 << 30 ? Float(0) : number * Float(4 / 3.0)
        }
        for path in Self.paths {
            for threads in [1, 3] {
                var x = numbers
                Compute.with(instructionSet: path, threads: threads) {
                    x.withBase { Kernels.drop($0, count: count, rate: 0.25, stream: start) }
                }
                #expect(x.map(\.bitPattern) == expected.map(\.bitPattern), "\(path), \(threads) threads")
            }
        }
    }

    @Test func theFirstOfEqualLogitsIsPredicted() {
        #expect(Kernels.firstLargest([1, 3, 3, 2, 2, 2, 0, 0, 1], rows: 3, columns: 3) == [1, 0, 2])
    }
}
