/// What of an element's own style may stand on a page: how its text looks, and room around it within bounds.
///
/// Nothing in the list takes an element out of its place (`position`, `float`, `transform`, negative margins), paints beside it
/// (shadows, outlines), puts it before what is not its own (`z-index`, `opacity`), makes it smaller than what is in it, or
/// loads (`url()`).
enum HarmlessStyle {
    /// `style` without the declarations that are not known as harmless; `nil` where none is left.
    static func kept(_ style: String) -> String? {
        let declarations = style.split(separator: ";").compactMap { declaration -> String? in
            let parts = declaration.split(separator: ":", maxSplits: 1).map { $0.trimming().lowercased() }
            guard parts.count == 2, let rule = rules[parts[0]], rule.allows(parts[1]) else { return nil }
            return parts[0] + ": " + parts[1]
        }
        return declarations.isEmpty ? nil : declarations.joined(separator: "; ")
    }

    /// What the parts of a value may be.
    private struct Rule {
        var words: Set<String> = []
        var anyWord = false
        var colors = false
        /// In pixels of the page's own size.
        var lengths: ClosedRange<Double>?
        /// Lengths that grow with the text around them: those of texts would multiply.
        var relative = true
        var percentages: ClosedRange<Double>?
        var numbers: ClosedRange<Double>?

        func allows(_ value: String) -> Bool {
            let separators = /[\s,\/]+/
            // A function's commas and spaces are its own.
            let folded = value.replacing(/([a-z]+)\(([^()]*)\)/) { match in
                isColor(match.1, of: match.2) ? "\u{0}" : "\u{1}"
            }
            let parts = folded.split(separator: separators)
            return !parts.isEmpty && parts.count <= 8 && parts.allSatisfy(allows)
        }

        private func isColor(_ function: Substring, of arguments: Substring) -> Bool {
            switch function {
            case "rgb", "rgba", "hsl", "hsla": arguments.wholeMatch(of: /[0-9.,%\/\s]+(deg)?[0-9.,%\/\s]*/) != nil
            case "var": arguments.wholeMatch(of: /\s*--[a-z-]+\s*/) != nil
            default: false
            }
        }

        private func allows(_ part: Substring) -> Bool {
            if part == "\u{0}" || part.wholeMatch(of: /#[0-9a-f]{3,8}/) != nil { return colors }
            if part.wholeMatch(of: /[a-z][a-z-]*/) != nil { return anyWord || colors || words.contains(String(part)) }
            guard let match = part.wholeMatch(of: /(\d{0,5}(?:\.\d{1,6})?)(px|pt|rem|em|ex|ch|%)?/),
                let number = Double(match.1)
            else { return false }
            switch match.2 {
            case nil: return number == 0 && lengths?.contains(0) == true || numbers?.contains(number) == true
            case "%": return percentages?.contains(number) == true
            case "em", "ex", "ch": return relative && lengths?.contains(number * 17) == true
            case "rem": return lengths?.contains(number * 17) == true
            case "pt": return lengths?.contains(number * 4 / 3) == true
            default: return lengths?.contains(number) == true
            }
        }
    }

    private static let space = Rule(words: ["auto"], lengths: 0...200)
    private static let breadth = Rule(words: ["auto", "none"], lengths: 0...850, percentages: 0...100)
    private static let border = Rule(anyWord: true, colors: true, lengths: 0...10)
    private static let color = Rule(colors: true)
    private static let words = Rule(anyWord: true)

    private static let rules: [String: Rule] = {
        var rules: [String: Rule] = [
            "color": color, "background": color, "background-color": color, "border-color": color, "fill": color,
            "stroke": color, "stop-color": color, "border-style": words, "border-collapse": words,
            "border-width": Rule(lengths: 0...10), "border-radius": Rule(lengths: 0...100, percentages: 0...50),
            "border-spacing": Rule(lengths: 0...50), "width": breadth, "max-width": breadth,
            "min-width": breadth, "min-height": Rule(lengths: 0...2000),
            "font-size": Rule(
                words: ["xx-small", "x-small", "small", "medium", "large", "x-large", "xx-large"], lengths: 8...48,
                relative: false),
            "font-weight": Rule(words: ["normal", "bold"], numbers: 100...900), "font-style": words,
            "font-variant": words, "font-variant-numeric": words, "font-family": words,
            "line-height": Rule(numbers: 1...3),
            "text-align": words, "text-decoration": Rule(anyWord: true, colors: true), "text-transform": words,
            "white-space": words, "list-style-type": words, "caption-side": words,
            "vertical-align": Rule(words: ["baseline", "top", "middle", "bottom", "sub", "super", "text-top"]),
            "display": Rule(words: [
                "block", "inline", "inline-block", "flex", "inline-flex", "grid", "list-item", "table", "table-row",
                "table-cell",
            ]),
            "gap": space, "flex-wrap": Rule(words: ["wrap", "nowrap"]), "justify-content": words, "align-items": words,
            "columns": Rule(numbers: 1...4), "stroke-width": Rule(lengths: 0...2000, numbers: 0...2000),
            "text-anchor": words, "overflow": Rule(words: ["auto", "hidden"]),
            "overflow-x": Rule(words: ["auto", "hidden"]), "overflow-wrap": words,
        ]
        for side in ["", "-top", "-right", "-bottom", "-left"] {
            rules["margin" + side] = space
            rules["padding" + side] = Rule(lengths: 0...200)
            rules["border" + side] = border
        }
        return rules
    }()
}

extension Substring {
    fileprivate func trimming() -> Substring {
        let rest = drop(while: \.isWhitespace)
        return rest[..<(rest.lastIndex { !$0.isWhitespace }.map { rest.index(after: $0) } ?? rest.startIndex)]
    }
}
