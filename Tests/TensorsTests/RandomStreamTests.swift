import Tensors
import Testing

@Suite struct RandomStreamTests {
    /// The known-answer vectors published with Random123 (philox4x32, 10 rounds).
    @Test(
        arguments: [
            (
                counter: [0, 0, 0, 0], key: [0, 0],
                words: [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8] as [UInt32]
            ),
            (
                counter: [0xffff_ffff, 0xffff_ffff, 0xffff_ffff, 0xffff_ffff], key: [0xffff_ffff, 0xffff_ffff],
                words: [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
            ),
            (
                counter: [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], key: [0xa409_3822, 0x299f_31d0],
                words: [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
            ),
        ] as [(counter: [UInt32], key: [UInt32], words: [UInt32])])
    func philoxGivesThePublishedWords(counter: [UInt32], key: [UInt32], words: [UInt32]) {
        let block = philox4x32(
            counter: (counter[0], counter[1], counter[2], counter[3]), key: UInt64(key[1]) << 32 | UInt64(key[0]))
        #expect([block.0, block.1, block.2, block.3] == words)
    }

    @Test func theCounterIsBlockStepEpochPurpose() {
        var stream = RandomStream(seed: 7, purpose: .shuffle, epoch: 3, step: 5)
        for index in 0..<3 as Range<UInt32> {
            let block = philox4x32(counter: (index, 5, 3, RandomStream.Purpose.shuffle.code), key: 7)
            let drawn = (0..<4).map { _ in stream.nextUInt32() }
            #expect(drawn == [block.0, block.1, block.2, block.3])
        }
    }

    @Test func everyPartOfTheKeyChangesTheStream() {
        let streams = [
            RandomStream(seed: 1, purpose: .data), RandomStream(seed: 2, purpose: .data),
            RandomStream(seed: 1 << 32, purpose: .data), RandomStream(seed: 1, purpose: .shuffle),
            RandomStream(seed: 1, purpose: .data, epoch: 1), RandomStream(seed: 1, purpose: .data, step: 1),
        ]
        let firsts = streams.map { stream in
            var stream = stream
            return stream.nextUInt64()
        }
        #expect(Set(firsts).count == streams.count)
    }

    @Test func theNamedPurposesHaveDifferentCodes() {
        let purposes: [RandomStream.Purpose] = [.initialWeights, .shuffle, .dropout, .jitter, .data, .resampling]
        #expect(Set(purposes.map(\.code)).count == purposes.count)
    }

    @Test func uniformStaysBelowOneAndHasTheRightMoments() {
        var stream = RandomStream(seed: 11, purpose: .data)
        let draws = (0..<100_000).map { _ in stream.uniform() }
        #expect(draws.allSatisfy { 0 <= $0 && $0 < 1 })
        let mean = draws.reduce(0, +) / 100_000
        // Four standard errors: Var(x) = 1/12, Var(x²) = 1/5 − 1/9.
        let meanError = 4 * (1.0 / 1_200_000).squareRoot()
        let squareError = 4 * (4.0 / 4_500_000).squareRoot()
        #expect(abs(mean - 0.5) < meanError)
        let square = draws.reduce(0) { $0 + $1 * $1 } / 100_000
        #expect(abs(square - 1 / 3.0) < squareError)
    }

    @Test func floatsAreTheTop24BitsOfAWord() {
        var words = RandomStream(seed: 3, purpose: .dropout)
        var floats = words
        for _ in 0..<1000 {
            #expect(floats.uniformFloat() == Float(words.nextUInt32() >> 8) / 16_777_216)
        }
    }

    @Test func normalHasTheRightMoments() {
        var stream = RandomStream(seed: 12, purpose: .data)
        let draws = (0..<100_000).map { _ in stream.normal() }
        func moment(_ power: Int) -> Double {
            draws.reduce(0) { sum, x in sum + (0..<power).reduce(1.0) { value, _ in value * x } } / 100_000
        }
        // Four standard errors: Var(x) = 1, Var(x²) = 2, Var(x³) = 15, Var(x⁴) = 96.
        #expect(abs(moment(1)) < 4 * (1 / 100_000.0).squareRoot())
        #expect(abs(moment(2) - 1) < 4 * (2 / 100_000.0).squareRoot())
        #expect(abs(moment(3)) < 4 * (15 / 100_000.0).squareRoot())
        #expect(abs(moment(4) - 3) < 4 * (96 / 100_000.0).squareRoot())
    }

    @Test(arguments: [1, 2, 3, 6, 10, 1000])
    func integersAreEvenlySpread(bound: Int) {
        var stream = RandomStream(seed: 5, purpose: .data)
        var counts = [Int](repeating: 0, count: bound)
        let draws = 2000 * bound
        for _ in 0..<draws { counts[stream.integer(below: bound)] += 1 }
        let chiSquare = counts.reduce(0.0) { $0 + (Double($1) - 2000) * (Double($1) - 2000) / 2000 }
        #expect(chiSquare < Double(bound - 1) + 5 * (2 * Double(bound)).squareRoot())
    }

    @Test func anIntegerBelowTheLargestBoundIsPossible() {
        var stream = RandomStream(seed: 5, purpose: .data)
        #expect((0..<100).allSatisfy { _ in (0..<Int.max).contains(stream.integer(below: .max)) })
    }

    @Test(arguments: [0, 1, 2, 17, 1000])
    func aPermutationHoldsEveryIndexOnce(count: Int) {
        var stream = RandomStream(seed: 9, purpose: .shuffle)
        #expect(stream.permutation(of: count).sorted() == Array(0..<count))
    }

    @Test func everyPermutationOfThreeIsEquallyLikely() {
        var stream = RandomStream(seed: 10, purpose: .shuffle)
        var counts: [[Int]: Int] = [:]
        for _ in 0..<12_000 { counts[stream.permutation(of: 3), default: 0] += 1 }
        #expect(counts.count == 6)
        #expect(counts.values.allSatisfy { abs($0 - 2000) < 200 })
    }

    @Test func theStreamsOfThisVersionStayAsTheyAre() {
        var stream = RandomStream(seed: 2026, purpose: .data, epoch: 1, step: 2)
        #expect(stream.nextUInt32() == 3_302_142_580)
        #expect(stream.permutation(of: 8) == [6, 7, 1, 3, 4, 2, 0, 5])
        #expect(stream.normal().bitPattern == 4_599_200_761_606_876_437)
        #expect(stream.normal().bitPattern == 13_834_414_804_431_621_524)
    }
}
