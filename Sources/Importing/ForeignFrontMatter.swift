import Notebook

/// The YAML at the top of a file, of which entries that kdbook knows are taken over as they are written.
struct ForeignFrontMatter {
    private let yaml: [String]

    /// - Parameter yaml: the lines between the marks.
    init(_ yaml: [String]) { self.yaml = yaml }

    /// The names of others for what kdbook has.
    private static let synonyms = ["params": "parameters", "description": "abstract"]

    /// The front matter's lines, marks included; none where nothing is left of it.
    func lines(_ notes: inout [Diagnostic]) -> [String] {
        var kept: [String] = []
        var isKept = false
        let names = yaml.compactMap { Self.name($0) }
        for (index, line) in yaml.enumerated() {
            guard let name = Self.name(line) else {
                if isKept { kept.append(line) }
                continue
            }
            let synonym = Self.synonyms[name].flatMap { names.contains($0) ? nil : $0 }
            isKept = FrontMatter.names.contains(synonym ?? name)
            if isKept {
                kept.append(synonym.map { $0 + line.dropFirst(name.count) } ?? line)
            } else {
                let words = "kdbook's front matter has no `\(name)`; it is left out"
                notes.append(Diagnostic(.warning, at: SourcePosition(line: index + 2), words))
            }
        }
        return kept.isEmpty ? [] : ["---"] + kept + ["---"]
    }

    /// The name that an entry at the left edge begins with.
    private static func name(_ line: String) -> String? {
        line.prefixMatch(of: /([A-Za-z][A-Za-z0-9_-]*)[ \t]*:(?:\s|$)/).map { String($0.1) }
    }
}
