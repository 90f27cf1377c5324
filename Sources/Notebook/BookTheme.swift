/// The colours and the text face that a book gives its pages in place of kdbook's: `theme:` in `book.yml`.
public struct BookTheme: Sendable, Hashable, Encodable {
    /// A custom property of the pages' style sheet that a book can set.
    public enum Property: String, CaseIterable, Sendable, Encodable, CodingKeyRepresentable {
        /// What text stands on, and what code and boxes stand on.
        case paper, panel
        /// Text, text that stands back, and lines.
        case ink, quiet, line
        /// Links and what is chosen, and the ground of words that were searched.
        case accent, mark
        /// Verdicts and complaints.
        case good, warn, bad
        /// Code.
        case keyword, string, number, comment, type
    }

    /// A colour on light pages and on dark ones, each as `0xRRGGBB`; `nil` is kdbook's own.
    public struct Color: Sendable, Hashable, Encodable {
        public var light, dark: UInt32?
        /// Where it stands.
        public var position: SourcePosition

        /// Pages are the same wherever in the file it stands.
        private enum CodingKeys: String, CodingKey { case light, dark }

        /// A colour for each kind of page; `nil` keeps kdbook's own.
        public init(light: UInt32? = nil, dark: UInt32? = nil, position: SourcePosition = SourcePosition(line: 1)) {
            (self.light, self.dark, self.position) = (light, dark, position)
        }
    }

    /// The colours that the book sets; others are kdbook's own.
    public var colors: [Property: Color] = [:]
    /// Text faces as CSS lists them: `Charter, Georgia, serif`.
    public var font: String?

    /// A theme; without arguments it is kdbook's own.
    public init(colors: [Property: Color] = [:], font: String? = nil) {
        self.colors = colors
        self.font = font
    }
}

extension BookTheme {
    private enum Shade: String, EntryName { case light, dark }

    init(_ value: YAMLValue, _ diagnostics: inout [Diagnostic]) throws(YAMLValue.Mismatch) {
        for (name, value) in try value.members {
            if name == "font" {
                font = try value.fontList
            } else if let property = Property(rawValue: name) {
                var color = Color(position: value.position)
                for (shade, value) in try value.members(Shade.self, what: "shade", &diagnostics) {
                    switch shade {
                    case .light: color.light = try value.color
                    case .dark: color.dark = try value.color
                    }
                }
                colors[property] = color
            } else {
                let known = Property.allCases.map(\.rawValue) + ["font"]
                let message = "unknown entry of a theme `\(name)`; \(suggestion(for: name, in: known))"
                diagnostics.append(Diagnostic(.error, at: value.position, message))
            }
        }
    }
}

extension YAMLValue {
    fileprivate var color: UInt32 {
        get throws(Mismatch) {
            let text = node.scalar?.string ?? ""
            guard text.wholeMatch(of: /#[0-9A-Fa-f]{6}/) != nil, let color = UInt32(text.dropFirst(), radix: 16) else {
                throw mismatch("a colour of six digits in quotation marks, such as \"#0b5cad\"")
            }
            return color
        }
    }

    fileprivate var fontList: String {
        get throws(Mismatch) {
            let text = try string
            // Anything else could end the declaration that it stands in.
            guard text.wholeMatch(of: /[A-Za-z0-9 ,_"'-]{1,200}/) != nil, text.count(where: { $0 == "\"" }) % 2 == 0,
                text.count(where: { $0 == "'" }) % 2 == 0
            else { throw mismatch("text faces as CSS lists them, such as Charter, Georgia, serif") }
            return text
        }
    }
}
