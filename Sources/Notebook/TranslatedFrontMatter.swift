/// The front matter of a translation: the original's, with a title and an abstract of its own.
struct TranslatedFrontMatter {
    let frontMatter: FrontMatter
    /// The first line behind it.
    let bodyLine: Int

    private enum Name: String, EntryName { case title, abstract }

    init(_ source: SourceLines, of original: Notebook, _ problems: inout [Diagnostic]) {
        var result = original.frontMatter
        if result.title == nil { result.title = original.title }
        guard let lines = source.frontMatterLines(&problems) else {
            (frontMatter, bodyLine) = (result, 1)
            return
        }
        let yaml = source.text(lines.lowerBound + 1..<lines.upperBound - 1)
        problems += YAMLValue.readMapping(
            yaml, firstLine: lines.lowerBound + 1, column: 1, what: "front-matter entry of a translation"
        ) { (name: Name, value) throws(YAMLValue.Mismatch) in
            switch name {
            case .title: (result.title, result.titlePosition) = (try value.string, value.position)
            case .abstract: (result.abstract, result.abstractPosition) = (try value.string, value.position)
            }
        }
        (frontMatter, bodyLine) = (result, lines.upperBound)
    }
}
