/// The seventeen parts of speech of Universal Dependencies, version 2.
public enum PartOfSpeech: String, Sendable, Hashable, Codable, CaseIterable {
    case adjective = "ADJ"
    case adposition = "ADP"
    case adverb = "ADV"
    case auxiliary = "AUX"
    case coordination = "CCONJ"
    case determiner = "DET"
    case interjection = "INTJ"
    case noun = "NOUN"
    case numeral = "NUM"
    case particle = "PART"
    case pronoun = "PRON"
    case properNoun = "PROPN"
    case punctuation = "PUNCT"
    case subordination = "SCONJ"
    case symbol = "SYM"
    case verb = "VERB"
    case other = "X"
}

/// A word of a treebank's sentence; what its file leaves out (`_`) is `nil`.
public struct TreebankWord: Sendable, Hashable {
    /// The word as the text has it: FORM.
    public let form: String
    /// The word's dictionary form: LEMMA.
    public let lemma: String?
    /// The universal part of speech: UPOS.
    public let partOfSpeech: PartOfSpeech?
    /// The tag of the language's own set.
    public let languageTag: String?
    /// `Name=Value` pairs in the file's order, which is the alphabet's.
    public let features: [String]
    /// The word that this one depends on, counted from 1; 0 for the sentence's root.
    public let head: Int?
    /// How the word depends on its head, such as `nsubj` or `obl:arg`: DEPREL.
    public let relation: String?
    /// Further remarks, such as `SpaceAfter=No`: MISC.
    public let miscellaneous: String?
}

/// A sentence of a treebank.
public struct TreebankSentence: Sendable, Hashable {
    /// Several words that are written as one, such as `don't`.
    public struct MultiwordToken: Sendable, Hashable {
        /// Its words, counted from 1.
        public let words: ClosedRange<Int>
        /// The token as the text has it.
        public let form: String
    }

    /// A word that is not written, and stands in the enhanced graph only.
    public struct EmptyNode: Sendable, Hashable {
        /// The word behind which it stands, 0 before the first, and its place among those that stand there, from 1.
        public let after: Int
        /// The node's place among those behind the same word, from 1.
        public let index: Int
        /// The word that is left out; `nil` where the file has `_`.
        public let form: String?
    }

    /// The lines before the words, without `#` and the blanks behind it.
    public let comments: [String]
    /// The words in order: word number i is `words[i − 1]`.
    public let words: [TreebankWord]
    /// The tokens that several words are written as, in the file's order.
    public let multiwordTokens: [MultiwordToken]
    /// The nodes of the enhanced graph, in the file's order.
    public let emptyNodes: [EmptyNode]
    /// The line of the first comment or word, counted from 1.
    public let line: Int

    /// The value of the comment `name = value`.
    public func comment(_ name: String) -> String? {
        for comment in comments {
            guard let sign = comment.firstIndex(of: "=") else { continue }
            let key = comment[..<sign].trimming(" ")
            if key == name { return String(comment[comment.index(after: sign)...].trimming(" ")) }
        }
        return nil
    }

    /// The sentence's name in its treebank.
    public var id: String? { comment("sent_id") }
    /// The words' forms, with which copies of a sentence can be found.
    public var forms: [String] { words.map(\.form) }
}

extension Substring {
    func trimming(_ character: Character) -> Substring {
        var text = self
        while text.first == character { text.removeFirst() }
        while text.last == character { text.removeLast() }
        return text
    }
}
