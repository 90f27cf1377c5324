import Notebook

/// How the front page asks to be cited: as one reads it, and as BibTeX.
struct CitationWords {
    private let file: CitationFile
    private let title: String
    private let address: String?

    /// - Parameters:
    ///   - title: the book's, where the file has none.
    ///   - address: of its pages, where the file has none.
    init(_ file: CitationFile, title: String, address: String?) {
        self.file = file
        self.title = file.title ?? title
        let isWeb = file.address.map(BookConfiguration.isWebAddress) ?? false
        self.address = isWeb ? file.address : address
    }

    private var authors: [String] { file.authors.map(\.name) }
    private var year: String? { file.released.map { String($0.prefix(4)) } }

    var html: String {
        let parts = [
            authors.joined(separator: translated(", ")), title,
            file.version.map { translated("version") + " " + $0 } ?? "",
            year ?? "", file.doi.map { "doi:" + $0 } ?? "", address ?? "",
        ]
        let line = parts.filter { !$0.isEmpty }.map(escaped).joined(separator: escaped(translated(", ")))
        let code = codeBox(escaped(bibTeX))
        return element("h2", ["id": "cite"], translated("How to cite this book")) + "\n" + element("p", line) + "\n"
            + element("details", ["class": "note"], element("summary", "BibTeX") + code)
    }

    /// An entry with the file's words in braces, where BibTeX leaves them as they are.
    var bibTeX: String {
        let names = file.authors.map { $0.isPerson ? plain($0.name) : "{\(plain($0.name))}" }
        let fields: [(String, String?)] = [
            ("author", names.isEmpty ? nil : names.joined(separator: " and ")), ("title", "{\(plain(title))}"),
            ("version", file.version.map(plain)), ("year", year.map(plain)), ("doi", file.doi.map(plain)),
            ("url", address.map(plain)),
        ]
        let lines = fields.compactMap { name, value in value.map { "  \(name) = {\($0)}," } }
        return (["@misc{\(key),"] + lines + ["}"]).joined(separator: "\n")
    }

    private var key: String {
        let word = title.lowercased().split { !($0.isASCII && $0.isLetter) }.first.map(String.init) ?? "book"
        return word + (year ?? "")
    }

    /// Text that cannot end the braces around it; what TeX would take for its own is written as TeX writes it.
    private func plain(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "{", "}", "\\": break
            case "&", "%", "$", "#", "_": result += "\\\(character)"
            default: result.append(character)
            }
        }
    }
}
