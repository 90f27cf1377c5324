public import Notebook
public import Wire

/// A figure of a notebook that stands on the book's front page, too.
public struct FrontFigure: Sendable, Hashable, Codable {
    /// The pictures, from the edition's folder.
    private var wide: ShownFigure.Picture
    private var phone, card: ShownFigure.Picture?
    /// The digest of the light picture on record.
    private let digest: String
    /// Markdown.
    let caption: String?
    private let alternativeText: String
    /// The page that it stands on, and its place there.
    private let address: String

    /// The first figure of the cell labelled `label`; `nil` where there is none.
    ///
    /// - Parameter shown: how a figure is shown.
    public init?(
        _ label: String, of notebook: Notebook, record: Record,
        shown: (FigureContent) -> ShownFigure = { ShownFigure($0) }
    ) {
        guard let cell = notebook.cells.first(where: { $0.options.label == label }),
            let drawn = record.cells.first(where: { $0.label == label }),
            let content = drawn.displays.lazy.compactMap(\.figure).first
        else { return nil }
        self.init(content, shown(content), of: cell, in: notebook)
    }

    /// The figure that stands for the notebook: the first that has a caption.
    ///
    /// - Parameter shown: how a figure is shown.
    public init?(
        standingFor notebook: Notebook, record: Record, shown: (FigureContent) -> ShownFigure = { ShownFigure($0) }
    ) {
        guard let (cell, content) = FrontFigure.standing(for: notebook, record: record) else { return nil }
        self.init(content, shown(content), of: cell, in: notebook)
    }

    /// The figure that stands for the notebook, as its record has it.
    public static func content(standingFor notebook: Notebook, record: Record) -> FigureContent? {
        standing(for: notebook, record: record)?.content
    }

    private static func standing(for notebook: Notebook, record: Record) -> (cell: Cell, content: FigureContent)? {
        for (cell, shown) in zip(notebook.cells, record.cells) {
            guard cell.options.include, cell.options.output, cell.options.figureCaption != nil,
                let content = shown.displays.lazy.compactMap(\.figure).first
            else { continue }
            return (cell, content)
        }
        return nil
    }

    private init(_ content: FigureContent, _ shown: ShownFigure, of cell: Cell, in notebook: Notebook) {
        let folder = notebook.name + "/"
        (wide, phone, card) = (shown.wide.placed(folder), shown.phone?.placed(folder), shown.card?.placed(folder))
        digest = content.light
        caption = cell.options.figureCaption
        alternativeText = cell.options.figureAlternativeText ?? content.shownText
        address = notebook.name + "/index.html"
    }

    /// The picture for those who show a link to its page.
    ///
    /// It is the PNG file, since those who show links read no SVG.
    ///
    /// - Parameter folder: the one that its pictures' paths are from, from the site's.
    func preview(in folder: String) -> PagePreview {
        let shown = wide.light.split(separator: "/").dropLast(2).map { $0 + "/" }.joined()
        let picture = shown + FigureFiles.path(digest)
        return PagePreview(
            path: picture.hasPrefix("../") ? String(picture.dropFirst(3)) : folder + picture,
            alternativeText: alternativeText)
    }

    /// Whether it shows this picture.
    public func shows(_ digest: String) -> Bool { self.digest == digest }

    /// The same for a front page from which `way` leads to the edition's folder.
    public func shown(from way: String) -> FrontFigure {
        var figure = self
        (figure.wide, figure.phone, figure.card) = (wide.placed(way), phone?.placed(way), card?.placed(way))
        return figure
    }

    /// The figure with its caption.
    ///
    /// - Parameter caption: as markup.
    func html(caption: String?) -> String {
        let picture = pictureMarkup(wide, phone: phone, alternativeText: alternativeText, isLazy: false)
        let page = element("a", ["href": address], picture)
        return element("figure", page + (caption.map { element("figcaption", $0) } ?? ""))
    }

    /// A picture that stands for the figure on a card.
    func card(alternativeText: String) -> String {
        pictureMarkup(card ?? wide, phone: nil, alternativeText: alternativeText, isLazy: true)
    }
}

extension Display {
    fileprivate var figure: FigureContent? { if case .figure(let content) = self { content } else { nil } }
}
