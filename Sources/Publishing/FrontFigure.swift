public import Notebook
import Wire

/// A figure of a notebook that stands on the book's front page, too.
public struct FrontFigure: Sendable, Hashable {
    private let content: FigureContent
    private let caption: String?
    private let alternativeText: String?
    private let notebook: String

    /// The first figure of the cell labelled `label`; `nil` where there is none.
    public init?(_ label: String, of notebook: Notebook, record: Record) {
        guard let cell = notebook.cells.first(where: { $0.options.label == label }),
            let shown = record.cells.first(where: { $0.label == label }),
            let content = shown.displays.lazy.compactMap(\.figure).first
        else { return nil }
        self.content = content
        caption = cell.options.figureCaption
        alternativeText = cell.options.figureAlternativeText
        self.notebook = notebook.name
    }

    var html: String {
        let folder = notebook + "/"
        let image = openTag(
            "img",
            [
                "src": folder + FigureFiles.path(content.light), "alt": alternativeText ?? content.shownText,
                "width": String(content.width), "height": String(content.height),
            ])
        let dark = openTag(
            "source",
            ["media": "(prefers-color-scheme: dark)", "srcset": folder + FigureFiles.path(content.dark)])
        let page = element("a", ["href": folder + "index.html"], element("picture", dark + image))
        return element("figure", page + (caption.map { element("figcaption", escaped($0)) } ?? ""))
    }
}

extension Display {
    fileprivate var figure: FigureContent? { if case .figure(let content) = self { content } else { nil } }
}
