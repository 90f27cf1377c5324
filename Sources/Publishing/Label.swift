public import Notebook

/// Something on a page that prose can refer to, on this page and on others.
public struct Label: Codable, Hashable, Sendable {
    /// Its name, which is also its anchor on the page: `fig-loss`.
    public var name: String
    /// The kind of thing that the label is on.
    public var kind: CrossReference.Kind
    /// Place among the page's figures, tables or labelled equations, counted from 1; `nil` for sections and claims.
    public var number: Int?
    /// A section's heading, as text.
    public var title: String?
    /// The same as markup, where it is more than text.
    public var titleMarkup: String?
    /// What an equation is called in place of a number, such as `(A)`.
    public var tag: String?

    /// A label without markup or tag.
    public init(name: String, kind: CrossReference.Kind, number: Int? = nil, title: String? = nil) {
        self.name = name
        self.kind = kind
        self.number = number
        self.title = title
    }

    /// The label of a claim: `C07` is referred to as `@claim-C07`.
    public static func claim(_ id: String) -> Label { Label(name: "claim-" + id, kind: .claim) }
}

/// Where claims are found on the pages of a book.
enum ClaimAnchor {
    /// The anchor of a claim, both on the page of the notebook that decides it and in the ledger: `claim-C13`.
    static func name(_ id: String) -> String { Label.claim(id).name }
}
