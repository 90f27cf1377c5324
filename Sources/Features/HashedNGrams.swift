public import Tensors

/// Texts as rows of numbers: each run of words and of letters adds ±1 to a column that its hash chooses, and the row is brought to length 1.
///
/// With h the signed MurmurHash3 of the run's UTF-8: column |h| mod `columns`, sign that of h. Words are runs of letters, digits and
/// underscores, in lower case, joined by blanks; letters are those of the text in lower case, with one blank for several.
/// Source: Weinberger, Dasgupta, Langford, Smola and Attenberg, ICML 2009. A text with no such run is a row of zeros.
public struct HashedNGrams: Sendable, Hashable {
    /// How many columns the matrix of features has.
    public let columns: Int
    /// How many words a run has; no runs of words where it is `nil`.
    public let words: ClosedRange<Int>?
    /// How many letters a run has; no runs of letters where it is `nil`.
    public let letters: ClosedRange<Int>?

    /// - Precondition: there is a column, and runs are of at least one word or letter.
    public init(columns: Int, words: ClosedRange<Int>? = 1...2, letters: ClosedRange<Int>? = 3...5) {
        precondition(
            columns > 0 && (words?.lowerBound ?? 1) > 0 && (letters?.lowerBound ?? 1) > 0,
            "\(columns) columns for runs of too few words or letters")
        self.columns = columns
        self.words = words
        self.letters = letters
    }

    /// One row a text; most of its numbers are zero, which products leave out.
    public func callAsFunction(_ texts: [String]) -> Matrix {
        var elements: [Float] = []
        elements.reserveCapacity(texts.count * columns)
        for text in texts { elements += row(text) }
        return Matrix(rows: texts.count, columns: columns, elements: elements)
    }

    private func row(_ text: String) -> [Float] {
        var counts = Array(repeating: 0, count: columns)
        let lower = text.lowercased()
        if let words { addRuns(of: Self.words(of: lower), words, separator: [UInt8(ascii: " ")], to: &counts) }
        if let letters { addRuns(of: Self.letters(of: lower), letters, separator: [], to: &counts) }
        var square = 0.0
        for count in counts { square += Double(count * count) }
        let length = square > 0 ? square.squareRoot() : 1
        return counts.map { Float(Double($0) / length) }
    }

    private func addRuns(
        of pieces: [[UInt8]], _ lengths: ClosedRange<Int>, separator: [UInt8], to counts: inout [Int]
    ) {
        for length in lengths where length <= pieces.count {
            for start in 0...(pieces.count - length) {
                let run = Array(pieces[start..<start + length].joined(separator: separator))
                let hash = Int32(bitPattern: murmurHash(run))
                counts[Int(hash.magnitude) % columns] += hash < 0 ? -1 : 1
            }
        }
    }

    private static func words(of text: String) -> [[UInt8]] {
        text.unicodeScalars.split { !($0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == "_") }
            .map { Array(String($0).utf8) }
    }

    private static func letters(of text: String) -> [[UInt8]] {
        var letters: [[UInt8]] = []
        var isBlank = false
        for scalar in text.unicodeScalars {
            let another = scalar.properties.isWhitespace
            if !(another && isBlank) { letters.append(Array(String(another ? " " : scalar).utf8)) }
            isBlank = another
        }
        return letters
    }
}
