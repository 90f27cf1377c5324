import Datasets
import Tensors
import TestSupport
import Testing

@Suite struct DelimitedTextTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func read(
        _ text: String, _ separator: DelimitedText.Separator, columns: Int? = nil, hasHeader: Bool = false
    ) throws -> DelimitedText {
        try DelimitedText(
            contentsOf: folder.write(Array(text.utf8), to: "rows.txt"), separator: separator, columns: columns,
            hasHeader: hasHeader)
    }

    @Test func rowsAreReadWhateverPartsTheirFields() throws {
        #expect(try read(" 1.5  2e-3\t-4 \n 5 6 7\n\n", .blanks).numbers() == [[1.5, 0.002, -4], [5, 6, 7]])
        let table = try read("a\tb\r\n\tx y\r\n", .tab, hasHeader: true)
        #expect(table.header == ["a", "b"])
        #expect((table.rows, table.lines) == ([["", "x y"]], [2]))
        #expect(try read("1,2\n3,4", .comma).numbers() == [[1, 2], [3, 4]])
        #expect(try read("\"a,b\",\"c\nd\"\ne,f", .comma).rows == [["a,b", "c\nd"], ["e", "f"]])
        #expect(try read("\"a,b\",\"c\nd\"\ne,f", .comma).lines == [1, 3])
    }

    @Test(arguments: ["nan", "inf", "0x10", "1,5", "", "1e999", "--1", "٣"])
    func whatIsNoDecimalNumberIsRefused(field: String) throws {
        let table = try read("x\ty\n1\t2\n1\t\(field)\n", .tab, hasHeader: true)
        let error = try #require(throws: DataError.self) { try table.numbers() }
        #expect(error.place == .line(3))
        #expect(error.cause.contains("field 2, `\(field)`"))
    }

    @Test func rowsOfAnotherLengthAndEmptyFilesAreRefused() throws {
        func place(_ text: String, _ columns: Int? = nil) throws -> DataError.Place? {
            try #require(throws: DataError.self) { try read(text, .blanks, columns: columns) }.place
        }
        #expect(try place("1 2\n1 2 3\n") == .position(line: 2, column: 1))
        #expect(try place("1 2\n\n1 2\n") == .position(line: 2, column: 1))
        #expect(try place("1 2\n", 3) == .position(line: 1, column: 1))
        #expect(try place("\n \n") == nil)
        #expect(throws: DataError.self) { try read("\"a,b\n", .comma) }
    }
}

@Suite struct GroupingTests {
    /// Groups of random sizes.
    private func keys(_ seed: UInt64) -> [Int] {
        var stream = RandomStream(seed: seed, purpose: .data)
        return (0..<200).map { _ in stream.integer(below: 40) }
    }

    @Test(arguments: 0..<10 as Range<UInt64>)
    func foldsShareOutAllSamplesAndKeepGroupsWhole(seed: UInt64) {
        let grouping = Grouping(by: keys(seed))
        var stream = RandomStream(seed: seed, purpose: .shuffle)
        let folds = grouping.folds(5, by: &stream)
        #expect(folds.joined().sorted() == Array(0..<200))
        for first in folds.indices {
            for second in folds.indices where second > first {
                #expect(grouping.groupsOnBothSides(folds[first], folds[second]).isEmpty)
            }
        }
        let largest = grouping.members.map(\.count).max() ?? 0
        #expect((folds.map(\.count).max() ?? 0) - (folds.map(\.count).min() ?? 0) <= largest)
    }

    @Test(arguments: 0..<10 as Range<UInt64>)
    func holdingOutKeepsGroupsWhole(seed: UInt64) {
        let grouping = Grouping(by: keys(seed))
        var stream = RandomStream(seed: seed, purpose: .shuffle)
        let (kept, heldOut) = grouping.holdingOut(atLeast: 50, by: &stream)
        #expect((kept + heldOut).sorted() == Array(0..<200))
        #expect(heldOut.count >= 50 && heldOut.count < 50 + 20)
        #expect(grouping.groupsOnBothSides(kept, heldOut).isEmpty)
    }

    @Test func aSplitThatLooksAtNoGroupsPutsCopiesOnBothSides() {
        let grouping = Grouping(by: keys(1))
        #expect(!grouping.groupsOnBothSides(0..<100, 100..<200).isEmpty)
    }

    @Test func joinedGroupingsAreConnectedByChains() {
        let speakers = Grouping(by: ["a", "a", "b", "c", "d"])
        let texts = Grouping(by: ["x", "y", "y", "z", "w"])
        #expect(speakers.joined(with: texts).groups == [0, 0, 0, 1, 2])
        #expect(speakers.joined(with: speakers) == speakers)
    }
}

@Suite struct PublishedSetTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func messagesHaveALabelAndCopiesBelongTogether() throws {
        let text = "Label\tSMS\nham\tCall 0123 now\nspam\tWin \"it\"\nspam\tcall 9876  NOW\n"
        _ = try folder.write(gzip(Array(text.utf8)), to: "SMSSpamCollection.gz")
        let messages = try ShortMessages.load(from: folder.path)
        #expect(messages.map(\.isSpam) == [false, true, true])
        #expect(messages[1].text == "Win \"it\"")
        #expect(Grouping(byTextOf: messages).groups == [0, 1, 0])
        _ = try folder.write(Array("Label\tSMS\nhum\tx\n".utf8), to: "SMSSpamCollection")
        let error = try #require(throws: DataError.self) { try ShortMessages.load(from: folder.path) }
        #expect(error.description.contains(":2: error: the label is `hum`, not ham or spam"))
    }

    @Test func aRegressionSetHasThePublishedShape() throws {
        let rows = (0..<308).map { "\($0 % 300) 2 3 4 5 6 \($0)\n" }.joined()
        _ = try folder.write(Array((rows + "\n").utf8), to: "yacht.txt")
        let table = try RegressionSet.yacht.load(from: folder.path)
        #expect(table.inputs.count == 308 && table.inputs[301] == [1, 2, 3, 4, 5, 6] && table.targets[301] == 301)
        #expect(Grouping(byInputsOf: table).groupCount == 300)
        _ = try folder.write(Array((rows + "1 2 3 4 5 6 7\n").utf8), to: "yacht.txt")
        #expect(throws: DataError.self) { try RegressionSet.yacht.load(from: folder.path) }
        #expect(throws: DataError.self) { try RegressionSet.wine.load(from: folder.path) }
    }

    @Test func recordingsComeByDigitSpeakerAndTake() throws {
        let head: [UInt8] =
            Array("RIFF".utf8) + [38, 0, 0, 0] + Array("WAVEfmt ".utf8)
            + [16, 0, 0, 0, 1, 0, 1, 0, 0x40, 0x1F, 0, 0, 0x80, 0x3E, 0, 0, 2, 0, 16, 0] + Array("data".utf8) + [
                2, 0, 0, 0,
            ]
        for digit in 0..<10 {
            for speaker in SpokenDigits.speakers {
                _ = try folder.write(head + [UInt8(digit), 0], to: "\(digit)_\(speaker)_0.wav")
            }
        }
        let recordings = try SpokenDigits.load(from: folder.path, takes: 0..<1)
        #expect(recordings.count == 60)
        let recording = recordings[13]
        #expect((recording.digit, recording.speaker, recording.sound.samples) == (2, "jackson", [2 / 32768]))
        #expect(Grouping(bySpeakersOf: recordings).members.map(\.count) == Array(repeating: 10, count: 6))
        let error = try #require(throws: DataError.self) { try SpokenDigits.load(from: folder.path) }
        #expect(error.file.hasSuffix("0_george_1.wav"))
    }
}
