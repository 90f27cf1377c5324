extension Chart {
    /// The size that suits the chart's marks.
    var naturalSize: FigureSize {
        let heading = (title == nil ? 0 : 26.0) + (subtitle == nil ? 0 : 20.0)
        for mark in marks {
            switch mark {
            case .imageGrid(let grid) where marks.count == 1:
                let size = grid.size(available: 700 - 2 * Style.margin)
                let width = max(size.width + 2 * Style.margin, title == nil ? 0 : 360)
                return FigureSize(width: width, height: size.height + 2 * Style.margin + heading + 8)
            case .heatMap(let map):
                let width = 130 + Double(map.columns.count) * 46 + (map.showsColorBar ? 60 : 0)
                let height = 76 + heading + Double(map.rows.count) * 36
                return FigureSize(width: min(max(width, 380), 760), height: min(max(height, 260), 640))
            case .bars(let bars) where bars.isHorizontal: return lying(bars.positions, heading)
            case .intervals(let intervals) where intervals.isHorizontal: return lying(intervals.positions, heading)
            case .boxes(let boxes) where boxes.isHorizontal: return lying(boxes.positions, heading)
            default: continue
            }
        }
        return .standard
    }

    private func lying(_ positions: Positions, _ heading: Double) -> FigureSize {
        guard case .names(let names) = positions else { return .standard }
        let series = max(1, marks.count { $0.content.group != nil })
        let row = 30 + 12 * Double(min(series, 6) - 1)
        return FigureSize(width: 700, height: min(max(90 + heading + Double(Set(names).count) * row, 200), 1600))
    }
}
