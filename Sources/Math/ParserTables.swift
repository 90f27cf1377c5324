/// Matrices, cases and aligned formulas.
extension Parser {
    mutating func environment(_ token: PlacedToken) throws(MathError) -> Formula {
        let (name, place) = try environmentName(token)
        guard var environment = Environment.named[name] else {
            throw MathError(
                message: "the environment \(name) is not known", offset: place,
                suggestion: nearestName(to: name, among: Environment.named.keys))
        }
        if case .argument = environment.columns {
            environment.columns = .fixed(try columns(token))
        }
        let table = try table(environment)
        let end = next
        try close(token, with: .command("end"))
        let (closed, _) = try environmentName(end)
        guard closed == name else {
            throw MathError(message: "\\begin{\(name)} is closed by \\end{\(closed)}", offset: end.offset)
        }
        guard environment.open != nil || environment.close != nil else { return .table(table) }
        return .delimited(open: environment.open, segments: [.table(table)], middles: [], close: environment.close)
    }

    mutating func substack(_ token: PlacedToken) throws(MathError) -> Formula {
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

    /// The columns of `\begin{array}{lcr}`.
    private mutating func columns(_ token: PlacedToken) throws(MathError) -> [Table.Alignment] {
        skipSpace()
        let brace = next
        guard take(.character("{")) else {
            throw MathError(message: "array needs its columns in braces, such as {lcr}", offset: token.offset)
        }
        var columns: [Table.Alignment] = []
        while next.token != .character("}"), next.token != .end {
            let column = take()
            switch column.token {
            case .character("l"): columns.append(.left)
            case .character("c"): columns.append(.center)
            case .character("r"): columns.append(.right)
            case .space: break
            default: throw MathError(message: "a column is one of l, c and r", offset: column.offset)
            }
        }
        try close(brace, with: .character("}"))
        guard !columns.isEmpty else {
            throw MathError(message: "array needs its columns in braces, such as {lcr}", offset: token.offset)
        }
        return columns
    }

    private mutating func table(_ environment: Environment) throws(MathError) -> Table {
        var table = Table(rows: [], gaps: [], environment: environment)
        var cells: [Formula] = []
        while true {
            cells.append(try row())
            let separator = next
            if take(.character("&")) {
                if let limit = environment.columnLimit, cells.count >= limit {
                    throw MathError(message: "more than \(limit) columns in a row", offset: separator.offset)
                }
            } else if take(.command("\\")) {
                table.rows.append(cells)
                table.gaps.append(try gap())
                cells = []
            } else {
                break
            }
        }
        // A \\ after the last row ends that row and begins none.
        if case .row(let items)? = cells.first, cells.count == 1, items.isEmpty, !table.rows.isEmpty {
            return table
        }
        table.rows.append(cells)
        table.gaps.append(nil)
        return table
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
        let unit = String(length.suffix(2))
        let number = length.dropLast(2)
        guard ["em", "ex", "pt", "mm", "cm", "in"].contains(unit), number.count <= 6, number.first != "+",
            let value = Double(number), value.isFinite,
            number.unicodeScalars.allSatisfy({ "-.0123456789".unicodeScalars.contains($0) })
        else {
            throw MathError(
                message: "\(length) is not a length: write a number and em, ex, pt, mm, cm or in",
                offset: bracket.offset)
        }
        return length
    }
}
