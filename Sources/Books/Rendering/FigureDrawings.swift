import Charts
import Digest
import Engine
import Foundation
import Publishing
import Synchronization
import Wire

/// A notebook's figures as its page shows them. Each is drawn once, however often a watched page is woven.
final class FigureDrawings: Sendable {
    private let known: Mutex<[String: FigureDrawing]> = Mutex([:])

    /// A figure as a page shows it.
    ///
    /// - Parameters:
    ///   - pngSize: the bytes of its PNG file for light pages.
    ///   - figure: what `content` holds, where that is known.
    /// - Throws: where the figure cannot be drawn here, as on a machine without the font.
    func drawing(of content: FigureContent, pngSize: Int, figure: Figure? = nil) throws -> FigureDrawing {
        if let drawing = known.withLock({ $0[content.light] }) { return drawing }
        let drawing = try FigureDrawing(of: content, pngSize: pngSize, figure: figure)
        known.withLock { $0[content.light] = drawing }
        return drawing
    }

    /// Keeps only the figures with these light pictures.
    func keep(_ digests: Set<String>) { known.withLock { known in known = known.filter { digests.contains($0.key) } } }
}

extension BookRenderer {
    /// The bytes of the picture of a figure for light pages in the folder of the notebook `name`; `nil` where it is not there.
    func pictureSize(_ figure: FigureContent, of name: String) -> Int? {
        try? (folder / "\(name)/\(FigureFiles.path(figure.light))").read().count
    }
}

/// The pictures of a figure for a page, drawn from what its record holds of it: as SVG where that is smaller than the PNG file of the
/// record, else as PNG.
struct FigureDrawing: Sendable {
    private(set) var shown: ShownFigure
    /// The files, by their paths from the page's folder: each with how the key of its cell is written into it.
    private var files: [String: Content] = [:]

    private enum Content: Sendable {
        case svg(String)
        case png([UInt8])
    }

    /// Points of width that pages have for a figure.
    private static let pageWidth = 760.0

    init(of content: FigureContent, pngSize: Int, figure: Figure? = nil) throws {
        shown = ShownFigure(content)
        let figure = try figure ?? JSONDecoder().decode(Figure.self, from: JSONEncoder().encode(content.data))
        let (page, phone) = (figure.fitted(to: Self.pageWidth), figure.fitted(to: Figure.phoneWidth))
        let drawn = try Theme.allCases.map { try page.pageSVG(theme: $0) }
        let isSmaller = drawn[0].utf8.count < pngSize
        if isSmaller {
            shown.wide = add(drawn, of: page)
        } else if page != figure {
            shown.wide = try addPixels(of: page)
        }
        if phone != page {
            shown.phone =
                isSmaller
                ? add(try Theme.allCases.map { try phone.pageSVG(theme: $0) }, of: phone) : try addPixels(of: phone)
        }
        shown.values = try FigureReadings(phone == page ? [page] : [page, phone]).map { readings in
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(readings), as: UTF8.self)
        }
        let cards = try Theme.allCases.map { try figure.thumbnailSVG(theme: $0) }
        shown.card = add(cards, of: figure.thumbnail)
    }

    /// The files with the key of the cell that drew them.
    ///
    /// - Parameter hasCard: whether the picture for a card is among them.
    func files(key: String, hasCard: Bool) -> [String: [UInt8]] {
        let cards = hasCard ? [] : [shown.card?.light, shown.card?.dark]
        return files.filter { !cards.contains($0.key) }.mapValues { content in
            switch content {
            case .svg(let text): labelled(drawing: text, key: key)
            case .png(let bytes): labelled(bytes, key: key)
            }
        }
    }

    private mutating func add(_ drawings: [String], of figure: Figure) -> ShownFigure.Picture {
        let paths = drawings.map { drawing in
            let path = FigureFiles.drawingPath(SHA256Digest(of: drawing.utf8).description)
            files[path] = .svg(drawing)
            return path
        }
        return Self.picture(paths, of: figure)
    }

    private mutating func addPixels(of figure: Figure) throws -> ShownFigure.Picture {
        let paths = try Theme.allCases.map { theme in
            let picture = try figure.picture(theme: theme)
            let path = FigureFiles.path(SHA256Digest(of: picture.content).description)
            files[path] = .png(try picture.png())
            return path
        }
        return Self.picture(paths, of: figure)
    }

    /// - Parameter paths: the light one, and the dark one.
    private static func picture(_ paths: [String], of figure: Figure) -> ShownFigure.Picture {
        ShownFigure.Picture(
            light: paths[0], dark: paths[1], width: Int(figure.size.width.rounded()),
            height: Int(figure.size.height.rounded()))
    }
}
