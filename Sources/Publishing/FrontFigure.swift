public import Notebook
import Wire

/// A figure of a notebook that stands on the book's front page, too.
public struct FrontFigure: Sendable, Hashable, Codable {
    /// The pictures, from the edition's folder.
    private var light, dark: String
    private let width, height: Int
    /// Markdown.
    let caption: String?
    private let alternativeText: String
    /// The page that it stands on, and its place there.
    private let address: String

    /// The first figure of the cell labelled `label`; `nil` where there is none.
    public init?(_ label: String, of notebook: Notebook, record: Record) {
        guard let cell = notebook.cells.first(where: { $0.options.label == label }),
            let shown = record.cells.first(where: { $0.label == label }),
            let content = shown.displays.lazy.compactMap(\.figure).first
        else { return nil }
        self.init(content, of: cell, in: notebook)
    }

    /// The figure that stands for the notebook: the first that has a caption.
    public init?(standingFor notebook: Notebook, record: Record) {
        for (cell, shown) in zip(notebook.cells, record.cells) {
            guard cell.options.include, cell.options.output, cell.options.figureCaption != nil,
                let content = shown.displays.lazy.compactMap(\.figure).first
            else { continue }
            self.init(content, of: cell, in: notebook)
            return
        }
        return nil
    }

    private init(_ content: FigureContent, of cell: Cell, in notebook: Notebook) {
        light = notebook.name + "/" + FigureFiles.path(content.light)
        dark = notebook.name + "/" + FigureFiles.path(content.dark)
        (width, height) = (content.width, content.height)
        caption = cell.options.figureCaption
        alternativeText = cell.options.figureAlternativeText ?? content.shownText
        address = notebook.name + "/index.html"
    }

    /// Whether it shows this picture.
    public func shows(_ digest: String) -> Bool { light.hasSuffix(FigureFiles.path(digest)) }

    /// The same for a front page from which `way` leads to the edition's folder.
    public func shown(from way: String) -> FrontFigure {
        var figure = self
        (figure.light, figure.dark) = (way + light, way + dark)
        return figure
    }

    /// The figure with its caption.
    ///
    /// - Parameter caption: as markup.
    func html(caption: String?) -> String {
        let page = element("a", ["href": address], picture(alternativeText: alternativeText))
        return element("figure", page + (caption.map { element("figcaption", $0) } ?? ""))
    }

    /// The picture alone.
    func picture(alternativeText: String, isLazy: Bool = false) -> String {
        let image = openTag(
            "img",
            [
                "src": light, "alt": alternativeText, "width": String(width), "height": String(height),
                "loading": isLazy ? "lazy" : "",
            ])
        let dark = openTag("source", ["media": "(prefers-color-scheme: dark)", "srcset": dark])
        return element("picture", dark + image)
    }
}

extension Display {
    fileprivate var figure: FigureContent? { if case .figure(let content) = self { content } else { nil } }
}
