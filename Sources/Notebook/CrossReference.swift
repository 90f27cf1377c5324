/// References in prose: to what pages show, such as `@fig-loss`, and to works, such as `@hinton2015`.
public enum CrossReference {
    /// What can be referred to within a book; the raw value is how its labels begin.
    public enum Kind: String, Codable, Sendable, CaseIterable {
        case figure = "fig"
        case table = "tbl"
        case equation = "eq"
        case section = "sec"
        case claim

        /// The kind of a label; `nil` for other names.
        public init?(label: String) {
            guard let kind = Kind.allCases.first(where: { label.hasPrefix($0.rawValue + "-") }) else { return nil }
            self = kind
        }
    }

    /// Matches a reference; its first capture is the label or the work's key.
    public static var pattern: Regex<(Substring, Substring)> {
        /@((?:fig|tbl|eq|sec|claim)-(?:[A-Za-z0-9_-]*[A-Za-z0-9])|[\p{Script=Latin}0-9_](?:[\p{Script=Latin}0-9_:.+\/-]*[\p{Script=Latin}0-9])?)/
    }

    /// Whether `name` belongs to something in the book, rather than to a work.
    public static func isLabel(_ name: String) -> Bool { Kind(label: name) != nil }

    /// A label of TeX as labels are written here: `eq:loss` is `eq-loss`, `tab:x` is `tbl-x`.
    ///
    /// - Parameter usual: the kind of a label that does not begin with one.
    public static func label(ofTeX name: String, usual: Kind) -> String {
        var words = name.split(separator: ":", maxSplits: 1).map(String.init)
        if words.count == 2, let kind = ["tab": Kind.table][words[0]] ?? Kind(rawValue: words[0]) {
            words = [kind.rawValue, words[1]]
        } else {
            words = isLabel(name) ? [name] : [usual.rawValue, name]
        }
        return words.joined(separator: "-").replacing(/[^A-Za-z0-9_-]/, with: "-")
    }
}
