/// Text that has to fit, and text over marks.
extension FontBook {
    /// `text` in one line no wider than `width`, cut with an ellipsis if need be.
    func fitting(_ text: String, size: Double, weight: Weight = .regular, width: Double) -> TextRun {
        let whole = run(text, size: size, weight: weight)
        guard whole.width > width else { return whole }
        var (low, high) = (0, text.count)
        while low < high {
            let middle = (low + high + 1) / 2
            if run(text.prefix(middle) + "…", size: size, weight: weight).width <= width {
                low = middle
            } else {
                high = middle - 1
            }
        }
        return run(text.prefix(low) + "…", size: size, weight: weight)
    }

    /// `text` broken between words into at most `lines` lines no wider than `width`; the last is cut if need be.
    func wrapped(_ text: String, size: Double, weight: Weight = .regular, width: Double, lines: Int) -> [TextRun] {
        var broken: [String] = []
        for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
            var line = ""
            for word in paragraph.split(separator: " ", omittingEmptySubsequences: false) {
                let longer = line.isEmpty ? String(word) : line + " " + word
                if !line.isEmpty, run(longer, size: size, weight: weight).width > width {
                    broken.append(line)
                    line = String(word)
                } else {
                    line = longer
                }
            }
            broken.append(line)
        }
        if broken.count > lines {
            broken = broken.prefix(lines - 1) + [broken.dropFirst(lines - 1).joined(separator: " ")]
        }
        return broken.map { fitting($0, size: size, weight: weight, width: width) }
    }

    private func run(_ text: some StringProtocol, size: Double, weight: Weight) -> TextRun {
        run(String(text), size: size, weight: weight)
    }
}

enum TextBlock {
    /// How much of what is behind a line of text the colour around it hides.
    static let haloOpacity = 0.8

    /// Draws a line of text with the background's colour shining around it, so that it can be read over marks.
    static func halo(_ run: TextRun, at start: Point, color: Color, theme: Theme, to list: inout DisplayList) {
        let box = Rect(
            x: start.x - 2, y: start.y - run.size * 0.86, width: run.width + 4, height: run.size * 1.14)
        list.append(.rectangle(box, theme.background.opacity(haloOpacity)))
        list.append(.text(run, at: start, .none, color))
    }
}
