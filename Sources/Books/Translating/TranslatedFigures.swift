import Console
import Charts
import Digest
import Engine
import Foundation
import Notebook
import Publishing
import Wire

/// Figures of records drawn again with their words in another language.
struct TranslatedFigures {
    /// The language of the figures' words. A figure for none of whose words there is a term stays as it is.
    private let language: PageLanguage
    /// What the pictures' files say that they were made from.
    let key: String
    /// The pictures and their numbers, by their paths from the page's folder.
    private(set) var files: [String: [UInt8]] = [:]
    /// The digests of what the pictures show.
    private(set) var pictures: Set<String> = []
    /// How figures are shown, by the digests of their light pictures.
    private(set) var shown: [String: ShownFigure] = [:]
    /// The light picture of the figure that stands for the notebook, before it is drawn again.
    private let standing: String?
    /// The bytes of the picture of a figure that is not drawn again.
    private let size: (FigureContent) -> Int?
    /// What was drawn for a figure, by its light picture: records of one notebook share most.
    private var drawn: [String: FigureContent] = [:]

    init(language: PageLanguage, key: String, standing: String?, size: @escaping (FigureContent) -> Int?) {
        self.language = language
        self.key = key
        self.standing = standing
        self.size = size
    }

    /// A record with its figures drawn again.
    mutating func redraw(_ record: Record) throws -> Record {
        var record = record
        for cell in record.cells.indices {
            for (place, display) in record.cells[cell].displays.enumerated() {
                guard case .figure(let content) = display else { continue }
                let figure = try drawn[content.light] ?? translated(content)
                drawn[content.light] = figure
                record.cells[cell].displays[place] = .figure(figure)
            }
        }
        return record
    }

    /// The figure with its words, and with what it tells by ear, in the language.
    private mutating func translated(_ content: FigureContent) throws -> FigureContent {
        let data = content.words(by: language.terms)
        let figure = try JSONDecoder().decode(Figure.self, from: JSONEncoder().encode(data ?? content.data))
        var told = content
        told.alternativeText = figure.alternativeText(in: Phrasing { [language] in language.phrase(for: $0) })
        if let data, let drawn = try draw(figure, data, in: told) { return drawn }
        show(content)
        return told
    }

    /// - Returns: `nil` where a font lacks characters of the words: the figure is better read as it was.
    private mutating func draw(_ figure: Figure, _ data: JSONValue, in content: FigureContent) throws -> FigureContent?
    {
        if try figure.warnings().contains(where: { $0.contains("font") }) {
            Terminal.warnOnce(
                "figures stay in the book's first language: no installed font has all characters of their words; of Chinese"
                    + " ones Debian's fonts-noto-cjk does")
            return nil
        }
        var drawn = content
        drawn.data = data
        drawn.light = try picture(of: figure, .light)
        drawn.dark = try picture(of: figure, .dark)
        files[FigureFiles.dataPath(drawn.light)] = FigureData(drawn).map { Array($0.csv.utf8) }
        let size = files[FigureFiles.path(drawn.light)]?.count ?? 0
        let drawing = try FigureDrawing(of: drawn, pngSize: size, figure: figure)
        shown[drawn.light] = drawing.shown
        files.merge(drawing.files(key: key, hasCard: content.light == standing)) { first, _ in first }
        return drawn
    }

    /// Shows a figure by the pictures that the page in the first language has.
    private mutating func show(_ content: FigureContent) {
        guard shown[content.light] == nil, let size = size(content) else { return }
        shown[content.light] = try? FigureDrawing(of: content, pngSize: size).shown
    }

    private func asShown(_ content: FigureContent) -> ShownFigure { shown[content.light] ?? ShownFigure(content) }

    /// The figure that stands for the notebook, as `record` has it drawn.
    func frontFigure(of notebook: Notebook, record: Record) -> FrontFigure? {
        FrontFigure(standingFor: notebook, record: record, shown: asShown).map(placed)
    }

    private mutating func picture(of figure: Figure, _ theme: Theme) throws -> String {
        let picture = try figure.picture(theme: theme)
        let digest = SHA256Digest(of: picture.content).description
        files[FigureFiles.path(digest)] = labelled(try picture.png(), key: key)
        pictures.insert(digest)
        return digest
    }

    /// A figure with the way to its picture from the language's front page.
    func placed(_ figure: FrontFigure) -> FrontFigure {
        pictures.contains(where: figure.shows) ? figure : figure.shown(from: "../")
    }

    /// The labelled figures of `notebook`, by their labels, as `record` has them drawn.
    func onFrontPage(of notebook: Notebook, record: Record) -> [String: FrontFigure] {
        let labels = notebook.cells.compactMap(\.options.label)
        return labels.reduce(into: [:]) { figures, label in
            figures[label] = FrontFigure(label, of: notebook, record: record, shown: asShown).map(placed)
        }
    }
}
