/// A fence of Swift in documentation: in Markdown, in an article or tutorial of DocC, or in a `///` comment.
public struct DocumentFence: Hashable, Sendable {
    /// The lines of its two marks, counted from 1, and all between.
    public let lines: ClosedRange<Int>
    /// The lines between the marks, without what stands before them.
    public let code: [String]
    /// What stands before each line: indentation, `///`, the marks of a quotation.
    public let margin: String
    /// The labels that the fence's own line or the comment above it gives it.
    public let labels: Set<FenceLabel>
    /// Words that look like labels and are none.
    public let unknownLabels: [String]
    /// The fence behind it that has its output, where there is one.
    public internal(set) var output: OutputFence?

    /// The line of its code's first line.
    public var codeLine: Int { lines.lowerBound + 1 }
}

/// A fence that says what the fence of Swift above it prints.
public struct OutputFence: Hashable, Sendable {
    /// The line of its opening mark, counted from 1.
    public let line: Int
    /// The lines between the marks, without the margin.
    public let text: [String]
}

/// What a fence of documentation is to do.
public enum FenceLabel: String, Hashable, Sendable, CaseIterable {
    /// Nothing: it is no whole Swift.
    case skip
    /// It compiles, and is not run.
    case compile
    /// It does not compile, or ends with a runtime error.
    case error
    /// It goes on from the fences above it, as if they were one.
    case `continues`
    /// It stands for itself: nothing above is in it.
    case alone
}

extension DocumentFence {
    /// The fences of a document.
    ///
    /// - Parameter isSource: whether it is Swift, with its fences in `///` comments.
    public static func all(in text: String, isSource: Bool = false) -> [DocumentFence] {
        var reader = FenceReader(SourceLines(text), isSource: isSource)
        return reader.read()
    }
}

/// Finds fences line by line. A directive of DocC may stand around them, far indented, which in Markdown alone would make them
/// code of another kind.
private struct FenceReader {
    private let source: SourceLines
    private let isSource: Bool
    private var fences: [DocumentFence] = []
    private var comment: (words: [String], line: Int)?
    /// Lines with words since the last fence of Swift, and whether a heading is among them.
    private var prose = 0

    // Threads may share them: matching does not change an expression.
    nonisolated(unsafe) private static let opening =
        /([ \t]*(?:\/\/\/[ \t]?)?(?:>[ \t]?)*[ \t]*)(`{3,}|~{3,})[ \t]*([^`]*)/
    nonisolated(unsafe) private static let instruction =
        /[ \t]*(?:\/\/\/)?[ \t>]*<!--\s*kdbook:\s*(.*?)\s*-->\s*/
    private static let languagesOfOutput: Set = ["text", "txt", "console", "output", "plaintext", "none"]
    /// How many lines of prose may stand between a fence and its output.
    private static let mostProse = 3

    init(_ source: SourceLines, isSource: Bool) {
        self.source = source
        self.isSource = isSource
    }

    mutating func read() -> [DocumentFence] {
        var number = 1
        while number <= source.lines.count {
            let line = source.content(number)
            if let match = line.wholeMatch(of: FenceReader.opening), !isSource || line.contains("///") {
                number = readFence(at: number, margin: String(match.1), mark: match.2, info: String(match.3))
            } else {
                note(line, number)
                number += 1
            }
        }
        return fences
    }

    private mutating func note(_ line: Substring, _ number: Int) {
        if let match = line.wholeMatch(of: FenceReader.instruction) {
            comment = (FenceReader.words(match.1), number)
            return
        }
        let words = line.trimmingPrefix(/[ \t]*(\/\/\/)?[ \t]*/)
        guard !words.isEmpty else { return }
        comment = nil
        prose += words.hasPrefix("#") || (isSource && !line.contains("///")) ? FenceReader.mostProse + 1 : 1
    }

    /// Takes the fence that opens at line `start`.
    ///
    /// - Returns: the line behind it.
    private mutating func readFence(at start: Int, margin: String, mark: Substring, info: String) -> Int {
        var content: [String] = []
        var number = start + 1
        while number <= source.lines.count {
            let line = source.content(number)
            if isSource && !line.contains("///") { break }
            let inner = FenceReader.without(margin, line)
            if inner.count(where: { $0 == mark.first }) >= mark.count,
                inner.allSatisfy({ $0 == mark.first || $0 == " " || $0 == "\t" })
            {
                break
            }
            content.append(String(inner))
            number += 1
        }
        add(start...min(number, source.lines.count), content, margin, FenceReader.words(info[...]))
        comment = nil
        return number + 1
    }

    private mutating func add(_ lines: ClosedRange<Int>, _ content: [String], _ margin: String, _ info: [String]) {
        let language = info.first?.lowercased() ?? ""
        if language == "swift" {
            let own = info.dropFirst().compactMap(FenceLabel.init(rawValue:))
            let instructed = comment?.words ?? []
            fences.append(
                DocumentFence(
                    lines: lines, code: content, margin: margin,
                    labels: Set(own + instructed.compactMap(FenceLabel.init(rawValue:))),
                    unknownLabels: instructed.filter { FenceLabel(rawValue: $0) == nil }))
            prose = 0
            return
        }
        if FenceReader.languagesOfOutput.contains(language), prose <= FenceReader.mostProse,
            let last = fences.indices.last, fences[last].output == nil, !FenceReader.isSession(content)
        {
            fences[last].output = OutputFence(line: lines.lowerBound, text: content)
        }
        prose = FenceReader.mostProse + 1
    }

    /// Whether someone types commands there.
    private static func isSession(_ content: [String]) -> Bool {
        content.first { !$0.isEmpty }?.firstMatch(of: #/^\s*[$%>]\s/#) != nil
    }

    private static func words(_ text: Substring) -> [String] {
        text.split { $0 == "," || $0.isWhitespace }.map(String.init)
    }

    /// A line without the margin of its fence, as far as it has that.
    private static func without(_ margin: String, _ line: Substring) -> Substring {
        let common = zip(margin, line).prefix { $0 == $1 }.count
        return line.dropFirst(common)
    }
}
