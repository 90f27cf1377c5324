import Datasets
import TestSupport
import Testing

/// WAV files, made byte by byte.
@Suite struct WaveformTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func little(_ number: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }

    private func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
        Array(name.utf8) + little(body.count, 4) + body + (body.count.isMultiple(of: 2) ? [] : [0])
    }

    private func format(_ code: Int = 1, bits: Int = 16, channels: Int = 1, rate: Int = 8000) -> [UInt8] {
        let frame = channels * bits / 8
        return little(code, 2) + little(channels, 2) + little(rate, 4) + little(rate * frame, 4) + little(frame, 2)
            + little(bits, 2)
    }

    private func extensible(_ code: Int, bits: Int, validBits: Int) -> [UInt8] {
        format(0xFFFE, bits: bits) + little(22, 2) + little(validBits, 2) + little(4, 4) + little(code, 2)
            + [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71]
    }

    private func riff(_ chunks: [UInt8]...) -> [UInt8] {
        let body = Array("WAVE".utf8) + chunks.joined()
        return Array("RIFF".utf8) + little(body.count, 4) + body
    }

    private func read(_ bytes: [UInt8]) throws -> Waveform {
        try Waveform(contentsOf: folder.write(bytes, to: "sound.wav"))
    }

    private func error(_ bytes: [UInt8]) throws -> DataError {
        try #require(throws: DataError.self) { try read(bytes) }
    }

    @Test func integersOfEveryWidthAreFractionsOfTheirLargest() throws {
        let bytes = try read(riff(chunk("fmt ", format(bits: 8)), chunk("data", [0, 128, 192, 255])))
        #expect(bytes.samples == [-1, 0, 0.5, 127 / 128])
        let words = [-32768, 0, 16384, -1].flatMap { little($0, 2) }
        #expect(try read(riff(chunk("fmt ", format()), chunk("data", words))).samples == [-1, 0, 0.5, -1 / 32768])
        let triples = [-0x800000, 0, 0x400000, -1].flatMap { little($0, 3) }
        let three = try read(riff(chunk("fmt ", format(bits: 24)), chunk("data", triples)))
        #expect(three.samples == [-1, 0, 0.5, -0x1p-23])
        let quads = [Int(Int32.min), 1 << 30].flatMap { little($0, 4) }
        #expect(try read(riff(chunk("fmt ", format(bits: 32)), chunk("data", quads))).samples == [-1, 0.5])
    }

    @Test func floatsAreTakenAsTheyAre() throws {
        let single = [Float(0.1), -1.5].flatMap { little(Int($0.bitPattern), 4) }
        #expect(try read(riff(chunk("fmt ", format(3, bits: 32)), chunk("data", single))).samples == [0.1, -1.5])
        let double = [0.1, -1.5].flatMap { little(Int(bitPattern: UInt($0.bitPattern)), 8) }
        #expect(try read(riff(chunk("fmt ", format(3, bits: 64)), chunk("data", double))).samples == [0.1, -1.5])
    }

    @Test func extensibleFormatsAndUnknownOddChunksAreRead() throws {
        let body = little(16384, 2) + little(-32768, 2)
        let plain = riff(
            chunk("LIST", [1, 2, 3]), chunk("fmt ", extensible(1, bits: 16, validBits: 12)), chunk("fact", [0]),
            chunk("data", body))
        #expect(try read(plain).samples == [0.5, -1])
        #expect(try read(gzip(plain)) == read(plain))
        let float = riff(chunk("fmt ", extensible(3, bits: 32, validBits: 32)), chunk("data", little(0x3F80_0000, 4)))
        #expect(try read(float).samples == [1])
        // The last byte of an odd chunk may be left out.
        let odd = riff(chunk("fmt ", format(bits: 8)), chunk("data", [128, 255, 0]))
        #expect(try read(odd).samples == [0, 127 / 128, -1])
        #expect(try read(Array(odd.dropLast())).frameCount == 3)
    }

    @Test func channelsLieMomentByMoment() throws {
        let body = [16384, 0, -16384, 8192].flatMap { little($0, 2) }
        let sound = try read(riff(chunk("fmt ", format(channels: 2, rate: 44100)), chunk("data", body)))
        #expect((sound.sampleRate, sound.channelCount, sound.frameCount) == (44100, 2, 2))
        #expect(sound.mono == [0.25, -0.125])
    }

    @Test func whatIsCutOffIsRefusedWhereverItEnds() throws {
        let whole = riff(chunk("fmt ", format()), chunk("data", [1, 2, 3, 4]))
        #expect(try read(whole).frameCount == 2)
        for count in 0..<whole.count {
            #expect(throws: DataError.self, "cut off after \(count) bytes") { try read(Array(whole[..<count])) }
        }
        let error = try error(Array(whole.dropLast(2)))
        #expect(error.place == .byte(40))
        #expect(
            error.description.hasSuffix(
                "sound.wav: error: at byte 40: the chunk `data` says 4 bytes, and 2 are left; fetch the file again"))
    }

    @Test func whatTheHeadSaysTwiceMustAgree() throws {
        let whole = riff(chunk("fmt ", format()), chunk("data", [1, 2, 3, 4]))
        func changed(_ place: Int, _ value: UInt8) -> [UInt8] {
            var bytes = whole
            bytes[place] = value
            return bytes
        }
        // Each field's place, a value that cannot be, and where the error says that it is.
        let lies: [(Int, UInt8, Int)] = [
            (4, 0, 4), (7, 9, 4), (20, 2, 20), (22, 0, 22), (22, 2, 32), (28, 1, 28), (32, 4, 32), (34, 12, 34),
            (40, 255, 40), (40, 3, 4 * 11),
        ]
        for (place, value, found) in lies {
            #expect(try error(changed(place, value)).place == .byte(found), "byte \(place)")
        }
        #expect(try error(whole + [0, 0]).description.contains("has 2 of 8 bytes"))
        #expect(try error(whole + chunk("note", [])).description.contains("says 48 bytes in all, and there are 56"))
    }

    @Test func whatIsNoSoundIsRefusedWithAReason() throws {
        let body = chunk("data", [1, 2])
        let cases: [([UInt8], String)] = [
            (Array("RIFX".utf8) + riff(chunk("fmt ", format()), body).dropFirst(4), "big-endian"),
            (Array("this is text, and no sound".utf8), "begins with RIFF"),
            (riff(body), "no chunk `fmt `"), (riff(chunk("fmt ", format())), "no chunk `data`"),
            (riff(body, chunk("fmt ", format())), "before their format"),
            (riff(chunk("fmt ", format()), body, body), "second chunk `data`"),
            (riff(chunk("fmt ", format(6, bits: 8)), body), "code is 6"),
            (riff(chunk("fmt ", format(bits: 12)), body), "12 bits are not known"),
            (riff(chunk("fmt ", format(rate: 0)), body), "0 samples a second"),
            (riff(chunk("fmt ", format(bits: 24)), body), "not a multiple of the 3"),
            (riff(chunk("fmt ", extensible(1, bits: 16, validBits: 17)), body), "17 bits of a sample's 16"),
            (
                riff(chunk("fmt ", format(3, bits: 32)), chunk("data", little(0x7FC0_0000, 4))),
                "no finite number"
            ),
        ]
        for (bytes, words) in cases {
            let text = try error(bytes).description
            #expect(text.contains(words), "\(text)")
        }
        #expect(throws: DataError.self) { try Waveform(contentsOf: folder.path + "/absent.wav") }
        #expect(throws: DataError.self) { try Waveform(contentsOf: folder.path) }
    }
}
