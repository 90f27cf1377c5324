import Notebook

/// Where references on a page lead, and how they read.
struct References {
    /// The page's own labels.
    let own: [Label]
    /// The notebook's name.
    let page: String
    /// The book's pages with their labels.
    let outline: [OutlineEntry]

    /// A label and the page that has it; `nil` for the own page.
    private enum Found {
        case own(Label)
        case other(Label, OutlineEntry)
    }

    /// The own page's label before any other's.
    private func candidates(_ name: String) -> [Found] {
        if let label = own.first(where: { $0.name == name }) { return [.own(label)] }
        return outline.filter { $0.name != page }.flatMap { entry in
            entry.labels.filter { $0.name == name }.map { .other($0, entry) }
        }
    }

    /// The address of `name` from the page, and the link's text; `nil` where it does not resolve.
    func link(_ name: String) -> (address: String, text: String)? {
        let found = candidates(name)
        guard let first = found.first, isResolved(found, name) else { return nil }
        if found.count > 1, case .other(let label, _) = first {
            return ("../index.html#" + ClaimAnchor.inLedger(String(name.dropFirst("claim-".count))), words(label))
        }
        switch first {
        case .own(let label): return ("#" + label.name, words(label))
        case .other(let label, let entry):
            let place = label.kind == .claim ? "" : " in “\(entry.title)”"
            return ("../\(entry.name)/index.html#\(label.name)", words(label) + place)
        }
    }

    /// What several pages claim of one thing stands together in the ledger on the front page.
    private func isResolved(_ found: [Found], _ name: String) -> Bool {
        found.count == 1 || found.count > 1 && CrossReference.Kind(label: name) == .claim
    }

    private func words(_ label: Label) -> String {
        let number = label.number.map(String.init) ?? ""
        return switch label.kind {
        case .figure: "Figure\u{A0}\(number)"
        case .table: "Table\u{A0}\(number)"
        case .equation: "Equation\u{A0}(\(number))"
        case .section: "“\(label.title ?? label.name)”"
        case .claim: "Claim\u{A0}\(label.name.dropFirst("claim-".count))"
        }
    }

    /// Why a reference does not resolve.
    func problem(with name: String) -> String? {
        let found = candidates(name)
        guard !isResolved(found, name) else { return nil }
        if found.isEmpty {
            let known = own.map(\.name) + outline.filter { $0.name != page }.flatMap { $0.labels.map(\.name) }
            let near = nearestName(to: name, in: known).map { "; did you mean `@\($0)`?" } ?? ""
            return "nothing has the label `\(name)`" + near
        }
        let pages = found.compactMap { if case .other(_, let entry) = $0 { "“\(entry.title)”" } else { nil } }
        return "the label `\(name)` stands on several pages: \(pages.joined(separator: ", "))"
    }
}
