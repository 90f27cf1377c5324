/// Questions about air travel with the part of speech of each word: the treebank UD English ATIS. The licence is CC BY-SA 4.0.
public enum AirTravel {
    /// A part of the treebank, as it was published.
    public enum Part: String, Sendable, CaseIterable {
        case training = "train"
        case development = "dev"
        case test = "test"

        /// The plain file; its gzip twin ends in `.gz`.
        public var fileName: String { "en_atis-ud-\(rawValue).conllu" }
    }

    /// The sentences of `part` in `folder`: 4,274, 572 or 586.
    ///
    /// - Throws: `DataError` as ``Treebank/sentences(contentsOf:)`` does, and where a word has no part of speech.
    public static func load(from folder: String, part: Part) throws(DataError) -> [TreebankSentence] {
        let path = "\(folder)/\(part.fileName)"
        let sentences = try Treebank.sentences(contentsOf: path)
        if let sentence = sentences.first(where: { $0.words.contains { $0.partOfSpeech == nil } }) {
            throw DataError(
                path, at: .line(sentence.line), "a word of the sentence has no part of speech",
                cure: "fetch the file again: `kdbook data fetch atis`")
        }
        return sentences
    }
}

extension Grouping {
    /// Sentences of the same words belong together.
    public init(byWordsOf sentences: [TreebankSentence]) { self.init(by: sentences.map(\.forms)) }
}
