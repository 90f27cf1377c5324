import Console
import Engine
import Notebook
import Publishing

extension NotebookRenderer {
    /// The runs at the settings of a notebook's controls that are not its own. Each is kept by its key, as any run is; a page with
    /// other parameters (`--set`) has none.
    ///
    /// - Throws: where a run fails, what it says.
    func controlledRuns(of notebook: Notebook, _ line: ProgressBoard.Line) async throws -> [ControlledRun] {
        guard book.settings.isEmpty else { return [] }
        let plans = try book.controlledPlans(of: notebook)
        let unknown = plans.count { book.force || book.store.record(for: $1) == nil }
        if unknown > 0 { Terminal.say("\(source.path): \(counted(unknown, "further run")) for its controls") }
        var runs: [ControlledRun] = []
        for (setting, plan) in plans {
            let record = try await record(ofControlled: plan, line).judged(by: notebook)
            guard !record.failed else {
                let problems = notebook.diagnostics(of: record, at: setting)
                throw NotebookError(notebook, problems)
            }
            runs.append(ControlledRun(setting: setting, plan: plan, record: record))
        }
        return runs
    }

    private func record(ofControlled plan: Plan, _ line: ProgressBoard.Line) async throws -> Record {
        if !book.force, let known = book.store.record(for: plan) { return known }
        var conditions = KernelConditions.asked
        conditions.results = book.results
        let run = NotebookRun(
            plan, book: book.book, installation: book.installation, store: book.store, conditions: conditions,
            share: share)
        let record = try await run.record(of: plan.notebook, showing: line)
        try plan.checkUnchanged(in: book.book, book.installation)
        try plan.checkOutputs(of: record)
        try book.store.keep(record, of: plan)
        return record
    }
}

extension BookRenderer {
    /// A plan for each setting of a notebook's controls that is not its own.
    func controlledPlans(of notebook: Notebook) throws -> [(setting: ControlSetting, plan: Plan)] {
        let own = notebook.frontMatter.ownSetting(edition: edition)
        return try notebook.frontMatter.controlSettings.filter { $0 != own }.map { setting in
            let plan = try Plan(
                notebook, edition: edition, settings: setting.settings, book: book, installation: installation,
                sandbox: sandbox(of: notebook.name), store: store, others: outputs)
            return (setting, plan)
        }
    }

    /// The records of a notebook's controls beside its page, with its own; none where one is missing.
    func variants(of notebook: Notebook, own: Record) -> [PageVariant] {
        let ownSetting = notebook.frontMatter.ownSetting(edition: edition)
        let all = notebook.frontMatter.controlSettings.map { setting -> PageVariant? in
            if setting == ownSetting { return PageVariant(setting: setting, record: own) }
            let file = folder / "\(notebook.name)/\(setting.recordPath)"
            return (try? Record(contentsOf: file)).map { PageVariant(setting: setting, record: $0) }
        }
        let known = all.compactMap(\.self)
        return known.count == all.count ? known : []
    }
}

extension Notebook {
    /// What went wrong in a run at a setting of the controls, each message with the setting.
    fileprivate func diagnostics(of record: Record, at setting: ControlSetting) -> [Diagnostic] {
        let found = zip(cells, record.cells).flatMap { cell, result in
            result.diagnostics.filter { $0.severity == .error }.map { placed($0, of: cell) }
        }
        let named = found.map { Diagnostic(.error, at: $0.position, "with \(setting.name): \($0.message)") }
        return named.isEmpty
            ? [Diagnostic(.error, at: SourcePosition(line: 1), "with \(setting.name), the notebook fails")] : named
    }
}
