/// The distances to the left and right of an operator, in eighteenths of an em.
struct Distances: Hashable {
    var left = 0
    var right = 0

    var attributes: [String: String] {
        ["lspace": em(left), "rspace": em(right)]
    }
}

/// Distances between neighbours in a row, by The TeXbook, chapter 18 and appendix G, rules 5, 6 and 20.
///
/// Two differences: a group between `\left` and `\right` stands to its neighbours as its delimiters would,
/// without TeX's extra thin space; and a fraction as an ordinary symbol, since browsers pad it themselves.
enum Spacing {
    /// The distances of each item of a row. What lies between two neighbours is given to the left one if it
    /// is an operator, else to the right one.
    static func distances(
        in items: [Formula], after left: AtomClass?, before right: AtomClass?, script: Bool
    ) -> [Distances] {
        var distances = [Distances](repeating: Distances(), count: items.count)
        // White space lies between two neighbours and does not part them.
        let places = items.indices.filter { !items[$0].isSpace }
        let roles = roles(of: places.map { items[$0] }, after: left, before: right)
        for (index, place) in places.enumerated() {
            if index == 0, let left, items[place].isOperator {
                distances[place].left = distance(left, roles[0].leading, script: script)
            }
            guard index + 1 < places.count else { continue }
            let neighbour = places[index + 1]
            let between = distance(roles[index].trailing, roles[index + 1].leading, script: script)
            if items[place].isOperator {
                distances[place].right = between
            } else if items[neighbour].isOperator {
                distances[neighbour].left = between
            }
        }
        return distances
    }

    private struct Roles {
        var leading: AtomClass
        var trailing: AtomClass
        var isBinary: Bool { leading == .binary }
    }

    /// The classes of neighbours, where a binary operator that lacks an operand is a sign.
    private static func roles(of items: [Formula], after left: AtomClass?, before right: AtomClass?) -> [Roles] {
        var roles = items.map { Roles(leading: $0.leadingClass, trailing: $0.trailingClass) }
        let sign = Roles(leading: .ordinary, trailing: .ordinary)
        for index in roles.indices {
            let before = index > 0 ? roles[index - 1].trailing : left
            if roles[index].isBinary, !canEndOperand(before) { roles[index] = sign }
            if index > 0, roles[index - 1].isBinary, !canBeginOperand(roles[index].leading) {
                roles[index - 1] = sign
            }
        }
        if let last = roles.last, last.isBinary, !canBeginOperand(right) { roles[roles.count - 1] = sign }
        return roles
    }

    private static func canEndOperand(_ role: AtomClass?) -> Bool {
        role == .ordinary || role == .closing || role == .inner
    }

    private static func canBeginOperand(_ role: AtomClass?) -> Bool {
        switch role {
        case nil, .relation, .closing, .punctuation: false
        case .ordinary, .largeOperator, .binary, .opening, .inner: true
        }
    }

    private static func distance(_ left: AtomClass, _ right: AtomClass, script: Bool) -> Int {
        let code = table[left.rawValue][right.rawValue]
        if code < 0 { return script ? 0 : widths[-code] }
        return widths[code]
    }

    /// None, thin, medium and thick.
    private static let widths = [0, 3, 4, 5]

    /// The TeXbook, page 170; rows are left neighbours, in the order of `AtomClass`: ordinary, large operator,
    /// binary, relation, opening, closing, punctuation, inner. Negative: not in scripts.
    private static let table = [
        [0, 1, -2, -3, 0, 0, 0, -1],
        [1, 1, 0, -3, 0, 0, 0, -1],
        [-2, -2, 0, 0, -2, 0, 0, -2],
        [-3, -3, 0, 0, -3, 0, 0, -3],
        [0, 0, 0, 0, 0, 0, 0, 0],
        [0, 1, -2, -3, 0, 0, 0, -1],
        [-1, -1, 0, -1, -1, -1, -1, -1],
        [-1, 1, -2, -3, -1, 0, -1, -1],
    ]
}

extension Formula {
    fileprivate var isSpace: Bool {
        switch self {
        case .space, .gap: true
        default: false
        }
    }
}

/// A width in eighteenths of an em, as a length of CSS.
func em(_ eighteenths: Int) -> String {
    let tenThousandths = (abs(eighteenths) * 10_000 + 9) / 18
    let sign = eighteenths < 0 ? "-" : ""
    var digits = String(tenThousandths % 10_000)
    digits = String(repeating: "0", count: 4 - digits.count) + digits
    while digits.last == "0" { digits.removeLast() }
    return sign + String(tenThousandths / 10_000) + (digits.isEmpty ? "" : "." + digits) + "em"
}
