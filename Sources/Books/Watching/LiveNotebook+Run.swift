import Engine
import Foundation
import Live
import Notebook
import Publishing
import Wire

// What open pages see of a run.
extension LiveNotebook {
    /// Shows the notebook as it is written now, with what its cells gave before; those that are to be run wait.
    func beginRun(of notebook: Notebook, _ plan: Plan, renderer: NotebookRenderer) {
        let before = state.withLock { $0.woven } ?? firstWoven()
        let record = before.draft(of: notebook, plan)
        let attached = AttachedFiles(of: notebook, in: renderer.book.book)
        let folder = try? PageFolder(of: renderer, notebook, plan: plan, record: record, attached: attached)
        state.withLock { state in
            state.woven = Woven(notebook: notebook, plan: plan, record: record)
            state.draft = folder?.files ?? [:]
            state.forgetRun()
            for cell in before.outdatedCells(of: notebook, plan) { state.activities[cell] = Activity(kind: .waiting) }
        }
        tell(.changed(page: name))
        tellState()
    }

    /// Shows a notebook that has no page yet, without what its cells give.
    func showUnrun(_ notebook: Notebook, renderer: NotebookRenderer) {
        let cells = notebook.cells.map { cell in
            CellRecord(label: cell.options.label, status: cell.options.eval ? .asExpected : .skipped)
        }
        let record = Record(notebook: name, edition: "", parameters: [:], inputs: [], cells: cells)
        let attached = AttachedFiles(of: notebook, in: renderer.book.book)
        guard let folder = try? PageFolder(of: renderer, notebook, record: record, attached: attached) else { return }
        let isFirst = state.withLock { state in
            guard state.woven == nil, state.draft.isEmpty, !state.hasFailed else { return false }
            state.draft = folder.files
            for cell in notebook.cells where cell.options.eval {
                state.activities[cell.number] = Activity(kind: .waiting)
            }
            return true
        }
        guard isFirst else { return }
        tell(.changed(page: name))
        tellState()
    }

    /// Takes what a run tells.
    func take(_ event: RunEvent, claims: BookClaims?, book: BookFrame) {
        switch event {
        case .compiled, .halted: return
        case .began(let cell):
            state.withLock { $0.activities[cell.number] = Activity(kind: .running) }
        case .progress(let cell, let text):
            let shown = VisibleText(text, keepingLines: false).description
            state.withLock { $0.activities[cell.number]?.progress = shown }
        case .noted(let text):
            state.withLock { $0.note = text }
        case .shown(let cell, let record): return show(record, of: cell, claims, book)
        case .ended(let cell, let record):
            state.withLock { state in
                state.activities[cell.number] = nil
                if record.status == .failed { state.firstError = min(state.firstError ?? .max, cell.number) }
            }
            show(record, of: cell, claims, book)
        }
        tellState()
    }

    /// Shows what is in the page's folder now.
    func endRun(of notebook: Notebook, _ plan: Plan?, _ record: Record?) {
        state.withLock { state in
            let note = state.note
            state.forgetRun()
            state.note = note
            state.draft = [:]
            state.pictures = [:]
            state.woven = record.map { Woven(notebook: notebook, plan: plan, record: $0) } ?? state.woven
            state.hasFailed = record?.failed ?? true
            state.firstError = record?.cells.firstIndex { $0.status == .failed }.map { $0 + 1 }
        }
        tell(.changed(page: name))
    }

    private func show(_ record: CellRecord, of cell: Cell, _ claims: BookClaims?, _ book: BookFrame) {
        let notebook = state.withLock { state -> Notebook? in
            guard let woven = state.woven, woven.record.cells.indices.contains(cell.number - 1) else { return nil }
            state.woven?.record.cells[cell.number - 1] = record
            for (digest, file) in record.pictureFiles { state.pictures[FigureFiles.path(digest)] = file }
            return woven.notebook
        }
        guard let notebook else { return }
        let html = weaveCell(cell, record, of: notebook, claims: claims, book: book)
        tell(.cell(page: name, number: cell.number, html: html))
    }

    /// The notebook as it stood when the book was opened, with the record of its page.
    private func firstWoven() -> Woven {
        let (text, path) = state.withLock { ($0.text, $0.record) }
        let notebook = Notebook.parsed(text, name: name, path: "\(Book.notebookFolder)/\(name).md").notebook
        let record = try? Record(contentsOf: path)
        let none = Record(notebook: name, edition: "", parameters: [:], inputs: [], cells: [])
        return Woven(notebook: notebook, plan: nil, record: record ?? none)
    }
}

extension LiveNotebook.Woven {
    /// What cells of `notebook` show until they are run: what they, or others in their place, gave before.
    fileprivate func draft(of notebook: Notebook, _ plan: Plan) -> Record {
        let (old, new) = (self.notebook.cells, notebook.cells)
        let before = zip(old, new).prefix { $0.code == $1.code }.count
        let behind = min(
            zip(old.reversed(), new.reversed()).prefix { $0.code == $1.code }.count, min(old.count, new.count) - before)
        let cells = new.map { cell in
            var index = cell.number - 1
            if index >= new.count - behind { index += old.count - new.count }
            guard record.cells.indices.contains(index) else { return CellRecord(label: nil, status: .asExpected) }
            var given = record.cells[index]
            given.label = cell.options.label
            // What was wrong there may be mended.
            if given.status == .failed { given.diagnostics = [] }
            if given.status != .asExpected { given.status = cell.options.eval ? .asExpected : .skipped }
            return given
        }
        return Record(
            notebook: notebook.name, edition: plan.edition, parameters: [:], inputs: plan.inputs, cells: cells,
            values: record.values)
    }

    /// The numbers of the cells that have not given what they give in `plan`.
    fileprivate func outdatedCells(of notebook: Notebook, _ plan: Plan) -> [Int] {
        let cells = notebook.cells.filter(\.options.eval)
        let known = self.notebook.cells
        let first = cells.first { cell in
            let record = record.cells.indices.contains(cell.number - 1) ? record.cells[cell.number - 1] : nil
            guard let record, record.status == .asExpected else { return true }
            if let before = self.plan { return before.key(ofCell: cell.number) != plan.key(ofCell: cell.number) }
            return !known.indices.contains(cell.number - 1) || known[cell.number - 1].code != cell.code
        }
        return cells.filter { $0.number >= first?.number ?? .max }.map(\.number)
    }
}
