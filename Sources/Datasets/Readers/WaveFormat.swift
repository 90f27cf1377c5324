/// How a WAV file's samples are stored.
struct WaveFormat {
    enum Encoding {
        case integer
        case floatingPoint
    }

    let encoding: Encoding
    let channelCount: Int
    let sampleRate: Int
    /// Bytes of a sample.
    let sampleSize: Int

    var frameSize: Int { channelCount * sampleSize }

    init(_ chunks: WaveChunks, path: String) throws(DataError) {
        let start = chunks.format.lowerBound
        func fault(_ offset: Int, _ cause: String, _ cure: String = "write the sound anew") -> DataError {
            DataError(path, at: .byte(start + offset), cause, cure: cure)
        }
        func field(_ offset: Int, _ byteCount: Int) -> Int {
            Int(chunks.bytes.number(at: start + offset, byteCount: byteCount))
        }
        guard chunks.format.count >= 16 else {
            throw fault(0, "the format has \(chunks.format.count) bytes, not 16 or more")
        }
        channelCount = field(2, 2)
        sampleRate = field(4, 4)
        let bits = field(14, 2)
        guard channelCount > 0 else { throw fault(2, "there are 0 channels") }
        guard sampleRate > 0 else { throw fault(4, "the rate is 0 samples a second") }
        var code = field(0, 2)
        if code == Self.extensible {
            code = try Self.extendedCode(chunks, bits: bits, fault: fault)
        }
        switch (code, bits) {
        case (1, 8), (1, 16), (1, 24), (1, 32): encoding = .integer
        case (3, 32), (3, 64): encoding = .floatingPoint
        case (1, _), (3, _):
            throw fault(
                14, "samples of \(bits) bits are not known", "store integers of 8, 16, 24 or 32 bits, or floats")
        default:
            throw fault(0, "the format's code is \(code), not 1 (integers) or 3 (floats)", "store it uncompressed")
        }
        sampleSize = bits / 8
        let (frameSize, rate) = (channelCount * bits / 8, sampleRate)
        guard field(12, 2) == frameSize else {
            throw fault(
                12, "a moment is said to have \(field(12, 2)) bytes, \(channelCount) × \(bits) bits have \(frameSize)")
        }
        guard field(8, 4) == rate * frameSize else {
            throw fault(
                8, "a second is said to have \(field(8, 4)) bytes, \(rate) × \(frameSize) are \(rate * frameSize)")
        }
    }

    private static let extensible = 0xFFFE

    /// The code within an extensible format, whose last 14 bytes are always the same.
    private static func extendedCode(
        _ chunks: WaveChunks, bits: Int, fault: (Int, String, String) -> DataError
    ) throws(DataError) -> Int {
        let start = chunks.format.lowerBound
        let anew = "write the sound anew"
        guard chunks.format.count >= 40, chunks.bytes.number(at: start + 16, byteCount: 2) >= 22 else {
            throw fault(16, "an extensible format has 40 bytes, this one \(chunks.format.count)", anew)
        }
        let validBits = Int(chunks.bytes.number(at: start + 18, byteCount: 2))
        guard (1...max(bits, 1)).contains(validBits) else {
            throw fault(18, "\(validBits) bits of a sample's \(bits) are said to count", anew)
        }
        let identity: [UInt8] = [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71]
        guard chunks.bytes[start + 26..<start + 40].elementsEqual(identity) else {
            throw fault(24, "the extensible format is none of the known ones", "store it as integers or floats")
        }
        return Int(chunks.bytes.number(at: start + 24, byteCount: 2))
    }

    /// The sample that begins at `start`. Integers of 8 bits are stored with 128 added.
    func sample(in bytes: [UInt8], at start: Int) -> Float {
        let word = bytes.number(at: start, byteCount: sampleSize)
        switch (encoding, sampleSize) {
        case (.floatingPoint, 4): return Float(bitPattern: UInt32(truncatingIfNeeded: word))
        case (.floatingPoint, _): return Float(Double(bitPattern: word))
        case (.integer, 1): return Float(Int(word) - 128) / 128
        case (.integer, _):
            let shift = UInt64(64 - 8 * sampleSize)
            return Float(Double(Int64(bitPattern: word << shift) >> Int64(shift)) / Double(1 << (8 * sampleSize - 1)))
        }
    }
}
