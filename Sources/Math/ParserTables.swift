/// Matrices, cases and aligned formulas.
extension Parser {
    mutating func environment(_ token: PlacedToken) throws(MathError) -> Formula {
        // A table within a table takes up as much of the stack as three groups.
        try enter(levels: 2)
        defer { depth -= 2 }
        let (name, place) = try environmentName(token)
        guard var environment = Environment.named[name] else {
            if let cure = Environment.refused[name] {
                throw MathError(message: "the environment \(name) is not supported: \(cure)", offset: place)
            }
            throw MathError(
                message: "the environment \(name) is not known", offset: place,
                suggestion: nearestName(to: name, among: Environment.named.keys))
        }
        try skipPosition(after: environment)
        if case .argument = environment.columns {
            let columns = try columns(token)
            environment.columns = .fixed(columns.alignments)
            environment.lines = columns.lines
        }
        if environment.takesCount { _ = try rawArgument(of: token) }
        let body: Formula
        if environment.isPlain {
            body = try row()
        } else {
            let table = try table(environment)
            let isFenced = environment.open != nil || environment.close != nil
            body =
                isFenced
                ? .delimited(open: environment.open, segments: [.table(table)], middles: [], close: environment.close)
                : .table(table)
        }
        let end = next
        try close(token, with: .command("end"))
        let (closed, _) = try environmentName(end)
        guard closed == name else {
            throw MathError(message: "\\begin{\(name)} is closed by \\end{\(closed)}", offset: end.offset)
        }
        return body
    }

    /// `[t]`, which says how a table stands in a line of text and nothing in a formula; and the columns of `pmatrix*`.
    private mutating func skipPosition(after environment: Environment) throws(MathError) {
        guard !environment.isPlain, next.token == .character("["), position + 2 < tokens.count,
            case .character(let letter) = tokens[position + 1].token, "tbclr".unicodeScalars.contains(letter),
            tokens[position + 2].token == .character("]")
        else { return }
        for _ in 0..<3 { take() }
    }

    mutating func substack(_ token: PlacedToken) throws(MathError) -> Formula {
        try enter(levels: 2)
        defer { depth -= 2 }
        skipSpace()
        let brace = next
        guard take(.character("{")) else {
            throw MathError(message: "\\substack needs its lines in braces", offset: token.offset)
        }
        let table = try table(.substack)
        try close(brace, with: .character("}"))
        return .table(table)
    }

    private mutating func environmentName(_ token: PlacedToken) throws(MathError) -> (name: String, offset: Int) {
        skipSpace()
        let brace = next
        guard take(.character("{")) else {
            throw MathError(message: "\(token.token.source) needs an environment in braces", offset: token.offset)
        }
        let place = next.offset
        var name = ""
        while case .character(let scalar) = next.token, scalar.isASCIILetter || scalar == "*" {
            name.unicodeScalars.append(scalar)
            take()
        }
        try close(brace, with: .character("}"))
        return (name, place)
    }

    /// The columns of `\begin{array}{l|cr}`, and the lines before each column and behind the last.
    private mutating func columns(
        _ token: PlacedToken
    ) throws(MathError) -> (alignments: [Table.Alignment], lines: [Int: Table.Line]) {
        var rest = try rawArgument(of: token, such: "as {lcr}")
        var columns: [Table.Alignment] = []
        var lines: [Int: Table.Line] = [:]
        rest.reverse()
        while let column = rest.popLast() {
            switch column.token {
            case .character("l"): columns.append(.left)
            case .character("c"): columns.append(.center)
            case .character("r"): columns.append(.right)
            case .character("|"): lines[columns.count] = .solid
            case .character(":"): lines[columns.count] = .dashed
            case .space: break
            case .character("@"), .character("!"), .character(">"), .character("<"):
                try skipGroup(of: &rest, column)
            case .character("*"):
                let repeated = try repeatedColumns(of: &rest, column)
                rest += repeated.reversed()
            default:
                throw MathError(message: "a column is one of l, c and r, with | for a line", offset: column.offset)
            }
            guard columns.count <= Self.mostColumns else {
                throw MathError(message: "more than \(Self.mostColumns) columns", offset: column.offset)
            }
        }
        guard !columns.isEmpty else {
            throw MathError(message: "array needs its columns in braces, such as {lcr}", offset: token.offset)
        }
        return (columns, lines)
    }

    private static let mostColumns = 100

    /// Passes the braces behind `@`: what they say of distances has no meaning here, and words in them are refused.
    private func skipGroup(of rest: inout [PlacedToken], _ owner: PlacedToken) throws(MathError) {
        for token in try group(of: &rest, owner) {
            switch command(token.token) {
            case .space?, .further(.length)?, .style?, .fontSwitch?, .nothing?: continue
            default: break
            }
            if token.token == .space || token.token == .character("{") || token.token == .character("}") { continue }
            throw MathError(
                message: "\(token.token.source) between columns: write it into the cells", offset: token.offset)
        }
    }

    private func repeatedColumns(
        of rest: inout [PlacedToken], _ owner: PlacedToken
    ) throws(MathError) -> [PlacedToken] {
        let digits = try group(of: &rest, owner).map(\.token.source).joined()
        let columns = try group(of: &rest, owner)
        guard let count = Int(digits), (1...Self.mostColumns).contains(count), columns.count <= Self.mostColumns,
            !columns.contains(where: { $0.token == .character("*") })
        else {
            throw MathError(message: "repeated columns are written as *{3}{c}", offset: owner.offset)
        }
        return Array(repeatElement(columns, count: count).joined())
    }

    /// What stands in braces at the end of reversed tokens.
    private func group(of rest: inout [PlacedToken], _ owner: PlacedToken) throws(MathError) -> [PlacedToken] {
        while rest.last?.token == .space { rest.removeLast() }
        guard let first = rest.popLast() else {
            throw MathError(message: "\(owner.token.source) needs braces behind it", offset: owner.offset)
        }
        guard first.token == .character("{") else { return [first] }
        var group: [PlacedToken] = []
        var depth = 1
        while let token = rest.popLast() {
            if token.token == .character("{") { depth += 1 }
            if token.token == .character("}") { depth -= 1 }
            if depth == 0 { return group }
            group.append(token)
        }
        throw MathError(message: "\(owner.token.source) needs braces behind it", offset: owner.offset)
    }

    private mutating func table(_ environment: Environment) throws(MathError) -> Table {
        var table = Table(rows: [], environment: environment)
        var row = Table.Row()
        let outerTag = tag
        defer { tag = outerTag }
        tag = nil
        while true {
            if row.cells.isEmpty { row.lines += try lines() }
            if row.cells.isEmpty, let words = try intertext() {
                table.rows.append(Table.Row(cells: [words], lines: row.lines))
                row = Table.Row()
                continue
            }
            row.cells.append(try cell())
            let separator = next
            if take(.character("&")) {
                let columns = row.cells.reduce(0) { $0 + $1.span }
                if let limit = environment.columnLimit, columns >= limit {
                    throw MathError(message: "more than \(limit) columns in a row", offset: separator.offset)
                }
            } else if take(.command("\\")) {
                _ = take(.character("*"))
                row.gap = try gap()
                row.tag = tag
                tag = nil
                table.rows.append(row)
                row = Table.Row()
            } else {
                break
            }
        }
        row.tag = tag
        // A \\ after the last row ends that row and begins none.
        if case .row(let items)? = row.cells.first?.formula, row.cells.count == 1, items.isEmpty, row.tag == nil,
            !table.rows.isEmpty
        {
            table.lastLines = row.lines
            return table
        }
        table.rows.append(row)
        return table
    }

    /// `\hline`, `\cline{1-2}` and the like.
    private mutating func lines() throws(MathError) -> [(Table.Line, ClosedRange<Int>?)] {
        var lines: [(Table.Line, ClosedRange<Int>?)] = []
        skipSpace()
        while case .further(.tableLine(let line, let isPart))? = command(next.token) {
            let owner = take()
            guard isPart else {
                lines.append((line, nil))
                skipSpace()
                continue
            }
            let ends = try rawArgument(of: owner).map(\.token.source).joined().split(separator: "-").map { Int($0) }
            guard ends.count == 2, let first = ends[0], let last = ends[1], first >= 1, last >= first,
                last <= Self.mostColumns
            else {
                throw MathError(message: "\(owner.token.source) needs its columns, such as {1-2}", offset: owner.offset)
            }
            lines.append((line, first...last))
            skipSpace()
        }
        return lines
    }

    /// Words between two rows.
    private mutating func intertext() throws(MathError) -> Table.Cell? {
        skipSpace()
        guard case .further(.intertext)? = command(next.token) else { return nil }
        let owner = take()
        return Table.Cell(formula: try text(.plain, owner), span: Self.mostColumns, alignment: .left)
    }

    private mutating func cell() throws(MathError) -> Table.Cell {
        skipSpace()
        guard case .further(.multicolumn)? = command(next.token) else { return Table.Cell(formula: try row()) }
        let owner = take()
        let count = Int(try rawArgument(of: owner).map(\.token.source).joined())
        let columns = try columns(owner).alignments
        guard let count, (1...Self.mostColumns).contains(count), columns.count == 1 else {
            throw MathError(
                message: "\(owner.token.source) is written as \\multicolumn{2}{c}{…}", offset: owner.offset)
        }
        let body = try argument(of: owner)
        skipSpace()
        return Table.Cell(formula: .row([body, try row()]), span: count, alignment: columns[0])
    }

    /// The length in brackets directly after `\\`, as CSS writes it.
    private mutating func gap() throws(MathError) -> String? {
        let bracket = next
        guard take(.character("[")) else { return nil }
        var length = ""
        while case .character(let scalar) = next.token, scalar != "]", scalar.isASCII {
            length.unicodeScalars.append(scalar)
            take()
        }
        try close(bracket, with: .character("]"))
        return try Self.length(length, at: bracket.offset)
    }
}
