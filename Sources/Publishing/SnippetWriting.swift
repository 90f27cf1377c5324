import Notebook

// Titles, abstracts, captions, and headings where they are repeated.
extension ProseWriter {
    /// The HTML of a snippet, without an element around it.
    ///
    /// - Parameter isLinked: whether links may stand in it.
    mutating func snippet(_ snippet: Snippet, isLinked: Bool = true) -> String {
        let outer = (insertions, isInSnippet)
        insertions = snippet.insertions
        if !isLinked { linkDepth += 1 }
        isInSnippet = true
        defer {
            (insertions, isInSnippet) = outer
            if !isLinked { linkDepth -= 1 }
        }
        var markup = snippet.document.root.children.map { inlines($0) }.joined()
        if markup.hasPrefix(Snippet.guardMark) { markup.removeFirst() }
        return isLinked ? markup : withoutLinks(markup)
    }

    /// What a heading says, without links and without its label, where it stands again; the writer stays as it is.
    func repeated(_ heading: MarkdownNode) -> String {
        var writer = self
        writer.linkDepth += 1
        return withoutLinks(HeadingText(writer.inlines(heading)).title)
    }

    /// Learns what the page's sections are called, with the values in their headings.
    mutating func readSectionTitles(_ headings: [String: MarkdownNode]) {
        sectionTitles = headings.mapValues(repeated)
    }

    /// The captions of a cell.
    mutating func captions(of cell: Cell, _ cells: WovenCells) -> CellCaptions {
        let (figures, table) = cells.captions(of: cell)
        return CellCaptions(figures: figures.map { snippet($0) }, table: table.map { snippet($0) })
    }
}

/// Markup without links, footnote marks and names: a link cannot stand in a link, nor a name on a page twice.
func withoutLinks(_ markup: String) -> String {
    guard markup.contains("<") else { return markup }
    return markup.replacing(/<sup[^>]*><a[^>]*>[^<]*<\/a><\/sup>/, with: "").replacing(/<\/?a\b[^>]*>/, with: "")
        .replacing(/\sid="[^"]*"/, with: "")
}
