import Datasets
import TestSupport
import Testing

@Suite struct TreebankTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func read(_ text: String) throws -> [TreebankSentence] {
        try Treebank.sentences(contentsOf: folder.write(Array(text.utf8), to: "bank.conllu"))
    }

    private func error(_ text: String) throws -> DataError {
        try #require(throws: DataError.self, "\(text)") { try read(text) }
    }

    /// A line with tabs for the blanks between its fields.
    private func line(_ fields: String) -> String { fields.split(separator: " ").joined(separator: "\t") + "\n" }

    private var sentence: String {
        "# sent_id = s1\n# text = Don't go\n"
            + line("1-2 Don't _ _ _ _ _ _ _ SpaceAfter=No")
            + line("1 Do do AUX VB Mood=Imp|VerbForm=Fin 3 aux 3:aux _")
            + line("2 n't not PART RB Polarity=Neg 3 advmod 3:advmod _")
            + line("2.1 you you PRON _ Person=2 _ _ 3:nsubj _")
            + line("3 go go VERB VB VerbForm=Inf 0 root 0:root _") + "\n"
    }

    @Test func wordsTokensEmptyNodesAndCommentsAreRead() throws {
        let sentences = try read(sentence)
        let first = try #require(sentences.first)
        #expect(sentences.count == 1)
        #expect(first.forms == ["Do", "n't", "go"])
        #expect(first.words.map(\.partOfSpeech) == [.auxiliary, .particle, .verb])
        #expect(first.words.map(\.head) == [3, 3, 0])
        #expect(first.words[0].features == ["Mood=Imp", "VerbForm=Fin"])
        let (token, node) = (try #require(first.multiwordTokens.first), try #require(first.emptyNodes.first))
        #expect((token.words, token.form) == (1...2, "Don't"))
        #expect((node.after, node.index, node.form) == (2, 1, "you"))
        #expect((first.id, first.comment("text"), first.line) == ("s1", "Don't go", 1))
    }

    @Test func everyScriptAndEitherLineEndIsRead() throws {
        let text = line("1 Größe Größe NOUN _ _ 0 root _ _") + line("2 東京 _ PROPN _ _ 1 nmod _ _") + "\n"
        #expect(try read(text)[0].forms == ["Größe", "東京"])
        #expect(try read("\u{FEFF}" + text.replacing("\n", with: "\r\n")) == read(text))
        #expect(try read(line("1 _ _ PUNCT _ _ 0 root _ _") + "\n")[0].words[0].lemma == "_")
    }

    @Test func faultsNameTheirLineAndWhatIsWrong() throws {
        let word = "1 a a DET _ _ 0 root _ _"
        let cases: [(String, Int, String)] = [
            (line("1 a a DET _ _ 0 root _") + "\n", 1, "9 fields"),
            (line("2 a a DET _ _ 0 root _ _") + "\n", 1, "ID is `2`, not 1"),
            (line("01 a a DET _ _ 0 root _ _") + "\n", 1, "ID is `01`"),
            (line("1 a a ARTICLE _ _ 0 root _ _") + "\n", 1, "`ARTICLE` is no part of speech"),
            (line("1 a a DET _ Case 0 root _ _") + "\n", 1, "not Name=Value"),
            (line("1 a a DET _ B=1|A=1 0 root _ _") + "\n", 1, "out of order"),
            (line("1 a a DET _ _ up root _ _") + "\n", 1, "HEAD is `up`"),
            (line("1 a a DET _ _ 0 det _ _") + "\n", 1, "root goes with 0"),
            (line("1 a a DET _ _ 0 root up _") + "\n", 1, "not head:relation"),
            (line(word) + line("2 b b DET _ _ 5 det _ _") + "\n", 2, "HEAD is 5"),
            (line(word) + line("2 b b DET _ _ 3 det _ _") + line("3 c c DET _ _ 2 det _ _") + "\n", 2, "circle"),
            (line(word) + line("2 b b DET _ _ 0 root _ _") + "\n", 1, "2 roots"),
            (line(word) + "# late\n\n", 2, "comment stands among the words"),
            (line("2-3 x _ _ _ _ _ _ _ _") + line(word) + "\n", 1, "no range"),
            (line("1-2 x _ _ _ _ _ _ _ _") + line(word) + "\n", 3, "beyond the sentence"),
            (line("1.1 x _ _ _ _ _ _ _ _") + line(word) + "\n", 1, "not 0.1"),
            (line(word), 1, "no empty line ends"), (line(word) + "\n\n", 3, "without words"),
            (line(word).replacing("\ta\ta", with: "\t\ta") + "\n", 1, "FORM is empty"),
            (line(word).replacing("\ta\ta", with: "\ta \ta") + "\n", 1, "FORM begins or ends with a blank"),
            ("# sent_id = x\n" + line(word) + "\n# sent_id = x\n" + line(word) + "\n", 4, "second time"),
        ]
        for (text, line, words) in cases {
            let error = try error(text)
            #expect(error.place == .line(line), "\(error)")
            #expect(error.description.contains(words), "\(error)")
        }
        #expect(try error("").description.contains("no sentences"))
    }

    @Test func bytesThatAreNoUTF8AreNamedByTheirLine() throws {
        let path = try folder.write(Array(sentence.utf8) + [0x31, 0xFF, 0x0A], to: "bank.conllu")
        let error = try #require(throws: DataError.self) { try Treebank.sentences(contentsOf: path) }
        #expect(error.place == .line(9))
    }

    @Test func aFileCutOffAnywhereIsRefusedOrEndsAtASentence() throws {
        let bytes = Array((sentence + sentence.replacing("s1", with: "s2")).utf8)
        let whole = sentence.utf8.count
        for count in 1..<bytes.count where count != whole {
            let path = try folder.write(Array(bytes[..<count]), to: "bank.conllu")
            #expect(throws: DataError.self, "cut off after \(count) bytes") { try Treebank.sentences(contentsOf: path) }
        }
    }
}
