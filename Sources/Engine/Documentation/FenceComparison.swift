import CellSyntax
import Foundation
import Notebook

/// Compares what a fence says with what its program gave.
struct FenceComparison {
    private let fence: DocumentFence
    private let source: SourceLines
    private let output: ProgramOutput
    private(set) var differences: [FenceDifference] = []
    private(set) var compared = 0

    /// - Parameters:
    ///   - source: the document.
    ///   - output: what the program printed until its end.
    init(_ fence: DocumentFence, in source: SourceLines, claims: [FenceClaim], output: ProgramOutput) {
        (self.fence, self.source, self.output) = (fence, source, output)
        for (number, claim) in claims.enumerated() where claim.subject != .output { compareValue(claim, number) }
        for (statement, claims) in Dictionary(grouping: claims.filter { $0.subject == .output }, by: \.statement) {
            comparePrinted(claims, statement)
        }
        compareOutput()
        differences.sort { $0.line < $1.line }
    }

    private mutating func compareValue(_ claim: FenceClaim, _ number: Int) {
        guard let value = output.values[number], let literal = claim.literal else { return }
        compared += 1
        let isSame = [value.described, value.reflected, value.elements].contains {
            literal.agrees(with: $0, isOrdered: value.isOrdered)
        }
        guard !isSame else { return }
        let given =
            literal.text.hasPrefix("[") && !value.elements.isEmpty && value.isOrdered
            ? value.elements : literal.text.contains("\"") ? value.reflected : value.described
        let subject = if case .named(let name) = claim.subject { "`\(name)`" } else { "the value" }
        let replacement = claim.parts.count == 1 ? replacing(claim.parts[0], by: given) : nil
        add(claim, subject, given, replacement)
    }

    private mutating func comparePrinted(_ claims: [FenceClaim], _ statement: Int) {
        guard let text = output.printed[statement] else { return }
        let lines = FenceComparison.lines(of: text)
        let parts = claims.flatMap(\.parts)
        if lines.isEmpty && !claims.contains(where: \.isStated) { return }
        if claims.contains(where: \.isLoose) && lines.count != parts.count { return }
        compared += 1
        let isSame =
            parts.count == lines.count && zip(parts, lines).allSatisfy(FenceComparison.isSame)
            || claims.count == 1 && claims[0].literal?.agrees(with: text) == true
        guard !isSame, let first = claims.first else { return }
        let pairs = zip(parts, lines).map { replacing($0, by: FenceComparison.quoted($1, as: $0.text)) }
        let canPair = parts.count == lines.count && Set(parts.map(\.line)).count == parts.count
        add(first, "the output", lines.joined(separator: "\n"), canPair ? pairs.compactMap(\.self) : nil, claims)
    }

    private mutating func compareOutput() {
        guard let expected = fence.output else { return }
        let lines = FenceComparison.lines(of: output.own)
        guard !lines.isEmpty else { return }
        compared += 1
        let said = FenceComparison.lines(of: expected.text.joined(separator: "\n"))
        guard said != lines else { return }
        let start = expected.line + 1
        let edit = DocumentEdit(
            lines: start..<start + expected.text.count, replacement: lines.map { fence.margin + $0 })
        differences.append(
            FenceDifference(
                line: start, subject: "the output", said: said.joined(separator: "\n"),
                given: lines.joined(separator: "\n"), cures: [edit]))
    }

    private mutating func add(
        _ claim: FenceClaim, _ subject: String, _ given: String, _ edits: [DocumentEdit]?, _ claims: [FenceClaim] = []
    ) {
        let all = claims.isEmpty ? [claim] : claims
        differences.append(
            FenceDifference(
                line: line(of: claim.parts[0]), subject: subject, said: all.map(\.text).joined(separator: "\n"),
                given: given, cures: edits ?? []))
    }

    private mutating func add(_ claim: FenceClaim, _ subject: String, _ given: String, _ edit: DocumentEdit?) {
        add(claim, subject, given, edit.map { [$0] })
    }

    private func line(of part: FenceClaim.Part) -> Int { fence.codeLine + part.line - 1 }

    /// The line of `part` with other words in its place.
    private func replacing(_ part: FenceClaim.Part, by words: String) -> DocumentEdit? {
        let line = line(of: part)
        let text = String(source.content(line))
        guard !words.contains("\n"), let range = text.range(of: part.text, options: .backwards) else { return nil }
        return DocumentEdit(lines: line..<line + 1, replacement: [text.replacingCharacters(in: range, with: words)])
    }
}

extension FenceComparison {
    private static func isSame(_ part: FenceClaim.Part, _ line: String) -> Bool {
        guard part.text != line, let literal = LiteralText(part.text) else { return part.text == line }
        return literal.string == line || literal.agrees(with: line)
    }

    /// Words that are printed, in quotes where `text` has them.
    private static func quoted(_ words: String, as text: String) -> String {
        LiteralText(text)?.string == nil || words.hasPrefix("\"") ? words : "\"\(words)\""
    }

    /// The lines of a text without spaces at their ends, and without empty ones at its end.
    private static func lines(of text: String) -> [String] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
            String($0.replacing(/\s+$/, with: ""))
        }
        while lines.last == "" { lines.removeLast() }
        return lines
    }
}
