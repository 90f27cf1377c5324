/// Sound as samples at a steady rate, in one or more channels.
public struct Waveform: Sendable, Hashable {
    /// Samples a second and channel.
    public let sampleRate: Int
    /// How many samples belong to one moment.
    public let channelCount: Int
    /// `frameCount` × `channelCount`, moment by moment; an integer of b bits is divided by 2ᵇ⁻¹.
    public let samples: [Float]

    /// - Precondition: both numbers are above 0, and the samples fill whole moments.
    public init(sampleRate: Int, channelCount: Int = 1, samples: [Float]) {
        precondition(
            sampleRate > 0 && channelCount > 0, "\(channelCount) channels at \(sampleRate) Hz are no sound")
        precondition(
            samples.count.isMultiple(of: channelCount),
            "\(samples.count) samples cannot be shared among \(channelCount) channels")
        self.sampleRate = sampleRate
        self.channelCount = channelCount
        self.samples = samples
    }

    /// How many moments were sampled.
    public var frameCount: Int { samples.count / channelCount }

    /// The mean of the channels, added in order: `frameCount` numbers.
    public var mono: [Float] {
        guard channelCount > 1 else { return samples }
        return (0..<frameCount).map { frame in
            var sum = 0.0
            for channel in 0..<channelCount { sum += Double(samples[frame * channelCount + channel]) }
            return Float(sum / Double(channelCount))
        }
    }

    /// Reads the WAV file at `path`, plain or gzip: integers of 8, 16, 24 or 32 bits, floating point of 32 or 64.
    ///
    /// All that the header says twice is compared, chunks that are not known are passed over, and an odd one may lack
    /// the byte that evens it only at the end of the file.
    /// Source: Microsoft and IBM, "Multimedia Programming Interface and Data Specifications 1.0" (1991); Microsoft,
    /// "Multiple Channel Audio Data and WAVE Files" (2007) for the extensible format.
    ///
    /// - Throws: `DataError` where the file cannot be read, is cut off, contradicts itself, is in another format, or has
    ///   a sample that is no finite number.
    public init(contentsOf path: String) throws(DataError) {
        try self.init(wav: FileContent.bytes(of: path), path: path)
    }

    init(wav bytes: [UInt8], path: String) throws(DataError) {
        let chunks = try WaveChunks(bytes, path: path)
        let format = try WaveFormat(chunks, path: path)
        guard chunks.data.count.isMultiple(of: format.frameSize) else {
            throw DataError(
                path, at: .byte(chunks.data.lowerBound),
                "\(chunks.data.count) bytes of samples are not a multiple of the \(format.frameSize) that a moment has",
                cure: "fetch the file again")
        }
        var samples: [Float] = []
        samples.reserveCapacity(chunks.data.count / format.sampleSize)
        for start in stride(from: chunks.data.lowerBound, to: chunks.data.upperBound, by: format.sampleSize) {
            let sample = format.sample(in: bytes, at: start)
            guard sample.isFinite else {
                throw DataError(
                    path, at: .byte(start), "a sample is no finite number of 32 bits", cure: "write the sound anew")
            }
            samples.append(sample)
        }
        self.init(sampleRate: format.sampleRate, channelCount: format.channelCount, samples: samples)
    }
}
