public import Notebook

/// What became of a fence of documentation.
public struct FenceReport: Sendable {
    /// The result of checking one fence.
    public enum Verdict: Sendable {
        /// Its label says so, or it is no whole code: why.
        case skipped(String?)
        /// It does what it says.
        case holds
        /// It gives something else than it says.
        case differs([FenceDifference])
        /// It does not compile, and nothing says that it is not to; in the document's lines.
        case uncompiled([Diagnostic])
        /// It is not what its label says, or could not be carried out.
        case failed(Diagnostic)
    }

    /// The fence that was checked, with its place in the document.
    public let fence: DocumentFence
    /// The result; the checker sets it once the fence has run.
    public internal(set) var verdict: Verdict
    /// How many outputs and values were compared.
    public var compared = 0
}

/// Something that documentation says of its code, and what the code gives.
public struct FenceDifference: Hashable, Sendable {
    /// The line in the document, counted from 1.
    public let line: Int
    /// What is told about: `the output`, `the value of x`.
    public let subject: String
    /// The text that the documentation states.
    public let said: String
    /// The text that the code gave.
    public let given: String
    /// What would make it true; nothing where only its author can say.
    public let cures: [DocumentEdit]
}

/// Lines of a document and what is to stand in their place.
public struct DocumentEdit: Hashable, Sendable {
    /// Counted from 1; nothing is replaced where it is empty, and the new lines stand before its lower bound.
    public let lines: Range<Int>
    /// The lines that take the place of ``lines``, without their ends.
    public let replacement: [String]
}

extension [DocumentEdit] {
    /// `text` with the edits, which do not overlap, carried out.
    public func applied(to text: String) -> String {
        var lines = SourceLines(text).lines.map(String.init)
        let ending = lines.contains { $0.hasSuffix("\r\n") } ? "\r\n" : "\n"
        for edit in sorted(by: { $0.lines.lowerBound > $1.lines.lowerBound }) {
            lines.replaceSubrange(
                edit.lines.lowerBound - 1..<edit.lines.upperBound - 1, with: edit.replacement.map { $0 + ending })
        }
        return lines.joined()
    }
}

extension DocumentFence {
    /// The line that puts a label above the fence.
    public func edit(adding label: FenceLabel) -> DocumentEdit {
        let line = lines.lowerBound
        return DocumentEdit(lines: line..<line, replacement: ["\(margin)<!-- kdbook: \(label.rawValue) -->"])
    }
}
