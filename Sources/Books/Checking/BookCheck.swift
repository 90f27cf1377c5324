import Comparison
import Console
import Engine
import Foundation
import Notebook

/// Compares what a book gives now with the records that are committed.
package struct BookCheck {
    let edition: BookEdition
    /// Whether the records of what differs are replaced.
    let accept: Bool
    /// How a service is told of differences besides; `nil` where none listens.
    let annotations: AnnotationStyle?

    package init(edition: BookEdition, accept: Bool, annotations: AnnotationStyle? = nil) {
        self.edition = edition
        self.accept = accept
        self.annotations = annotations
    }

    private var book: Book { edition.book }

    /// What came of a notebook.
    private struct Result {
        var cells = 0
        var differences = 0
        var failed = false
        var accepted = false

        /// Counts a run at another setting of the notebook's controls, too.
        mutating func add(_ other: Result) {
            accepted =
                (differences == 0 || accepted) && (other.differences == 0 || other.accepted)
                && (accepted || other.accepted)
            cells += other.cells
            differences += other.differences
            failed = failed || other.failed
        }
    }

    /// Checks the notebooks at `paths`.
    ///
    /// - Parameter wholeBook: whether these are all there are.
    /// - Returns: whether all is as recorded, or is so now.
    package func run(_ paths: [String], wholeBook: Bool) async throws -> Bool {
        let began = ContinuousClock.now
        try edition.store.prepare()
        try edition.renderer(force: false).preparePackages()
        var results: [Result] = []
        let board = ProgressBoard(total: paths.count)
        defer { board.end() }
        for path in paths {
            let line = board.begin(Book.name(of: path))
            defer { line.end() }
            do {
                results.append(try await check(path, line: line))
            } catch {
                line.end()
                Terminal.complain("\(error)")
                results.append(Result(failed: true))
            }
        }
        let orphans = wholeBook ? tellRecordsWithoutNotebooks() : 0
        say(results, orphans: orphans, since: began)
        return orphans == 0 && results.allSatisfy { !$0.failed && ($0.differences == 0 || $0.accepted) }
    }

    private func check(_ path: String, line: ProgressBoard.Line) async throws -> Result {
        let plan = try edition.plan(path)
        var result = try await check(plan, recordedAs: "record.json", line)
        for (setting, plan) in try edition.renderer(force: false).controlledPlans(of: plan.notebook) {
            let more = try await check(plan, recordedAs: setting.recordPath, line)
            if more.differences > 0 { Terminal.say("\(path): the differences above are with \(setting.name)") }
            result.add(more)
        }
        return result
    }

    /// - Parameter file: the record's, from the notebook's folder of pages.
    private func check(_ plan: Plan, recordedAs file: String, _ line: ProgressBoard.Line) async throws -> Result {
        let notebook = plan.notebook
        let run = NotebookRun(plan, book: book, installation: edition.installation, store: edition.store)
        let found = edition.judged(try await run.record(of: notebook, showing: line), of: notebook)
        try plan.checkUnchanged(in: book, edition.installation)
        line.end()
        var result = Result(cells: notebook.cells.count, failed: found.failed)
        switch committed(notebook, file) {
        case .success(let recorded):
            let differences = differences(between: recorded, and: found, in: notebook)
            for difference in differences {
                Terminal.say(difference.description(naming: ("recorded", "now")))
                if let annotations { Terminal.say(annotations.line(for: difference)) }
            }
            result.differences = differences.count
        case .failure(let problem):
            Terminal.say(
                "\(notebook.path):1: \(problem.cause); record it with `kdbook check \(notebook.name) --accept`")
            if found.failed {
                var report = Report()
                report.tell(found, of: notebook)
                Terminal.tell(report)
            }
            result.differences = 1
        }
        if accept && result.differences > 0 { result.accepted = try record(found, of: notebook, file) }
        return result
    }

    /// Writes a new record, unless a cell failed.
    private func record(_ found: Record, of notebook: Notebook, _ file: String) throws -> Bool {
        guard !found.failed else {
            Terminal.complain("\(notebook.path): error: not recorded, because a cell failed")
            return false
        }
        let path = recordPath(notebook.name, file)
        try (book.folder / path).write(json: found)
        Terminal.say("\(notebook.path): recorded in \(path)")
        return true
    }

    private func committed(_ notebook: Notebook, _ file: String) -> Swift.Result<Record, EngineError> {
        let path = recordPath(notebook.name, file)
        let file = book.folder / path
        guard file.exists || file.isBehindLink else {
            return .failure(EngineError(.find, file: path, cause: "there is no record \(path)"))
        }
        do throws(EngineError) {
            return .success(try Record(contentsOf: file))
        } catch {
            return .failure(EngineError(.read, file: path, cause: "\(path) \(error.phase.rawValue): \(error.cause)"))
        }
    }

    /// Where a notebook's record lies, from the book's folder.
    private func recordPath(_ name: String, _ file: String = "record.json") -> String {
        "Output/\(edition.name)/\(name)/\(file)"
    }

    private func tellRecordsWithoutNotebooks() -> Int {
        let names = book.notebookPaths.map(Book.name(of:))
        let orphans = (book.output / edition.name).entries.filter { name in
            !names.contains(name) && (book.folder / recordPath(name)).exists
        }
        for name in orphans {
            Terminal.say("\(recordPath(name)):1: the record of a notebook that is gone; remove it with the notebook")
        }
        return orphans.count
    }

    private func say(_ results: [Result], orphans: Int, since began: ContinuousClock.Instant) {
        let differences = results.map(\.differences).reduce(orphans, +)
        let failures = results.count(where: \.failed)
        let accepted = results.count(where: \.accepted)
        let verdict = [
            differences == 0 && failures == 0 ? "all as recorded" : "",
            differences > 0 ? counted(differences, "difference") : "",
            failures > 0 ? "\(counted(failures, "notebook")) failed" : "",
            accepted > 0 ? "\(counted(accepted, "record")) accepted" : "",
        ].filter { !$0.isEmpty }.joined(separator: ", ")
        let cells = results.map(\.cells).reduce(0, +)
        Terminal.say(
            "\(counted(results.count, "notebook")), \(counted(cells, "cell")): \(verdict) in \(seconds(since: began))")
    }
}
