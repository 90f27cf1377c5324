extension Figure {
    /// The figure as a complete PNG file.
    ///
    /// The file has an sRGB, a gAMA and a pHYs chunk, the title, the alternative text and `Software` as text chunks,
    /// and no time, so that the same figure and font give the same bytes.
    ///
    /// ```swift
    /// let bytes = try chart.figure.png(theme: .dark, metadata: ["Key": cellKey])
    /// ```
    ///
    /// - Parameters:
    ///   - theme: light or dark.
    ///   - scale: pixels in a point, kept between 0.1 and 8.
    ///   - metadata: more text chunks; keys of 1 to 79 Latin characters.
    /// - Throws: `ChartError` where sequences do not belong together, no font is installed, or libpng refuses.
    public func png(
        theme: Theme, scale: Double = 2, metadata: [String: String] = [:]
    ) throws(ChartError) -> [UInt8] {
        try picture(theme: theme, scale: scale, metadata: metadata).png()
    }

    /// The figure as it looks and reads in one theme, not yet written as a file; the parameters are those of
    /// ``png(theme:scale:metadata:)``.
    ///
    /// - Throws: `ChartError` where sequences do not belong together or no font is installed.
    public func picture(
        theme: Theme, scale: Double = 2, metadata: [String: String] = [:]
    ) throws(ChartError) -> Picture {
        var texts = metadata
        texts["Title"] = title ?? charts.first?.title
        texts["Description"] = alternativeText
        texts["Software"] = "kdbook"
        return Picture(
            samples: Samples(try bitmap(theme: theme, scale: scale)), scale: Self.limited(scale), texts: texts)
    }

    /// The figure as an SVG document, text as outlines.
    ///
    /// - Throws: `ChartError` where sequences do not belong together or no font is installed.
    public func svg(theme: Theme) throws(ChartError) -> String {
        try SVGBackend.document(
            try displayList(theme: theme), title: title ?? charts.first?.title ?? "Figure",
            description: alternativeText, fonts: FontBook.shared())
    }

    /// The figure as an SVG document without the words for readers who cannot see it, which stand beside it on a page.
    ///
    /// - Throws: `ChartError` where sequences do not belong together or no font is installed.
    package func pageSVG(theme: Theme) throws(ChartError) -> String {
        try SVGBackend.document(try displayList(theme: theme), title: nil, description: nil, fonts: FontBook.shared())
    }

    /// The figure's ``thumbnail`` as an SVG document.
    ///
    /// - Throws: `ChartError` where sequences do not belong together or no font is installed.
    package func thumbnailSVG(theme: Theme) throws(ChartError) -> String {
        try SVGBackend.document(
            try thumbnail.displayList(theme: theme).wordless, title: nil, description: nil, fonts: FontBook.shared())
    }

    /// What could not be drawn as asked, such as characters that no installed font has.
    ///
    /// - Throws: `ChartError` where sequences do not belong together or no font is installed.
    public func warnings() throws(ChartError) -> [String] { try displayList(theme: .light).warnings }

    /// The figure's pixels.
    package func bitmap(theme: Theme, scale: Double = 2) throws(ChartError) -> Bitmap {
        let fonts = try FontBook.shared()
        return RasterBackend.draw(try displayList(theme: theme), scale: Self.limited(scale), fonts: fonts)
    }

    /// What a backend draws.
    package func displayList(theme: Theme) throws(ChartError) -> DisplayList {
        try FigureLayout.displayList(self, theme: theme, fonts: FontBook.shared())
    }

    private static func limited(_ scale: Double) -> Double { scale.isNaN ? 2 : min(max(scale, 0.1), 8) }
}
