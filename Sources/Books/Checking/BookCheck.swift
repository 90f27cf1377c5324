import Comparison
import Console
package import Engine
import Foundation
import Notebook

/// Compares what a book gives now with the records that are committed.
package struct BookCheck {
    let edition: BookEdition
    /// Whether the records of what differs are replaced.
    let accept: Bool
    /// Whether what is kept of a notebook stands for a run of it, where nothing that it depends on has changed.
    let takesKept: Bool
    let telling: Telling

    /// Who is told of problems besides the one at the terminal.
    package struct Telling: Sendable {
        /// How a service is told while the check runs; `nil` where none listens.
        package var style: AnnotationStyle?
        /// Where a report for GitLab goes.
        package var codeQuality: RootedPath?

        package init(style: AnnotationStyle? = nil, codeQuality: RootedPath? = nil) {
            self.style = style
            self.codeQuality = codeQuality
        }
    }

    package init(edition: BookEdition, accept: Bool, takesKept: Bool = false, telling: Telling = Telling()) {
        self.edition = edition
        self.accept = accept
        self.takesKept = takesKept
        self.telling = telling
    }

    private var book: Book { edition.book }

    /// What came of a notebook.
    private struct Result {
        var cells = 0
        var differences = 0
        var failed = false
        var accepted = false
        var annotations: [Annotation] = []

        /// Counts a run at another setting of the notebook's controls, too.
        mutating func add(_ other: Result) {
            accepted =
                (differences == 0 || accepted) && (other.differences == 0 || other.accepted)
                && (accepted || other.accepted)
            cells += other.cells
            differences += other.differences
            annotations += other.annotations
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
        var written: [String: [Record.Output]] = [:]
        for path in try edition.ordered(paths) {
            let line = board.begin(Book.name(of: path))
            defer { line.end() }
            do {
                results.append(try await check(path, &written, line: line))
            } catch {
                line.end()
                Terminal.complain("\(error)")
                let places = (error as? NotebookError).map(Annotation.all) ?? [Annotation("\(error)", of: path)]
                results.append(Result(failed: true, annotations: places))
                places.forEach(tell)
            }
        }
        let orphans = wholeBook ? tellRecordsWithoutNotebooks() : []
        try telling.codeQuality?.write(json: CodeQualityReport(results.flatMap(\.annotations) + orphans))
        say(results, orphans: orphans.count, since: began)
        return orphans.isEmpty && results.allSatisfy { !$0.failed && ($0.differences == 0 || $0.accepted) }
    }

    private func tell(_ annotation: Annotation) {
        if let style = telling.style { Terminal.say(style.line(for: annotation)) }
    }

    /// - Parameter written: what those notebooks wrote that were run before, by their names.
    private func check(
        _ path: String, _ written: inout [String: [Record.Output]], line: ProgressBoard.Line
    ) async throws -> Result {
        let plan = try edition.plan(path, fresh: written)
        var (result, found) = try await check(plan, recordedAs: "record.json", line)
        written[plan.notebook.name] = found.outputs ?? []
        for (setting, plan) in try edition.renderer(force: false).controlledPlans(of: plan.notebook) {
            let (more, _) = try await check(plan, recordedAs: setting.recordPath, line)
            if more.differences > 0 { Terminal.say("\(path): the differences above are with \(setting.name)") }
            result.add(more)
        }
        return result
    }

    /// - Parameter file: the record's, from the notebook's folder of pages.
    private func check(
        _ plan: Plan, recordedAs file: String, _ line: ProgressBoard.Line
    ) async throws -> (Result, found: Record) {
        let notebook = plan.notebook
        let found = try await record(of: plan, line)
        line.end()
        var result = Result(cells: notebook.cells.count, failed: found.failed)
        switch committed(notebook, file) {
        case .success(let recorded):
            let differences = differences(between: recorded, and: found, in: notebook)
            for difference in differences {
                Terminal.say(difference.description(naming: ("recorded", "now")))
                tell(Annotation(difference))
            }
            result.differences = differences.count
            result.annotations = differences.map(Annotation.init)
        case .failure(let problem):
            let words = "\(problem.cause); record it with `kdbook check \(notebook.name) --accept`"
            Terminal.say("\(notebook.path):1: \(words)")
            result.annotations = [Annotation(words, of: notebook.path)]
            result.annotations.forEach(tell)
            if found.failed {
                var report = Report()
                report.tell(found, of: notebook)
                Terminal.tell(report)
            }
            result.differences = 1
        }
        if accept && result.differences > 0 { result.accepted = try record(found, of: notebook, file) }
        return (result, found)
    }

    /// What the notebook gives: by a run from its top, or as kept where that may stand for one.
    private func record(of plan: Plan, _ line: ProgressBoard.Line) async throws -> Record {
        if takesKept, let kept = edition.record(of: plan) { return kept }
        let run = NotebookRun(plan, book: book, installation: edition.installation, store: edition.store)
        let found = try await run.record(of: plan.notebook, showing: line)
        try plan.checkUnchanged(in: book, edition.installation)
        try plan.checkOutputs(of: found)
        if takesKept { try edition.store.keep(found, of: plan) }
        return edition.judged(found, of: plan.notebook)
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

    private func tellRecordsWithoutNotebooks() -> [Annotation] {
        let names = book.notebookPaths.map(Book.name(of:))
        let orphans = (book.output / edition.name).entries.filter { name in
            !names.contains(name) && (book.folder / recordPath(name)).exists
        }
        return orphans.map { name in
            let words = "the record of a notebook that is gone; remove it with the notebook"
            Terminal.say("\(recordPath(name)):1: \(words)")
            let annotation = Annotation(words, of: recordPath(name))
            tell(annotation)
            return annotation
        }
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
