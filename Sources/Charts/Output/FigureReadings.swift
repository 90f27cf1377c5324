/// What readers are told who point at a figure on a page: the numbers that its marks show, and where each is.
///
/// As JSON it is what `page/figures.js` reads.
package struct FigureReadings: Encodable, Hashable, Sendable {
    package let charts: [Chart]

    package struct Chart: Encodable, Hashable, Sendable {
        /// Where marks are drawn, in thousandths of the picture: left, top, width and height; first in the wide picture, then in each
        /// narrower one.
        package let areas: [[Int]]
        /// What the axes show.
        package let x, y: String
        package let series: [Series]
    }

    package struct Series: Encodable, Hashable, Sendable {
        package let label: String
        /// Across and down, one after the other, in thousandths of the area.
        package let places: [Int]
        /// What is told at each place: what is read along x, along y, and what else is shown, with tabulators between.
        package let texts: [String]
    }

    /// More are not told: of lines every second, third, … is, of clouds none.
    private static let most = 400

    /// The readings of a figure, which is drawn as `figures`, the wide one first.
    ///
    /// - Returns: nil where there is nothing to tell.
    /// - Throws: `ChartError` where sequences do not belong together or no font is installed.
    package init?(_ figures: [Figure]) throws(ChartError) {
        var layouts: [[PanelReadings]] = []
        for figure in figures { layouts.append(try FigureLayout.readings(figure, fonts: FontBook.shared())) }
        let panels = layouts[0]
        let courses = panels.flatMap(\.series).filter(\.isCourse).reduce(0) { $0 + $1.readings.count }
        let step = max(1, (courses + Self.most - 1) / Self.most)
        var left = Self.most
        charts = panels.indices.map { index in
            let areas = zip(figures, layouts).map { Self.shares(of: $1[index].area, in: $0.size) }
            let series = panels[index].series.compactMap { series -> Series? in
                guard series.isCourse || series.readings.count <= left else { return nil }
                if !series.isCourse { left -= series.readings.count }
                return Series(series, in: panels[index].area, step: series.isCourse ? step : 1)
            }
            return Chart(
                areas: areas, x: TextMarkup.plain(panels[index].x), y: TextMarkup.plain(panels[index].y), series: series
            )
        }
        if charts.allSatisfy(\.series.isEmpty) { return nil }
    }

    private static func shares(of area: Rect, in size: FigureSize) -> [Int] {
        [area.x / size.width, area.y / size.height, area.width / size.width, area.height / size.height].map {
            Int(($0 * 1000).rounded())
        }
    }
}

extension FigureReadings.Series {
    /// - Parameter step: how many readings there are for each that is told; the last is told always.
    fileprivate init?(_ series: PanelReadings.Series, in area: Rect, step: Int) {
        let readings = series.readings.enumerated().filter { index, _ in
            index % step == 0 || index == series.readings.count - 1
        }.map(\.element)
        if readings.isEmpty { return nil }
        label = TextMarkup.plain(series.label)
        places = readings.flatMap { reading in
            [(reading.place.x - area.x) / area.width, (reading.place.y - area.y) / area.height].map {
                Int(($0 * 1000).rounded())
            }
        }
        texts = readings.map { reading in
            [reading.x, reading.y, reading.value].compactMap(\.self).map(TextMarkup.plain).joined(separator: "\t")
        }
    }
}
