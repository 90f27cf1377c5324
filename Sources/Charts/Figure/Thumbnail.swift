extension Figure {
    /// A small picture that stands for the figure: its marks without any words, which could not be read.
    package var thumbnail: Figure {
        var figure = self
        (figure.title, figure.subtitle, figure.isLettered) = (nil, nil, false)
        figure.size = FigureSize(width: 308, height: 198)
        figure.charts = charts.map(\.wordless)
        return figure
    }
}

extension Chart {
    fileprivate var wordless: Chart {
        var chart = self
        (chart.title, chart.subtitle, chart.legend) = (nil, nil, .none)
        (chart.x.label, chart.x.isHidden) = (nil, true)
        (chart.y.label, chart.y.isHidden) = (nil, true)
        return chart
    }
}

extension DisplayList {
    /// The same without words, and without what was painted behind them.
    package var wordless: DisplayList {
        var list = self
        list.items = []
        for item in items {
            guard case .text = item else {
                list.append(item)
                continue
            }
            if case .rectangle(_, let color) = list.items.last, color == background.opacity(TextBlock.haloOpacity) {
                list.items.removeLast()
            }
        }
        return list
    }
}
