import Notebook

/// What a page says of how it was made.
public struct Provenance: Codable, Hashable, Sendable {
    /// Stands for everything the numbers depend on.
    public var key: String
    /// The compiler's version.
    public var compiler: String
    /// The edition's name.
    public var edition: String
    /// The vector instructions that the numbers were computed with, as the runtime names them.
    public var instructionSet: String?
    /// What cells could reach.
    public var sandbox: String?

    /// The words at the foot of a page.
    public init(
        key: String, compiler: String, edition: String, instructionSet: String? = nil, sandbox: String? = nil
    ) {
        self.key = key
        self.compiler = compiler
        self.edition = edition
        self.instructionSet = instructionSet
        self.sandbox = sandbox
    }

    /// The page's foot.
    func html(_ record: Record?) -> String {
        var entries: [(term: String, definition: String)] = [
            ("Key", element("code", escaped(key))),
            ("Edition", escaped(edition)),
            ("Compiler", escaped(compiler)),
        ]
        if let instructionSet { entries.append(("Instructions", escaped(Provenance.name(of: instructionSet)))) }
        if let sandbox { entries.append(("Sandbox", escaped(sandbox))) }
        let parameters = (record?.parameters ?? [:]).sorted { $0.key < $1.key }
        if !parameters.isEmpty { entries.append(("Parameters", table(parameters.map { ($0.key, $0.value) }))) }
        let inputs = record?.inputs ?? []
        if !inputs.isEmpty { entries.append(("Inputs, SHA-256", table(inputs.map { ($0.path, $0.sha256) }))) }
        let list = entries.map { element("dt", escaped(translated($0.term))) + element("dd", $0.definition) }
        return element(
            "details", ["class": "provenance"],
            element("summary", translated("How this page was made")) + element("dl", list.joined(separator: "\n")))
    }

    private func table(_ rows: [(name: String, value: String)]) -> String {
        let rows = rows.map { row in
            element(
                "tr",
                element("th", ["scope": "row"], escaped(row.name)) + element("td", element("code", escaped(row.value))))
        }
        return element("table", rows.joined(separator: "\n"))
    }

    private static func name(of instructionSet: String) -> String {
        switch instructionSet {
        case "avx512": "AVX-512"
        case "avx2": "AVX2"
        case "neon": "NEON"
        case "portable": "portable C, no vector instructions"
        default: instructionSet
        }
    }
}
