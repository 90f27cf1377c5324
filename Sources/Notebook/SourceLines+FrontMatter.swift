extension SourceLines {
    /// The lines of the front matter, with the rules around it.
    func frontMatterLines(_ problems: inout [Diagnostic]) -> Range<Int>? {
        func isRule(_ number: Int) -> Bool { content(number).trimmingTrailingSpace == "---" }
        guard let first = lines.first, !first.isEmpty, isRule(1) else { return nil }
        if let end = (2..<max(2, lines.count + 1)).first(where: isRule) { return 1..<end + 1 }
        problems.append(
            Diagnostic(.error, at: SourcePosition(line: 1), "the front matter has no end: close it with a line `---`"))
        return nil
    }
}
