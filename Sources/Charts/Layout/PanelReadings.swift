/// What readers are told who point at one chart of a figure.
struct PanelReadings {
    /// Where marks are drawn, in the picture.
    let area: Rect
    /// What the axes show.
    let x, y: String
    let series: [Series]

    struct Series {
        let label: String
        /// Whether every second or third of the readings tells enough.
        let isCourse: Bool
        let readings: [Reading]
    }
}

extension Panel {
    /// What readers are told who point at the chart in this place.
    func readings(in available: Rect) -> PanelReadings {
        var plot = plot(in: fitted(available))
        let series = marks.enumerated().map { index, numbered in
            let mark = numbered.mark.content
            plot.slot = slot(index)
            return PanelReadings.Series(
                label: mark.label ?? "", isCourse: !mark.isReadAlongX && !mark.fillsPlot,
                readings: mark.readings(in: plot).filter { plot.area.inset(-1).contains($0.place) })
        }
        return PanelReadings(area: plot.area, x: chart.x.label ?? "", y: chart.y.label ?? "", series: series)
    }
}
