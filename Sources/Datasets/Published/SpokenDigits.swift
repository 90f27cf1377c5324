/// The Free Spoken Digit Dataset (Z. Jackson and others): 3,000 recordings at 8 kHz, each of six speakers saying each of ten
/// digits fifty times. The licence is CC BY-SA 4.0.
public enum SpokenDigits {
    /// One take.
    public struct Recording: Sendable, Hashable {
        /// 0 … 9.
        public let digit: Int
        /// The name of the person who spoke.
        public let speaker: String
        /// 0 … 49.
        public let take: Int
        /// One channel at 8 kHz.
        public let sound: Waveform
    }

    /// The speakers, in the order of the alphabet.
    public static let speakers = ["george", "jackson", "lucas", "nicolas", "theo", "yweweler"]
    /// How often each speaker says each digit.
    public static let takeCount = 50
    /// Samples a second.
    public static let sampleRate = 8000

    /// The recordings in `folder`, by digit, then speaker, then take.
    ///
    /// - Parameter takes: Which takes of each digit and speaker; all of them unless said.
    /// - Throws: `DataError` where a file is missing, is no WAV file, has another rate than 8 kHz or another number of channels
    ///   than 1, or has no samples.
    /// - Precondition: the takes are in `0..<takeCount`.
    public static func load(
        from folder: String, takes: Range<Int> = 0..<takeCount
    ) throws(DataError) -> [Recording] {
        precondition((0..<takeCount).contains(takes), "there are no takes \(takes) among \(takeCount)")
        var recordings: [Recording] = []
        for digit in 0..<10 {
            for speaker in speakers {
                for take in takes {
                    let path = "\(folder)/\(digit)_\(speaker)_\(take).wav"
                    let sound = try Waveform(contentsOf: path)
                    guard sound.sampleRate == sampleRate, sound.channelCount == 1, sound.frameCount > 0 else {
                        throw DataError(
                            path,
                            "\(sound.frameCount) samples in \(sound.channelCount) channels at \(sound.sampleRate) Hz are no "
                                + "recording of one channel at \(sampleRate) Hz",
                            cure: "fetch the file again: `kdbook data fetch fsdd`")
                    }
                    recordings.append(Recording(digit: digit, speaker: speaker, take: take, sound: sound))
                }
            }
        }
        return recordings
    }
}

extension Grouping {
    /// The takes of a speaker belong together.
    public init(bySpeakersOf recordings: [SpokenDigits.Recording]) { self.init(by: recordings.map(\.speaker)) }
}
