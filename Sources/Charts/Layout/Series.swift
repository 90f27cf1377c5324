/// Which number in the palette each label has: in charts numbered together, the same label has the same colour.
struct SeriesNumbers {
    private var numbers: [String: Int] = [:]

    init(_ charts: [Chart]) {
        for chart in charts {
            for key in Self.keys(of: chart.marks).compactMap(\.self) where numbers[key] == nil {
                numbers[key] = numbers.count
            }
        }
    }

    /// The marks of a chart, each with its number and as it looks under that.
    func numbered(_ marks: [Mark]) -> [(mark: Mark, number: Int)] {
        zip(marks, Self.keys(of: marks)).map { mark, key in
            let number = key.flatMap { numbers[$0] } ?? 0
            return (mark.varied(number), number)
        }
    }

    /// What tells a series from others: its label, or how many without one came before it in its chart.
    private static func keys(of marks: [Mark]) -> [String?] {
        var unlabelled = 0
        return marks.map { mark in
            guard mark.content.isSeries, mark.content.color == .automatic else { return nil }
            if let label = mark.content.label { return label }
            unlabelled += 1
            return "\u{0}\(unlabelled)"
        }
    }
}

/// A label in a legend, and how its series looks.
struct LegendEntry {
    let label: String
    let color: Color
    var keys: [LegendKey]

    /// The labels of `marks` in the order in which they first appear.
    static func entries(_ marks: [(mark: Mark, number: Int)], theme: Theme) -> [LegendEntry] {
        var entries: [LegendEntry] = []
        for (mark, number) in marks {
            guard let label = mark.content.label, !label.isEmpty, let key = mark.content.legendKey else { continue }
            if let known = entries.firstIndex(where: { $0.label == label }) {
                if !entries[known].keys.contains(key) { entries[known].keys.append(key) }
            } else {
                let color = theme.color(mark.content.color, series: number)
                entries.append(LegendEntry(label: label, color: color, keys: [key]))
            }
        }
        return entries
    }

    /// Draws the sample of the series, `Style.legendKey` wide, around a middle height.
    func drawKey(at x: Double, middle: Double, theme: Theme, to list: inout DisplayList) {
        let width = Style.legendKey
        for key in keys {
            switch key {
            case .area(let opacity):
                let box = Rect(x: x + 4, y: middle - 5.5, width: width - 8, height: 11)
                list.append(.rectangle(box, theme.wash(color, opacity)))
            case .line(let style, let marker):
                list.append(.stroke([Point(x + 1, middle), Point(x + width - 1, middle)], style, color))
                if let marker { list.append(.markers([Point(x + width / 2, middle)], marker, diameter: 6.5, color)) }
            case .marker(let shape):
                list.append(.markers([Point(x + width / 2, middle)], shape, diameter: 7, color))
            }
        }
    }
}
