/// Reading of treebanks in the format CoNLL-U.
///
/// Source: universaldependencies.org/format.html, version 2.
public enum Treebank {
    /// The sentences of the file at `path`, plain or gzip, every field checked.
    ///
    /// - Throws: `DataError` where the file cannot be read, is not UTF-8, ends within a sentence (an empty line ends each), or
    ///   a line is not as the format asks: ten fields parted by tabs; words counted from 1; ranges of words in order and apart;
    ///   known parts of speech; heads that form one tree; each `sent_id` once.
    public static func sentences(contentsOf path: String) throws(DataError) -> [TreebankSentence] {
        let lines = try FileContent.lines(of: path)
        var sentences: [TreebankSentence] = []
        var ids: Set<String> = []
        var draft = SentenceDraft(path: path, line: 1)
        for (index, line) in lines.enumerated() {
            guard line.isEmpty else {
                try draft.add(line, number: index + 1)
                continue
            }
            let sentence = try draft.finished(at: index + 1)
            if let id = sentence.id, !ids.insert(id).inserted {
                throw DataError(
                    path, at: .line(sentence.line), "the sentence \(quoted(id)) stands here a second time",
                    cure: "remove one, or give it another sent_id")
            }
            sentences.append(sentence)
            draft = SentenceDraft(path: path, line: index + 2)
        }
        guard draft.isEmpty else {
            throw DataError(
                path, at: .line(lines.count), "no empty line ends the last sentence",
                cure: "fetch the file again, or add the line where nothing is missing")
        }
        guard !sentences.isEmpty else { throw DataError(path, "there are no sentences", cure: "fetch the file again") }
        return sentences
    }
}

/// The lines of one sentence so far.
private struct SentenceDraft {
    let path: String
    /// Where the sentence begins.
    let line: Int
    private var comments: [String] = []
    private var words: [TreebankWord] = []
    private var wordLines: [Int] = []
    private var tokens: [TreebankSentence.MultiwordToken] = []
    private var emptyNodes: [TreebankSentence.EmptyNode] = []

    init(path: String, line: Int) {
        self.path = path
        self.line = line
    }

    var isEmpty: Bool { comments.isEmpty && words.isEmpty && tokens.isEmpty && emptyNodes.isEmpty }

    private func fault(_ line: Int, _ cause: String, _ cure: String = "mend the line") -> DataError {
        DataError(path, at: .line(line), cause, cure: cure)
    }

    mutating func add(_ text: Substring, number: Int) throws(DataError) {
        if text.first == "#" {
            guard words.isEmpty && tokens.isEmpty && emptyNodes.isEmpty else {
                throw fault(number, "a comment stands among the words", "put it before the sentence")
            }
            comments.append(String(text.dropFirst().trimming(" ")))
            return
        }
        let fields = text.split(separator: "\t", omittingEmptySubsequences: false)
        guard fields.count == 10 else {
            let found = fields.count == 1 ? "1 field" : "\(fields.count) fields"
            throw fault(number, "the line has \(found) parted by tabs, not 10")
        }
        for (field, name) in zip(fields, Self.names) {
            guard !field.isEmpty else { throw fault(number, "\(name) is empty", "write _ where nothing is known") }
            guard field.first != " " && field.last != " " else {
                throw fault(number, "\(name) begins or ends with a blank")
            }
            let mayHoldBlanks = ["FORM", "LEMMA", "MISC"].contains(name)
            guard mayHoldBlanks || !field.contains(" ") else { throw fault(number, "\(name) holds a blank") }
        }
        if fields[0].contains("-") {
            try addToken(fields, number)
        } else if fields[0].contains(".") {
            try addEmptyNode(fields, number)
        } else {
            try addWord(fields, number)
        }
    }

    private static let names = [
        "ID", "FORM", "LEMMA", "UPOS", "XPOS", "FEATS", "HEAD", "DEPREL", "DEPS", "MISC",
    ]

    private mutating func addWord(_ fields: [Substring], _ number: Int) throws(DataError) {
        guard plainNumber(fields[0]) == words.count + 1 else {
            throw fault(number, "ID is \(quoted(fields[0])), not \(words.count + 1)", "count the words from 1")
        }
        let head = plainNumber(fields[6])
        guard head != nil || fields[6] == "_" else { throw fault(number, "HEAD is \(quoted(fields[6])), no number") }
        guard (head == nil) == (fields[7] == "_") else { throw fault(number, "HEAD and DEPREL do not go together") }
        let isRoot = fields[7] == "root" || fields[7].hasPrefix("root:")
        guard (head == 0) == isRoot else {
            throw fault(number, "DEPREL is \(quoted(fields[7])) with HEAD \(fields[6]); root goes with 0")
        }
        try checkGraph(fields[8], number)
        words.append(
            TreebankWord(
                form: String(fields[1]),
                // An underscore of the text itself stands as one.
                lemma: fields[2] == "_" && fields[1] != "_" ? nil : String(fields[2]),
                partOfSpeech: try partOfSpeech(fields[3], number), languageTag: known(fields[4]),
                features: try features(fields[5], number), head: head, relation: known(fields[7]),
                miscellaneous: known(fields[9])))
        wordLines.append(number)
    }

    private mutating func addToken(_ fields: [Substring], _ number: Int) throws(DataError) {
        let ends = fields[0].split(separator: "-", omittingEmptySubsequences: false).map(plainNumber)
        guard ends.count == 2, let first = ends[0], let last = ends[1], first == words.count + 1, first <= last else {
            throw fault(
                number, "ID is \(quoted(fields[0])), no range that begins with the next word, \(words.count + 1)")
        }
        if let before = tokens.last, before.words.upperBound >= first {
            throw fault(number, "the range \(fields[0]) overlaps the one before")
        }
        for index in [2, 3, 4, 6, 7, 8] where fields[index] != "_" {
            throw fault(number, "a range of words has a \(Self.names[index])", "write _ there")
        }
        tokens.append(.init(words: first...last, form: String(fields[1])))
    }

    private mutating func addEmptyNode(_ fields: [Substring], _ number: Int) throws(DataError) {
        let parts = fields[0].split(separator: ".", omittingEmptySubsequences: false).map(plainNumber)
        let index = 1 + (emptyNodes.last.map { $0.after == words.count ? $0.index : 0 } ?? 0)
        guard parts == [words.count, index] else {
            throw fault(number, "ID is \(quoted(fields[0])), not \(words.count).\(index)")
        }
        guard fields[6] == "_" && fields[7] == "_" else {
            throw fault(number, "an empty node has HEAD or DEPREL", "write _ there")
        }
        _ = try partOfSpeech(fields[3], number)
        _ = try features(fields[5], number)
        try checkGraph(fields[8], number)
        emptyNodes.append(.init(after: words.count, index: index, form: known(fields[1])))
    }

    private func known(_ field: Substring) -> String? { field == "_" ? nil : String(field) }

    private func partOfSpeech(_ field: Substring, _ number: Int) throws(DataError) -> PartOfSpeech? {
        if field == "_" { return nil }
        guard let part = PartOfSpeech(rawValue: String(field)) else {
            throw fault(number, "UPOS \(quoted(field)) is no part of speech", "write one of the seventeen, or _")
        }
        return part
    }

    private func features(_ field: Substring, _ number: Int) throws(DataError) -> [String] {
        if field == "_" { return [] }
        let pairs = field.split(separator: "|", omittingEmptySubsequences: false)
        var last = ""
        for pair in pairs {
            let parts = pair.split(separator: "=", omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
                throw fault(number, "the feature \(quoted(pair)) is not Name=Value")
            }
            let name = parts[0].lowercased()
            guard last < name else {
                throw fault(number, "the feature \(quoted(pair)) is out of order or a second one")
            }
            last = name
        }
        return pairs.map(String.init)
    }

    /// DEPS: `head:relation` pairs in ascending order of heads, which may be empty nodes.
    private func checkGraph(_ field: Substring, _ number: Int) throws(DataError) {
        if field == "_" { return }
        for pair in field.split(separator: "|", omittingEmptySubsequences: false) {
            let head = pair.prefix { $0 != ":" }
            let parts = head.split(separator: ".", omittingEmptySubsequences: false).map(plainNumber)
            guard (1...2).contains(parts.count), !parts.contains(nil), pair.count > head.count + 1 else {
                throw fault(number, "DEPS has \(quoted(pair)), not head:relation")
            }
        }
    }

    func finished(at number: Int) throws(DataError) -> TreebankSentence {
        guard !words.isEmpty else {
            throw fault(number, "an empty line ends a sentence without words", "leave one empty line after each")
        }
        if let last = tokens.last, last.words.upperBound > words.count {
            throw fault(number, "the range \(last.words.lowerBound)-\(last.words.upperBound) goes beyond the sentence")
        }
        try checkTree()
        return TreebankSentence(
            comments: comments, words: words, multiwordTokens: tokens, emptyNodes: emptyNodes, line: line)
    }

    /// Either no word has a head, or all have and every way up ends at one root.
    private func checkTree() throws(DataError) {
        let heads = words.compactMap(\.head)
        if heads.isEmpty { return }
        for (index, word) in words.enumerated() {
            guard let head = word.head else { throw fault(wordLines[index], "HEAD is missing, and others are there") }
            guard head <= words.count else {
                throw fault(wordLines[index], "HEAD is \(head), and there are \(words.count) words")
            }
        }
        guard heads.count(where: { $0 == 0 }) == 1 else {
            throw fault(line, "the sentence has \(heads.count(where: { $0 == 0 })) roots, not 1", "mend HEAD")
        }
        // Words whose way up is known to end.
        var ends = Array(repeating: false, count: words.count + 1)
        ends[0] = true
        for start in 1...words.count {
            var way: [Int] = []
            var word = start
            while !ends[word] {
                guard way.count <= words.count else {
                    throw fault(wordLines[start - 1], "the heads above the word go round in a circle")
                }
                way.append(word)
                word = heads[word - 1]
            }
            for word in way { ends[word] = true }
        }
    }
}

/// The number that the digits say; `nil` for anything else, such as a sign or a zero before others.
private func plainNumber(_ text: Substring) -> Int? {
    guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
    return text.count > 1 && text.first == "0" ? nil : Int(text)
}
