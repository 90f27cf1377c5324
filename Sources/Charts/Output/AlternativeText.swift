extension Figure {
    /// What a reader who cannot see the figure is told: the author's words, or the data in words.
    public var alternativeText: String {
        if let givenAlternativeText, !givenAlternativeText.isEmpty { return givenAlternativeText }
        let parts = charts.map { $0.alternativeText }
        let heading = [title, subtitle].compactMap(\.self).map(Words.sentence)
        return (heading + parts).filter { !$0.isEmpty }.joined(separator: Words.phrase(" "))
    }

    /// The same in another language: the phrases are its own, names and the author's words stay as they are.
    public func alternativeText(in phrasing: Phrasing) -> String {
        Phrasing.$current.withValue(phrasing) { alternativeText }
    }
}

extension Chart {
    /// The author's words, or title, axes and data in words.
    fileprivate var alternativeText: String {
        if let givenAlternativeText, !givenAlternativeText.isEmpty { return givenAlternativeText }
        let (xName, yName) = (x.label ?? "x", y.label ?? "y")
        let most = 8
        var facts = marks.prefix(most).map { $0.content.summary(x: xName, y: yName) }
        if marks.count > most { facts.append(Words.phrase("and {1} more marks", "\(marks.count - most)")) }
        facts += notDrawn
        let heading = [title, subtitle].compactMap(\.self).map(Words.sentence)
        let data =
            facts.isEmpty
            ? Words.phrase("The chart is empty.") : Words.sentence(facts.joined(separator: Words.phrase("; ")))
        return TextMarkup.plain((heading + [data]).joined(separator: Words.phrase(" ")))
    }
}

extension Words {
    /// The text with a capital at its start and a full stop at its end.
    static func sentence(_ text: String) -> String {
        guard let first = text.first, let last = text.last else { return "" }
        return first.uppercased() + text.dropFirst() + (".!?。！？".contains(last) ? "" : phrase("."))
    }
}
