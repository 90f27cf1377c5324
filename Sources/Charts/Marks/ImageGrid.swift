import Foundation

/// Small grey images in rows, each pixel a rectangle: handwritten digits, weights of units.
///
/// ```swift
/// Chart("Misread digits") {
///     ImageGrid(images, width: 28, height: 28, columns: 10, captions: predictions.map(String.init))
/// }
/// ```
public struct ImageGrid: Codable, Hashable, Sendable, MarkConvertible {
    /// The images' pixels one after the other, row by row from the top; 0 is background, 255 full ink.
    public var pixels: PixelBytes
    /// Pixels in a row of an image.
    public var width: Int
    /// Rows of an image.
    public var height: Int
    /// Images in a row of the grid.
    public var columns: Int
    /// What stands below each image; none if empty.
    public var captions: [String]
    /// Which images are framed, counted from 0.
    public var highlighted: [Int]

    /// A grid of images of `width` × `height` bytes each.
    public init(
        _ images: some Sequence<some Sequence<UInt8>>, width: Int, height: Int, columns: Int = 10,
        captions: [String] = [], highlighted: [Int] = []
    ) {
        pixels = PixelBytes(bytes: images.flatMap { Array($0) })
        self.width = max(1, width)
        self.height = max(1, height)
        self.columns = max(1, columns)
        self.captions = captions
        self.highlighted = highlighted
    }

    /// A grid of images given as numbers, of which `from` is background and `to` full ink.
    public init(
        intensities: some Sequence<some Sequence<some PlottableNumber>>, width: Int, height: Int, from: Double = 0,
        to: Double = 1, columns: Int = 10, captions: [String] = [], highlighted: [Int] = []
    ) {
        let images = intensities.map { image in
            image.map { value -> UInt8 in
                let share = (value.plotted - from) / (to - from)
                return share.isNaN ? 0 : UInt8(min(max(share, 0), 1) * 255 + 0.5)
            }
        }
        self.init(
            images, width: width, height: height, columns: columns, captions: captions, highlighted: highlighted)
    }

    /// Itself as a mark.
    public var mark: Mark { Mark(self) }
}

/// Bytes that JSON holds as base64.
public struct PixelBytes: Codable, Hashable, Sendable {
    /// The bytes.
    public var bytes: [UInt8]

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// Reads base64.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let data = Data(base64Encoded: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "the pixels are not base64")
        }
        bytes = Array(data)
    }

    /// Writes base64.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Data(bytes).base64EncodedString())
    }
}

extension ImageGrid: MarkContent {
    package static var name: String { "imageGrid" }
    package var isSeries: Bool { false }
    package var isBare: Bool { true }
    package var problem: String? {
        if pixels.bytes.count % (width * height) != 0 {
            return "has \(pixels.bytes.count) pixels, which is no whole number of images of \(width)×\(height)"
        }
        return captions.isEmpty ? nil : mismatch(count, "images", captions.count, "captions")
    }

    private var count: Int { pixels.bytes.count / (width * height) }
    private var rows: Int { (count + columns - 1) / columns }
    private var captionHeight: Double { captions.isEmpty ? 0 : 16 }
    private static let gap = 8.0

    /// The points that the grid takes when it is `available` points wide: two points a pixel, or fewer to fit.
    func size(available: Double) -> FigureSize {
        let across = Double(min(columns, max(1, count)))
        let tile = tileWidth(available: available, across: across, most: 56)
        return FigureSize(
            width: across * (tile + Self.gap) - Self.gap,
            height: Double(max(1, rows)) * (tile / Double(width) * Double(height) + captionHeight + Self.gap) - Self.gap
        )
    }

    /// A width at which each pixel is a whole number of half points, if there is room for half a point.
    private func tileWidth(available: Double, across: Double, most: Double) -> Double {
        let room = min(most, (available + Self.gap) / across - Self.gap)
        let pixel = (room * 2 / Double(width)).rounded(.down) / 2
        return max(1, pixel >= 0.5 ? pixel * Double(width) : room)
    }

    package func naturalSize(in surroundings: Surroundings) -> FigureSize? {
        guard surroundings.markCount == 1 else { return nil }
        let size = size(available: 700 - 2 * Style.margin)
        let width = max(size.width + 2 * Style.margin, surroundings.hasTitle ? 360 : 0)
        return FigureSize(width: width, height: size.height + 2 * Style.margin + surroundings.headingHeight + 8)
    }

    package func reach(x: inout Extent, y: inout Extent) {}

    package func draw(in plot: Plot, color: Color, to list: inout DisplayList) {
        guard count > 0 else { return }
        let across = Double(min(columns, count))
        let most = (plot.area.height + Self.gap) / Double(rows) - Self.gap - captionHeight
        let tile = tileWidth(available: plot.area.width, across: across, most: most / Double(height) * Double(width))
        let tileHeight = tile / Double(width) * Double(height)
        let inks = (0...255).map { Self.ink($0, plot.theme) }
        for index in 0..<count {
            let x = plot.area.x + Double(index % columns) * (tile + Self.gap)
            let y = plot.area.y + Double(index / columns) * (tileHeight + captionHeight + Self.gap)
            let bytes = pixels.bytes[index * width * height..<(index + 1) * width * height]
            let frame = Rect(x: x, y: y, width: tile, height: tileHeight)
            if highlighted.contains(index) { list.append(.rectangle(frame.inset(-2), plot.theme.palette[1])) }
            list.append(.image(PixelGrid(width: width, height: height, pixels: bytes.map { inks[Int($0)] }), frame))
            guard let caption = captions[safe: index] else { continue }
            let run = plot.fonts.fitting(caption, size: 11.5, width: tile + Self.gap - 2)
            let start = Point(x + tile / 2 - run.width / 2, y + tileHeight + 13)
            let isHighlighted = highlighted.contains(index)
            list.append(.text(run, at: start, .none, isHighlighted ? plot.theme.palette[1] : plot.theme.secondaryText))
        }
    }

    private static func ink(_ value: Int, _ theme: Theme) -> Color {
        let paper = theme == .light ? Color(0xF1F3F5) : Color(0x23282F)
        return paper.mixed(with: theme == .light ? Color(0x000000) : Color(0xFFFFFF), Double(value) / 255)
    }

    /// In so many columns that a pixel is at least a point wide.
    package func fitted(to width: Double) -> ImageGrid {
        var grid = self
        grid.columns = max(
            1, min(columns, Int((width - 2 * Style.margin + Self.gap) / (Double(self.width) + Self.gap))))
        return grid
    }

    package func summary(x: String, y: String) -> String {
        let marked = highlighted.isEmpty ? "" : Words.phrase(", {1} of them framed", "\(highlighted.count)")
        let shown =
            captions.isEmpty ? "" : Words.phrase(", captioned {1}", Words.list(Array(captions.prefix(10))))
        return Words.phrase("{1} of {2}×{3} pixels", Words.count(count, "image"), "\(width)", "\(height)") + marked
            + shown
            + (captions.count > 10 ? Words.phrase(", …") : "")
    }
}
