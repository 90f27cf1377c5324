/// What becomes of printed text on a terminal: lines that can still be changed, and above them what cannot.
struct TerminalScreen {
    /// How many lines can be reached, from the last one upwards; those above are as they are.
    static let height = 100
    /// How far the cursor can be moved to the right of what stands there, and how much of a line is erased to its left. Lines
    /// themselves are as long as what is printed.
    static let width = 132

    private(set) var finished = RunList()
    private var lines = [TerminalLine()]
    private var line = 0
    private var column = 0
    private var style = TextStyle.plain

    mutating func print(_ text: String) {
        var rest = text[...].unicodeScalars
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\u{1B}":
                switch ControlSequence(&rest) {
                case .function(let name, let parameters): carryOut(name, parameters)
                case .ignored: break
                case .alone: put(scalar.visible)
                }
            case "\n", "\u{B}", "\u{C}": endLine()
            case "\r": column = 0
            case "\u{8}": column = max(0, column - 1)
            case "\t": tabulate()
            // A sound, and other sets of characters: a terminal shows nothing for them.
            case "\u{7}", "\u{E}", "\u{F}": break
            default: put(scalar.visible)
            }
        }
    }

    /// All lines.
    consuming func runs() -> [PrintedText.Run] {
        finish(lines.count)
        return finished.runs()
    }

    private mutating func put(_ scalar: Unicode.Scalar) {
        if scalar.joinsGlyph || lines[line].isJoining(before: column), lines[line].join(scalar, before: column) {
            return
        }
        put(scalar, width: scalar.columns)
    }

    private mutating func put(_ scalar: Unicode.Scalar, width: Int) {
        if column > lines[line].cells.count {
            column = max(lines[line].cells.count, min(column, TerminalScreen.width))
            lines[line].pad(to: column)
        }
        lines[line].put(scalar, width: width, style: style, at: column)
        column += width
    }

    /// Goes on to the next of the columns that are eight apart, over what stands there.
    private mutating func tabulate() {
        let width = 8 - column % 8
        if column < lines[line].cells.count { column += width } else { put("\t", width: width) }
    }

    private mutating func endLine() {
        line += 1
        column = 0
        guard line == lines.count else { return }
        lines.append(TerminalLine())
        // Now and then, so that each line is moved once.
        if lines.count > 2 * TerminalScreen.height { finish(TerminalScreen.height) }
    }

    /// Moves the first `count` lines to what cannot be changed.
    private mutating func finish(_ count: Int) {
        for (number, line) in lines.prefix(count).enumerated() {
            line.forEachScalar { finished.append($0, $1) }
            if number + 1 < lines.count { finished.endLine() }
        }
        lines.removeFirst(count)
        line -= count
    }
}

extension TerminalScreen {
    /// The first line that can be reached.
    private var top: Int { max(0, lines.count - TerminalScreen.height) }

    private mutating func carryOut(_ name: Unicode.Scalar, _ parameters: ControlSequence.Parameters) {
        switch name {
        case "m": style.apply(parameters)
        case "A": move(toLine: line - parameters.steps)
        case "B": move(toLine: line + parameters.steps)
        case "C": move(toColumn: column + parameters.steps)
        case "D": move(toColumn: column - parameters.steps)
        case "E": (line, column) = (reachable(line + parameters.steps), 0)
        case "F": (line, column) = (reachable(line - parameters.steps), 0)
        case "G", "`": move(toColumn: parameters.steps - 1)
        case "H", "f":
            move(toLine: top + parameters.steps - 1)
            move(toColumn: max(1, parameters[1]) - 1)
        case "J": eraseLines(parameters[0])
        case "K": eraseInLine(parameters[0])
        default: break
        }
    }

    private func reachable(_ line: Int) -> Int { min(max(line, top), lines.count - 1) }

    private mutating func move(toLine number: Int) { line = reachable(number) }

    private mutating func move(toColumn number: Int) {
        column = min(max(0, number), max(TerminalScreen.width, column, lines[line].cells.count))
    }

    private mutating func eraseInLine(_ what: Int) {
        switch what {
        case 0: lines[line].erase(from: column)
        case 1: lines[line].blank(max(0, column - TerminalScreen.width)..<column + 1)
        case 2: lines[line].erase(from: 0)
        default: break
        }
    }

    private mutating func eraseLines(_ what: Int) {
        switch what {
        case 0:
            lines[line].erase(from: column)
            lines.removeSubrange((line + 1)...)
        case 1:
            for number in top..<line where top < line { lines[number].erase(from: 0) }
            eraseInLine(1)
        // A new picture, which programs then begin at the top.
        case 2, 3:
            lines.replaceSubrange(top..., with: [TerminalLine()])
            (line, column) = (top, 0)
        default: break
        }
    }
}
