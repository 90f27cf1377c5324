/// A language that a book can be read in.
public struct Language: Sendable, Hashable, Codable {
    /// As BCP 47 names it: `zh`, `pt-BR`.
    public var tag: String
    /// What readers of it call it.
    public var name: String

    /// A language by its BCP 47 tag, such as `zh`, and its own name for itself.
    public init(tag: String, name: String) {
        self.tag = tag
        self.name = name
    }

    /// The language of a book that says nothing of languages.
    public static let english = Language(tag: "en", name: "English")

    /// Whether its script runs from the right.
    public var isRightToLeft: Bool {
        ["ar", "fa", "he", "ps", "sd", "ug", "ur", "yi"].contains(String(tag.prefix { $0 != "-" }))
    }

    static func isTag(_ text: some StringProtocol) -> Bool {
        String(text).wholeMatch(of: /[a-z]{2,3}(-[A-Za-z0-9]{2,8})*/) != nil
    }
}

extension Language {
    /// Where a translation of a file stands: `02-x.zh.md` beside `02-x.md`.
    public func path(of original: String) -> String {
        guard let dot = original.lastIndex(of: ".") else { return "\(original).\(tag)" }
        return "\(original[..<dot]).\(tag)\(original[dot...])"
    }

    /// The original's name and the language's, where a file's name without its ending is that of a translation.
    public static func parts(of name: String) -> (original: String, tag: String)? {
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return nil }
        let tag = name[name.index(after: dot)...]
        return isTag(tag) ? (String(name[..<dot]), String(tag)) : nil
    }
}

extension YAMLValue {
    /// Languages by their tags, each with its name: `{en: English, zh: 中文}`.
    var languages: [Language] {
        get throws(Mismatch) {
            var languages: [Language] = []
            for (tag, name) in try members {
                guard Language.isTag(tag) else {
                    throw Mismatch(expected: "a language such as zh or pt-BR", found: tag, position: name.position)
                }
                languages.append(Language(tag: tag, name: try name.string))
            }
            guard !languages.isEmpty else { throw mismatch("languages, that of the notebooks first") }
            return languages
        }
    }
}
