import Notebook

/// Where references on a page lead, and how they read.
struct References {
    /// The page's own labels.
    let own: [Label]
    /// The notebook's name.
    let page: String
    /// The book's pages with their labels.
    let outline: [OutlineEntry]
    /// The claims that the book is about.
    let claims: BookClaims?

    /// A label and the page that has it; `nil` for the own page.
    private enum Found {
        case own(Label)
        case other(Label, OutlineEntry)
        /// A claim that this page does not decide has its place in the ledger on the front page, whoever decides it: so
        /// no page depends on what another's cells gave.
        case ledger(id: String)
    }

    /// The own page's label before any other's.
    private func candidates(_ name: String) -> [Found] {
        if let label = own.first(where: { $0.name == name }) { return [.own(label)] }
        if let entry = claims?.entries.first(where: { Label.claim($0.id).name == name }) {
            return [.ledger(id: entry.id)]
        }
        return outline.filter { $0.name != page }.flatMap { entry in
            entry.labels.filter { $0.name == name }.map { .other($0, entry) }
        }
    }

    /// The address of `name` from the page, and what the link says, as markup; `nil` where it does not resolve.
    ///
    /// - Parameter sections: what the page's own sections are called, as markup.
    func link(_ name: String, sections: [String: String] = [:]) -> (address: String, markup: String)? {
        let found = candidates(name)
        guard found.count == 1 else { return nil }
        switch found[0] {
        case .own(let label): return ("#" + label.name, words(label, called: sections[name]))
        case .ledger(let id): return ("../index.html#" + ClaimAnchor.name(id), words(.claim(id)))
        case .other(let label, let entry):
            return (
                "../\(entry.name)/index.html#\(label.name)",
                words(label) + translated(" in ") + "“\(entry.titleMarkup)”"
            )
        }
    }

    private func words(_ label: Label, called title: String? = nil) -> String {
        let number = label.number.map(String.init) ?? ""
        return switch label.kind {
        case .figure: translated("Figure") + "\u{A0}\(number)"
        case .table: translated("Table") + "\u{A0}\(number)"
        case .equation: translated("Equation") + "\u{A0}" + escaped(label.tag ?? "(\(number))")
        case .section: "“\(title ?? label.titleMarkup ?? escaped(label.title ?? label.name))”"
        case .claim: translated("Claim") + "\u{A0}" + escaped(label.name.dropFirst("claim-".count))
        }
    }

    /// Why a reference does not resolve.
    func problem(with name: String) -> String? {
        let found = candidates(name)
        guard found.count != 1 else { return nil }
        if found.isEmpty {
            let decidable = (claims?.entries ?? []).map { Label.claim($0.id).name }
            let known =
                own.map(\.name) + decidable + outline.filter { $0.name != page }.flatMap { $0.labels.map(\.name) }
            let near = nearestName(to: name, in: known).map { "; did you mean `@\($0)`?" } ?? ""
            return "nothing has the label `\(name)`" + near
        }
        let pages = found.compactMap { if case .other(_, let entry) = $0 { "“\(entry.title)”" } else { nil } }
        return "the label `\(name)` stands on several pages: \(pages.joined(separator: ", "))"
    }
}
