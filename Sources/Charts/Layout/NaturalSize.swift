extension Chart {
    /// The size that suits the chart's marks: what the first that asks for one asks for.
    var naturalSize: FigureSize {
        marks.lazy.compactMap { $0.content.naturalSize(in: surroundings) }.first ?? .standard
    }

    /// What marks may know when they are asked for a size.
    var surroundings: Surroundings {
        Surroundings(
            headingHeight: (title == nil ? 0 : 26) + (subtitle == nil ? 0 : 20), hasTitle: title != nil,
            markCount: marks.count, groupedCount: marks.count { $0.content.group != nil })
    }
}
