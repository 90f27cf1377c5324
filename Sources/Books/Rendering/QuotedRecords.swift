import Engine
package import Notebook
import Publishing

/// The records that a page's prose quotes: the one of its own run, and those on record of other notebooks and editions.
package struct QuotedRecords {
    let renderer: BookRenderer
    /// The notebook with the page.
    let notebook: Notebook
    /// What its run gave.
    let own: Record

    package init(renderer: BookRenderer, notebook: Notebook, own: Record) {
        self.renderer = renderer
        self.notebook = notebook
        self.own = own
    }

    /// The notebook with all values in their places that are on record, and what is wrong with the others. A record that is not
    /// there yet is one warning, at the first value of it: each of two editions may quote the other, and one has to be first.
    package func fill() -> (notebook: Notebook, problems: [Diagnostic]) {
        var problems: [Diagnostic] = []
        var words: [RecordedValue: String] = [:]
        var known: [String: Record?] = [:]
        for value in notebook.recordedValues {
            let file = renderer.quotedFile(value, on: notebook.name)
            if let file, known[file.path] == nil {
                let record = try? Record(contentsOf: file)
                known[file.path] = .some(record)
                if record == nil { problems.append(Diagnostic(.warning, at: value.position, missing(value))) }
            }
            guard let record = file.map({ known[$0.path] ?? nil }) ?? own else {
                words[value] = "…"
                continue
            }
            do throws(RecordedValueError) {
                words[value] = try record.words(at: value.path)
            } catch {
                problems.append(Diagnostic(.error, at: value.position, error.description))
            }
        }
        return (notebook.filled { words[$0] }, problems)
    }

    private func missing(_ value: RecordedValue) -> String {
        let edition = value.edition ?? renderer.edition
        let name = value.notebook ?? notebook.name
        let option = edition == BookRenderer.defaultEdition ? "" : " --edition \(edition)"
        return
            "there is no record of `\(name)` in the edition `\(edition)` yet: `kdbook render \(name)\(option)` makes it"
    }
}

extension BookRenderer {
    /// The file of the record that a value on the page of `notebook` is from; `nil` where that is the record of the page itself.
    ///
    /// An edition that is named is the one on record, whose parameters are its own.
    func quotedFile(_ value: RecordedValue, on notebook: String) -> RootedPath? {
        let isThisEdition = value.edition == nil || value.edition == edition && settings.isEmpty
        let name = value.notebook ?? notebook
        if isThisEdition && name == notebook { return nil }
        let pages = isThisEdition ? folder : book.output / (value.edition ?? edition)
        return pages / "\(name)/record.json"
    }

    /// The files of the records that the page of `notebook` quotes, each once, in order.
    func quotedFiles(of notebook: Notebook) -> [String] {
        Set(notebook.recordedValues.compactMap { quotedFile($0, on: notebook.name)?.path }).sorted()
    }

    /// The same with the digests of what is in them; that of a file that is not there is empty.
    func quotedInputs(_ paths: [String]) -> [Record.Input] {
        paths.map { path in
            Record.Input(path: path, sha256: (try? book.place(named: path).digest().description) ?? "")
        }
    }
}
