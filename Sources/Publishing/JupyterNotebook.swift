import Foundation
public import Notebook
public import Wire

/// A notebook with what it gave, as a Jupyter notebook.
///
/// Format 4.5 (nbformat.readthedocs.io). Prose becomes Markdown cells; code cells carry what the record has of them. The
/// same notebook and record give the same file: cells are named by their place, and a cell's execution count is its
/// number. What an import could not tell from a cell, its metadata hold.
///
/// - Parameters:
///   - constants: the edition and the parameters as Swift, for a cell of their own; cells of a Jupyter notebook find them
///     nowhere else.
///   - outline: all notebooks of the book, in order.
///   - bibliography: the works that the book cites.
///   - claims: the claims that the book is about.
///   - imports: what its cells import of the book's own modules and of packages, with the sources of the modules by their paths.
///   - picture: the PNG file of a picture, by its digest in the record.
public func jupyterNotebook(
    _ notebook: Notebook, record: Record, constants: String, outline: [OutlineEntry], bibliography: Bibliography,
    claims: BookClaims?, imports: JupyterImports = JupyterImports(), picture: @escaping (String) throws -> [UInt8]
) throws -> JSONValue {
    let writer = JupyterWriter(notebook, record, claims: claims, picture: picture)
    let manuscript = Manuscript(notebook)
    let references = References(
        own: manuscript.labels.all + record.claimLabels, page: notebook.name, outline: outline, claims: claims)
    var prose = JupyterProse(
        manuscript, references: references, bibliography: bibliography, values: record.values ?? [])
    let source = SourceLines(notebook.text)
    let frontMatter = notebook.blocks.compactMap {
        if case .frontMatter(let lines) = $0 { source.text(lines) } else { nil }
    }
    var cells = JupyterSources()
    cells.add(
        writer.heading(manuscript.title.map { prose.text($0) }, manuscript.abstract.map { prose.text($0) }),
        for: frontMatter.joined())
    cells.add(writer.markdown(imports.words, id: "imports"), for: "")
    cells.add(writer.constants(constants), for: "")
    var count = 0
    for block in notebook.blocks {
        switch block {
        case .frontMatter: break
        case .prose(let lines):
            count += 1
            cells.add(writer.markdown(prose.text(lines), id: "prose-\(count)"), for: source.text(lines))
        case .cell(let cell):
            let captions = CellCaptions(
                figures: (manuscript.figureCaptions[cell.number] ?? []).map { prose.text($0) },
                table: manuscript.tableCaptions[cell.number]?.first.map { prose.text($0) })
            cells.add(try writer.code(cell, captions), for: source.text(cell.lines))
        }
    }
    for (id, text) in [("footnotes", prose.lastNotes()), ("references", prose.citedWorks)] {
        if let cell = writer.markdown(text, id: id) { cells.add(cell, for: "") }
    }
    return .object([
        "nbformat": .number(4), "nbformat_minor": .number(5), "cells": .array(cells.cells),
        "metadata": .object(imports.metadata.merging(metadata(title: OutlineEntry(notebook).title)) { $1 }),
    ])
}

/// The file's metadata, which say that its code is Swift.
private func metadata(title: String) -> [String: JSONValue] {
    [
        "title": .string(title),
        "kernelspec": .object([
            "display_name": .string("Swift"), "language": .string("swift"), "name": .string("swift"),
        ]),
        "language_info": .object([
            "name": .string("swift"), "file_extension": .string(".swift"), "mimetype": .string("text/x-swift"),
        ]),
    ]
}

/// What a notebook's cells import that a Jupyter notebook has no place for.
public struct JupyterImports: Sendable {
    /// The names of modules and of packages' products.
    public var names: [String]
    /// The sources of the book's own modules, by their paths.
    public var sources: [String: String]

    /// - Parameters:
    ///   - names: the names of modules and of packages' products.
    ///   - sources: the sources of the book's own modules, by their paths.
    public init(names: [String] = [], sources: [String: String] = [:]) {
        (self.names, self.sources) = (names, sources)
    }

    /// What a reader is told.
    fileprivate var words: String {
        guard !names.isEmpty else { return "" }
        let list = names.map { "`\($0)`" }.joined(separator: ", ")
        return "The cells import \(list) of the book that this notebook is from"
            + (sources.isEmpty ? "." : "; the sources are in the notebook's metadata, under `kdbook`.")
    }

    fileprivate var metadata: [String: JSONValue] {
        guard !names.isEmpty else { return [:] }
        return [
            "kdbook": .object([
                "imports": .array(names.map(JSONValue.string)), "sources": .object(sources.mapValues(JSONValue.string)),
            ])
        ]
    }
}

private struct JupyterWriter {
    let notebook: Notebook
    let record: Record
    let numbers: CaptionNumbers
    let claims: ClaimWriter
    let picture: (String) throws -> [UInt8]

    init(
        _ notebook: Notebook, _ record: Record, claims: BookClaims?, picture: @escaping (String) throws -> [UInt8]
    ) {
        self.notebook = notebook
        self.record = record
        self.claims = ClaimWriter(claims: claims, isLinked: false)
        self.picture = picture
        numbers = CaptionNumbers(notebook, Manuscript(notebook).pictures)
    }

    /// The title and the abstract of the front matter, which a Jupyter notebook has no place for.
    func heading(_ title: String?, _ abstract: String?) -> JSONValue? {
        let parts = [title.map { "# \($0)" }, abstract].compactMap(\.self)
        return parts.isEmpty ? nil : markdown(parts.joined(separator: "\n\n"), id: "title")
    }

    func constants(_ code: String) -> JSONValue? {
        // The name by which papermill and others know them.
        cell("code", id: "parameters", code, metadata: ["tags": .array([.string("parameters")])], outputs: [])
    }

    func markdown(_ text: String, id: String) -> JSONValue? {
        let text = text.trimmingCharacters(in: .newlines)
        guard !text.allSatisfy(\.isWhitespace) else { return nil }
        return cell("markdown", id: id, text, metadata: [:])
    }

    /// - Parameter captions: Markdown.
    func code(_ cell: Cell, _ captions: CellCaptions) throws -> JSONValue {
        let options = cell.options
        var metadata: [String: JSONValue] = [:]
        if let label = options.label { metadata["name"] = .string(label) }
        var tags: [String] = []
        if options.error { tags.append("raises-exception") }
        if !options.eval { tags.append("skip-execution") }
        if !tags.isEmpty { metadata["tags"] = .array(tags.map(JSONValue.string)) }
        var hidden: [String: JSONValue] = [:]
        if !options.echo || !options.include || options.codeFold == .always { hidden["source_hidden"] = .bool(true) }
        if !options.output || !options.include { hidden["outputs_hidden"] = .bool(true) }
        if !hidden.isEmpty { metadata["jupyter"] = .object(hidden) }
        let known = record.cells.count >= cell.number ? record.cells[cell.number - 1] : nil
        return self.cell(
            "code", id: "cell-\(cell.number)", cell.optionLines + cell.code, metadata: metadata,
            outputs: try known.map { try outputs(of: cell, $0, captions) } ?? [],
            count: known?.status == .skipped ? nil : cell.number)
    }

    private func cell(
        _ type: String, id: String, _ source: String, metadata: [String: JSONValue], outputs: [JSONValue]? = nil,
        count: Int? = nil
    ) -> JSONValue {
        var members: [String: JSONValue] = [
            "cell_type": .string(type), "id": .string(id), "metadata": .object(metadata),
            "source": lines(source.trimmingCharacters(in: .newlines)),
        ]
        if let outputs {
            members["outputs"] = .array(outputs)
            members["execution_count"] = count.map { .number(Double($0)) } ?? .null
        }
        return .object(members)
    }
}

// MARK: Outputs

extension JupyterWriter {
    private func outputs(of cell: Cell, _ record: CellRecord, _ captions: CellCaptions) throws -> [JSONValue] {
        var figures = 0
        var tables = 0
        let shown = try record.displays.enumerated().flatMap { index, display -> [JSONValue] in
            switch display {
            case .text(let text): return [stream("stdout", PrintedText(text).withEscapes)]
            case .value(let text):
                let isResult = index == record.displays.count - 1
                return [data(["text/plain": PrintedText(text).withEscapes], resultOf: isResult ? cell : nil)]
            case .html(let markup):
                var raw = RawMarkup()
                return [data(["text/html": raw.filtered(markup) + raw.closing()])]
            case .claim(let claim):
                return [data(["text/html": claims.html(claim), "text/plain": claim.plainText])]
            case .table(let content):
                tables += 1
                return self.table(content, of: cell, captions, isFirst: tables == 1)
            case .frame(let content):
                tables += 1
                return self.table(content.shown, of: cell, captions, isFirst: tables == 1)
            case .figure(let content):
                figures += 1
                let text = cell.options.figureAlternativeText(at: figures - 1) ?? content.shownText
                let number = numbers.figure(cell).map { "\($0)\(captions.letter(ofFigure: figures - 1))" }
                return [try image(content, text)] + caption("Figure", number, captions.figure(at: figures - 1))
            }
        }
        return shown + diagnostics(of: cell, record)
    }

    private func table(_ content: TableContent, of cell: Cell, _ captions: CellCaptions, isFirst: Bool) -> [JSONValue] {
        let words = (isFirst ? captions.table : nil) ?? content.caption.map(JupyterProse.literal)
        let caption = self.caption("Table", isFirst ? numbers.table(cell).map(String.init) : nil, words)
        let text = PrintedText(content.plainText).text
        return caption + [data(["text/html": html(of: content), "text/plain": text])]
    }

    private func stream(_ name: String, _ text: String) -> JSONValue {
        .object(["output_type": .string("stream"), "name": .string(name), "text": lines(text)])
    }

    private func data(
        _ texts: [String: String], metadata: [String: JSONValue] = [:], resultOf cell: Cell? = nil
    ) -> JSONValue {
        var members: [String: JSONValue] = [
            "output_type": .string(cell == nil ? "display_data" : "execute_result"),
            "data": .object(texts.mapValues(lines)), "metadata": .object(metadata),
        ]
        if let cell { members["execution_count"] = .number(Double(cell.number)) }
        return .object(members)
    }

    private func image(_ content: FigureContent, _ text: String) throws -> JSONValue {
        let png = Data(try picture(content.light)).base64EncodedString()
        return data(
            ["image/png": png, "text/plain": text],
            metadata: [
                "image/png": .object([
                    "width": .number(Double(content.width)), "height": .number(Double(content.height)),
                    "alt": .string(text),
                ])
            ])
    }

    private func caption(_ name: String, _ number: String?, _ words: String?) -> [JSONValue] {
        guard let words else { return [] }
        return [data(["text/markdown": (number.map { "**\(name) \($0).** " } ?? "") + words])]
    }

    private func html(of table: TableContent) -> String {
        func row(_ entries: [String], _ name: String) -> String {
            let cells = zip(entries, table.alignments).map { entry, alignment in
                element(
                    name, ["style": "text-align: \(alignment == .trailing ? "right" : "left")"],
                    plainMarkup(ofPrinted: entry).replacing("$", with: JupyterProse.dollar))
            }
            return element("tr", cells.joined())
        }
        return element(
            "table",
            element("thead", row(table.columns, "th"))
                + element("tbody", table.rows.map { row($0, "td") }.joined(separator: "\n")))
    }

    /// Errors as Jupyter's, with the notes that belong to them; warnings on standard error.
    private func diagnostics(of cell: Cell, _ record: CellRecord) -> [JSONValue] {
        var groups: [[Diagnostic]] = []
        for diagnostic in record.diagnostics {
            if diagnostic.severity == .note, !groups.isEmpty {
                groups[groups.count - 1].append(diagnostic)
            } else {
                groups.append([diagnostic])
            }
        }
        return groups.map { group in
            // Jupyter obeys what a terminal obeys.
            let told = group.map {
                VisibleText(notebook.located(notebook.placed($0, of: cell)).rendered(file: notebook.path)).description
            }
            guard group[0].severity == .error else {
                return stream("stderr", told.map { $0 + "\n" }.joined())
            }
            return .object([
                "output_type": .string("error"), "ename": .string("error"),
                "evalue": .string(VisibleText(group[0].message).description),
                "traceback": .array(told.map(JSONValue.string)),
            ])
        }
    }
}

/// A text as Jupyter keeps it: its lines, each with its ending.
private func lines(_ text: String) -> JSONValue {
    .array(SourceLines(text).lines.map { .string(String($0)) })
}
