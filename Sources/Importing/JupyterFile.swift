import Digest
import Foundation
import Notebook

/// A Jupyter notebook of format 4 (nbformat.readthedocs.io).
struct JupyterFile {
    private let content: Content

    private struct Content: Decodable {
        var nbformat: Int
        var cells: [JupyterCell]?
        var metadata: Metadata?

        struct Metadata: Decodable {
            struct Language: Decodable { var language: String?, name: String? }

            var kernelspec: Language?
            var language_info: Language?
        }
    }

    init(_ text: String, path: String) throws(NotebookError) {
        do {
            content = try JSONDecoder().decode(Content.self, from: Data(text.utf8))
        } catch {
            throw JupyterFile.error(error, text, path)
        }
        guard content.nbformat == 4, content.cells != nil else {
            throw NotebookError(
                path: path,
                "it is of format \(content.nbformat), and only 4 is read; convert it by `jupyter nbconvert --to notebook`",
                line: 1)
        }
    }

    /// What keeps a file from being read, at its place in it.
    private static func error(_ error: any Error, _ text: String, _ path: String) -> NotebookError {
        guard case .dataCorrupted(let context)? = error as? DecodingError, context.codingPath.isEmpty else {
            let keys = (error as? DecodingError).map(Self.place) ?? ""
            return NotebookError(
                path: path, "it is JSON, but no Jupyter notebook\(keys); give a file that Jupyter has written", line: 1)
        }
        let before = SourceLines(String(decoding: text.utf8.prefix(offset(of: text)), as: UTF8.self)).lines
        let last = before.last.flatMap { $0.last?.isNewline == false ? $0 : nil }
        return NotebookError(
            path: path, "it is no JSON from here on; fetch or save it again",
            line: max(1, before.count + (last == nil ? 1 : 0)), column: (last?.utf8.count ?? 0) + 1)
    }

    /// How many bytes of JSON stand before the first that is none, as `JSONSerialization` says it in words; all, where the text ends
    /// too early.
    private static func offset(of text: String) -> Int {
        do {
            _ = try JSONSerialization.jsonObject(with: Data(text.utf8))
        } catch {
            let words = (error as NSError).userInfo["NSDebugDescription"] as? String
            if let match = words?.firstMatch(of: /around character (\d+)/), let offset = Int(match.1) { return offset }
        }
        return text.utf8.count
    }

    private static func place(_ error: DecodingError) -> String {
        let path: [any CodingKey] =
            switch error {
            case .keyNotFound(let key, let context): context.codingPath + [key]
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
                context.codingPath
            @unknown default: []
            }
        let words = path.map { key in key.intValue.map { "\($0 + 1)" } ?? key.stringValue }
        return words.isEmpty ? "" : " (at \(words.joined(separator: " → ")))"
    }

    private var language: String {
        content.metadata?.kernelspec?.language ?? content.metadata?.language_info?.name ?? "python"
    }

    /// The notebook's text. Diagnostics count cells, as a file of JSON has no lines that its author knows.
    func markdown(_ notes: inout [Diagnostic]) -> String {
        var blocks: [String] = []
        for (index, cell) in (content.cells ?? []).enumerated() {
            if let kept = cell.source(asExported: true) {
                blocks.append(kept)
                continue
            }
            func note(_ words: String) {
                notes.append(Diagnostic(.warning, at: SourcePosition(line: 1), "cell \(index + 1): \(words)"))
            }
            if !cell.attachments.isEmpty {
                note(
                    "the pictures in the cell (\(cell.attachments.sorted().joined(separator: ", "))) are not taken over; save them as files"
                )
            }
            let text = withoutEdges(cell.source(asExported: false) ?? "")
            switch cell.kind {
            case "markdown":
                let file = LiterateFile(text, runsPlainFences: false)
                var inner: [Diagnostic] = []
                blocks.append(withoutEdges(file.markdown(&inner)))
                for diagnostic in inner { note("line \(diagnostic.position.line): \(diagnostic.message)") }
            case "code": blocks.append(code(cell, text, note))
            case "raw" where index == 0 && text.hasPrefix("---\n"):
                var inner: [Diagnostic] = []
                blocks.append(withoutEdges(LiterateFile(text + "\n", runsPlainFences: false).markdown(&inner)))
                for diagnostic in inner { note("line \(diagnostic.position.line): \(diagnostic.message)") }
            default:
                note("it is raw, and becomes text that is shown as it stands")
                blocks.append(fence("text", text))
            }
        }
        return joined(blocks)
    }

    private func code(_ cell: JupyterCell, _ text: String, _ note: (String) -> Void) -> String {
        guard language.lowercased() == "swift" else { return text.isEmpty ? "" : fence(language.lowercased(), text) }
        guard !text.hasPrefix("//|") else { return fence("swift", text) }
        if let magic = text.split(separator: "\n").first(where: { $0.hasPrefix("%") }) {
            note("`\(magic.prefix(40))` is a command of Jupyter's, which Swift does not know; take it out")
        }
        return fence("swift", (cell.options + [text]).joined(separator: "\n"))
    }
}

/// A cell of a Jupyter notebook.
struct JupyterCell: Decodable {
    let kind: String
    let attachments: [String]
    /// What its metadata say, as lines of options.
    let options: [String]
    private let text: String
    private let exported: Exported?

    /// The text that kdbook wrote the cell for, and a digest of the cell as it wrote it.
    private struct Exported: Decodable { var source: Data, sha256: String }

    private struct Metadata: Decodable {
        struct Jupyter: Decodable { var source_hidden: Bool?, outputs_hidden: Bool? }

        var name: String?
        var tags: [String]?
        var jupyter: Jupyter?
        var kdbook: Exported?
    }

    private struct AnyMember: Decodable {}

    private enum Key: String, CodingKey { case cell_type, source, metadata, attachments }

    init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Key.self)
        kind = try members.decode(String.self, forKey: .cell_type)
        text =
            try (try? members.decode(String.self, forKey: .source))
            ?? members.decode([String].self, forKey: .source).joined()
        attachments = Array(((try? members.decode([String: AnyMember].self, forKey: .attachments)) ?? [:]).keys)
        let metadata = try? members.decode(Metadata.self, forKey: .metadata)
        exported = metadata?.kdbook
        options = [
            metadata?.name.flatMap { name in
                name.first?.isLetter == true && PageName.isValid(name) ? "//| label: \(name)" : nil
            },
            metadata?.tags?.contains("raises-exception") == true ? "//| error: true" : nil,
            metadata?.tags?.contains("skip-execution") == true ? "//| eval: false" : nil,
            metadata?.jupyter?.source_hidden == true ? "//| echo: false" : nil,
            metadata?.jupyter?.outputs_hidden == true ? "//| output: false" : nil,
        ].compactMap(\.self)
    }

    /// The cell's text; as exported, what kdbook wrote it for, where it is still as kdbook wrote it.
    func source(asExported: Bool) -> String? {
        guard asExported else { return text }
        guard let exported, SHA256Digest(of: text.utf8).description == exported.sha256 else { return nil }
        return String(validating: exported.source, as: UTF8.self)
    }
}
