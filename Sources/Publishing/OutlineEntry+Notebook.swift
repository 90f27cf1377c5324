public import Notebook

extension OutlineEntry {
    /// The entry of `notebook`.
    public init(_ notebook: Notebook) {
        let manuscript = Manuscript(notebook)
        var writer = ProseWriter(
            references: References(own: [], page: notebook.name, outline: [], claims: nil),
            insertions: manuscript.insertions, bibliography: Bibliography())
        // Nothing has run for the book's outline.
        writer.unknownValue = "…"
        let markup = manuscript.titleMarkup(&writer)
        let labels = manuscript.labels.all.map { label in
            guard let heading = manuscript.labels.headings[label.name] else { return label }
            var label = label
            let markup = writer.repeated(heading)
            label.title = words(of: markup)
            label.titleMarkup = markup == escaped(label.title ?? "") ? nil : markup
            return label
        }
        self.init(
            name: notebook.name, title: words(of: markup), abstract: notebook.frontMatter.abstract, labels: labels)
        titleMarkup = markup
        macros = notebook.frontMatter.macros
        typography = notebook.typography
    }
}

extension Manuscript {
    /// What the notebook is called, without links: its front matter's title, else the heading that it begins with, else
    /// its name.
    fileprivate func titleMarkup(_ writer: inout ProseWriter) -> String {
        if let title { return writer.snippet(title, isLinked: false) }
        let first = document.root.children.first { $0.typeName != "footnote_definition" }
        guard let first, first.isTitle else { return escaped(notebook.name) }
        return writer.repeated(first)
    }
}
