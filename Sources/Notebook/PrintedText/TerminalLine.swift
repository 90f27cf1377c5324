/// One line of a terminal: a cell for each column.
struct TerminalLine {
    struct Cell {
        enum Glyph: Hashable {
            case scalar(Unicode.Scalar)
            /// The cell belongs to the glyph before it, which is wider than a column.
            case covered
        }

        var glyph: Glyph
        var style: TextStyle

        static let blank = Cell(glyph: .scalar(" "), style: .plain)
    }

    private(set) var cells: [Cell] = []
    /// What stands over or joins the glyph of a column, such as accents, by column.
    private var marks: [Int: String.UnicodeScalarView] = [:]

    /// Puts a glyph at `column`, which is at most one behind the last. A wider one that it touches goes.
    mutating func put(_ scalar: Unicode.Scalar, width: Int, style: TextStyle, at column: Int) {
        let end = column + width
        if column < cells.count {
            blankGlyph(at: column)
            if end < cells.count, cells[end].glyph == .covered { blankGlyph(at: end) }
        }
        for place in column..<end {
            let cell = Cell(glyph: place == column ? .scalar(scalar) : .covered, style: style)
            marks[place] = nil
            if place < cells.count { cells[place] = cell } else { cells.append(cell) }
        }
    }

    /// Makes blanks of the glyph that `column` is part of.
    private mutating func blankGlyph(at column: Int) {
        var start = column
        while start > 0, cells[start].glyph == .covered { start -= 1 }
        var end = column + 1
        while end < cells.count, cells[end].glyph == .covered { end += 1 }
        guard end - start > 1 else { return }
        for place in start..<end { cells[place] = .blank }
        marks[start] = nil
    }

    /// Adds `scalar` to the glyph that ends before `column`.
    ///
    /// - Returns: whether there is one.
    mutating func join(_ scalar: Unicode.Scalar, before column: Int) -> Bool {
        guard var place = cells.indices.contains(column - 1) ? column - 1 : nil else { return false }
        while place > 0, cells[place].glyph == .covered { place -= 1 }
        marks[place, default: .init()].append(scalar)
        return true
    }

    /// Whether the glyph that ends before `column` waits for another to join it.
    func isJoining(before column: Int) -> Bool {
        guard !marks.isEmpty, var place = cells.indices.contains(column - 1) ? column - 1 : nil else { return false }
        while place > 0, cells[place].glyph == .covered { place -= 1 }
        return marks[place]?.last == "\u{200D}"
    }

    mutating func pad(to column: Int) {
        while cells.count < column { cells.append(.blank) }
    }

    /// Erases all from `column` on.
    mutating func erase(from column: Int) {
        guard column < cells.count else { return }
        if cells[column].glyph == .covered { blankGlyph(at: column) }
        for place in column..<cells.count where !marks.isEmpty { marks[place] = nil }
        cells.removeSubrange(column...)
    }

    /// Makes blanks of `columns`, as far as the line goes.
    mutating func blank(_ columns: Range<Int>) {
        for column in columns.clamped(to: cells.indices) {
            blankGlyph(at: column)
            cells[column] = .blank
            marks[column] = nil
        }
    }

    /// Hands each stretch of one style to `take`.
    func forEachScalar(_ take: (Unicode.Scalar, TextStyle) -> Void) {
        for (column, cell) in cells.enumerated() {
            guard case .scalar(let scalar) = cell.glyph else { continue }
            take(scalar, cell.style)
            if !marks.isEmpty { marks[column]?.forEach { take($0, cell.style) } }
        }
    }
}

extension Unicode.Scalar {
    /// Whether it stands over the glyph before it, or changes or joins it.
    var joinsGlyph: Bool {
        value >= 0x300 && (properties.isGraphemeExtend || properties.isEmojiModifier || value == 0x200D)
    }

    /// How many columns its glyph takes (after Unicode's Standard Annex 11): those of East Asia and emoji take two.
    var columns: Int {
        guard value >= 0x1100 else { return 1 }
        switch value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3,
            0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
            return 2
        default: return properties.isEmojiPresentation ? 2 : 1
        }
    }
}
