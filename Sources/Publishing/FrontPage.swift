public import Notebook
import Math

/// The book's first page: what it checks and what it found, its picture, its notebooks, and what became of its claims. A part
/// that the book has not is left out.
///
/// - Parameters:
///   - title: Markdown, as the introduction and the abstracts are.
///   - source: the text that the book checks.
///   - highlights: the findings that are told first.
///   - figure: shown under the introduction.
///   - cards: the figures that stand for notebooks, by their names.
///   - bibliography: the works that the book cites.
///   - claims: the claims that the book is about.
///   - citation: how the book asks to be cited.
///   - book: what the book says of all its pages.
public func weaveFrontPage(
    title: String, introduction: String?, outline: [OutlineEntry], source: BookConfiguration.Source? = nil,
    highlights: [BookConfiguration.Highlight] = [], figure: FrontFigure? = nil, cards: [String: FrontFigure] = [:],
    ledger: Ledger? = nil, bibliography: Bibliography = Bibliography(), claims: BookClaims? = nil,
    citation: CitationFile? = nil, book: BookFrame = BookFrame(), language: PageLanguage = PageLanguage()
) -> String {
    PageLanguage.$current.withValue(language) {
        frontPage(
            title: title, introduction: introduction, source: source, highlights: highlights, figure: figure,
            citation: citation, book,
            FrontPageWriter(
                outline: outline, cards: cards, ledger: ledger, bibliography: bibliography, claims: claims,
                typography: book.typography))
    }
}

private func frontPage(
    title: String, introduction: String?, source: BookConfiguration.Source?, highlights: [BookConfiguration.Highlight],
    figure: FrontFigure?, citation: CitationFile?, _ book: BookFrame, _ writer: FrontPageWriter
) -> String {
    let heading = writer.markup(title)
    let abstract = introduction.map(writer.abstract)
    let parts = [
        element("h1", heading),
        abstract ?? "",
        source.map(writer.section) ?? "",
        figure.map { $0.html(caption: $0.caption.map { writer.markup($0) }) } ?? "",
        highlights.isEmpty ? "" : writer.section(highlights),
        writer.chapters,
        writer.ledger?.html ?? "",
        citation.map { CitationWords($0, title: words(of: heading), address: book.address).html } ?? "",
    ]
    return shell(
        .front, title: words(of: heading), path: "index.html",
        header: pageHeader(root: "", path: "index.html", book: nil),
        main: parts.filter { !$0.isEmpty }.joined(separator: "\n"), footer: "", book: book,
        meta: PageMeta(
            description: abstract.map { words(of: $0) }, picture: figure?.preview(in: PageLanguage.current.folder)))
}

private struct FrontPageWriter {
    let outline: [OutlineEntry]
    let cards: [String: FrontFigure]
    let ledger: Ledger?
    let bibliography: Bibliography
    let claims: BookClaims?
    let typography: Typography

    /// A line of Markdown that stands in `book.yml`, or in a notebook.
    func markup(_ text: String, of entry: OutlineEntry? = nil) -> String {
        let references = References(
            own: entry?.labels ?? [], page: entry?.name ?? "", outline: outline, claims: claims)
        var writer = ProseWriter(references: references, insertions: Insertions(), bibliography: bibliography)
        writer.unknownValue = "…"
        let macros = entry?.macros.flatMap { try? MathMacros(definitions: $0) } ?? MathMacros()
        return writer.snippet(
            Snippet(ShortText(text), entry?.typography ?? typography, macros: macros), isLinked: false)
    }

    func abstract(_ introduction: String) -> String { element("p", ["class": "abstract"], markup(introduction)) }

    // MARK: What is checked

    func section(_ source: BookConfiguration.Source) -> String {
        let authors = source.authors.map { translated(", ") + element("span", ["class": "authors"], markup($0)) } ?? ""
        let published =
            source.published.map { translated(".") + (translated(".") == "." ? " " : "") + markup($0) } ?? ""
        let work = element("cite", markup(source.title)) + authors + published
        let became = ledger.map { ledger in
            element(
                "p",
                translated("This book tests ") + element("a", ["href": "#claims"], escaped(ledger.summary))
                    + translated("."))
                + ledger.bar
        }
        return element(
            "section", ["class": "source", "aria-labelledby": "source"],
            element("h2", ["id": "source"], translated("The text under test"))
                + element("p", ["class": "work"], ".。".contains(work.last ?? " ") ? work : work + translated("."))
                + (source.says.map { element("p", markup($0)) } ?? "") + (became ?? ""))
    }

    // MARK: What was found

    func section(_ highlights: [BookConfiguration.Highlight]) -> String {
        element("h2", ["id": "highlights"], translated("The most surprising findings"))
            + element("ul", ["class": "highlights"], highlights.map(item).joined(separator: "\n"))
    }

    private func item(_ highlight: BookConfiguration.Highlight) -> String {
        let says = element("p", ["class": "says"], markup(highlight.says))
        switch highlight.evidence {
        case .place(let place):
            let entry = outline.first { $0.name == place.notebook }
            let address = "\(place.notebook)/index.html#\(place.label)"
            return element("li", says + element("p", element("a", ["href": address], entry?.titleMarkup ?? "")))
        case .claim(let id):
            let entry = ledger?[id]
            let standing = entry?.standing ?? "open"
            let numbers = [entry?.decidingWords?.effect, entry?.decidingWords?.interval.map { "(\($0))" }]
                .compactMap(\.self).joined(separator: " ")
            let page = entry?.decided.map { "\($0.notebook)/index.html" } ?? ""
            let link = element(
                "a", ["href": "\(page)#\(ClaimAnchor.name(id))"], escaped(translated("Claim") + " \(id)"))
            let verdict = element("strong", ["class": "verdict"], translated(standing))
            let effect = numbers.isEmpty ? "" : " " + escaped(numbers)
            return element("li", ["class": standing], says + element("p", "\(link) \(verdict)" + effect))
        }
    }

    // MARK: Chapters

    /// The notebooks, each with its figure where it has one.
    var chapters: String {
        let name = cards.isEmpty ? "notebooks" : "notebooks cards"
        let list = element("ol", ["class": name], outline.map(card).joined(separator: "\n"))
        return outline.isEmpty ? "" : element("h2", ["id": "chapters"], translated("Chapters")) + list
    }

    private func card(_ entry: OutlineEntry) -> String {
        let figure = cards[entry.name]
        let picture = figure.map { figure in
            let text = figure.caption.map { words(of: markup($0, of: entry)) }
            return figure.card(alternativeText: text ?? translated("A figure of this chapter"))
        }
        return element(
            "li",
            (picture ?? (cards.isEmpty ? "" : "<span class=\"no-picture\" aria-hidden=\"true\"></span>"))
                + element("h3", element("a", ["href": "\(entry.name)/index.html"], entry.titleMarkup))
                + (entry.abstract.map { element("p", markup($0, of: entry)) } ?? ""))
    }
}
