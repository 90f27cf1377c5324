public import Notebook
public import Wire

extension FigureContent {
    /// The figure as data with its words in another language; `nil` where there is a term for none of them.
    public func words(by terms: Terms) -> JSONValue? {
        let translated = data.withWords(by: terms)
        return translated == data ? nil : translated
    }
}

extension JSONValue {
    /// Members of a figure's data that hold words: as text, or as a list of texts.
    private static let wordMembers: Set<String> = [
        "title", "subtitle", "label", "text", "captions", "columns", "rows", "tickLabels", "names", "texts",
        "givenAlternativeText",
    ]

    fileprivate func withWords(by terms: Terms) -> JSONValue {
        switch self {
        case .object(let members):
            .object(
                Dictionary(
                    uniqueKeysWithValues: members.map { name, value in
                        (
                            name,
                            Self.wordMembers.contains(name) ? value.translated(by: terms) : value.withWords(by: terms)
                        )
                    }))
        case .array(let elements): .array(elements.map { $0.withWords(by: terms) })
        default: self
        }
    }

    private func translated(by terms: Terms) -> JSONValue {
        switch self {
        case .string(let text): .string(terms.translation(of: text) ?? text)
        case .array(let elements): .array(elements.map { $0.translated(by: terms) })
        // A case of an enumeration: `{"names": {"_0": […]}}`.
        case .object(let members): .object(members.mapValues { $0.translated(by: terms) })
        default: self
        }
    }
}
