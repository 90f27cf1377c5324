import Comparison
import Console
import Engine
import Foundation
import Notebook

/// Runs a book twice, the second time with everything around it otherwise, and tells what differs.
package struct BookPerturbation {
    let edition: BookEdition

    package init(edition: BookEdition) { self.edition = edition }

    /// What takes longer than this, in seconds, is not run again to learn what it depends on.
    private static let cheap = 60.0

    /// - Returns: whether both runs of each notebook at `paths` gave the same.
    package func run(_ paths: [String]) async throws -> Bool {
        let began = ContinuousClock.now
        try edition.store.prepare()
        return try await edition.book.withCopy { copy in
            var cells = 0
            var differences = 0
            var failures = 0
            let board = ProgressBoard(total: paths.count)
            defer { board.end() }
            for path in paths {
                let line = board.begin(Book.name(of: path))
                defer { line.end() }
                do {
                    let plan = try edition.plan(path)
                    cells += plan.notebook.cells.count
                    differences += try await NotebookPerturbation(edition, plan, copy: copy, line: line).run()
                } catch {
                    failures += 1
                    line.end()
                    if !(error is NotebookFailed) { Terminal.complain("\(error)") }
                }
            }
            let verdict = [
                differences == 0 && failures == 0 ? "the same under other conditions" : "",
                differences > 0 ? counted(differences, "difference") : "",
                failures > 0 ? "\(counted(failures, "notebook")) failed" : "",
            ].filter { !$0.isEmpty }.joined(separator: ", ")
            Terminal.say(
                "\(counted(paths.count, "notebook")), \(counted(cells, "cell")): \(verdict) in \(seconds(since: began))"
            )
            return differences == 0 && failures == 0
        }
    }

    /// The runs of one notebook.
    private struct NotebookPerturbation {
        let edition: BookEdition
        let plan: Plan
        /// The book in another folder.
        let copy: Book
        let line: ProgressBoard.Line

        init(_ edition: BookEdition, _ plan: Plan, copy: Book, line: ProgressBoard.Line) {
            self.edition = edition
            self.plan = plan
            self.copy = copy
            self.line = line
        }

        /// - Returns: how many differences were told.
        func run() async throws -> Int {
            let began = ContinuousClock.now
            let usual = try await record(under: [])
            let isCheap = ContinuousClock.now - began < .seconds(BookPerturbation.cheap)
            guard !usual.failed else {
                line.end()
                var report = Report()
                report.tell(usual, of: plan.notebook)
                Terminal.tell(report)
                throw NotebookFailed()
            }
            let differences = differences(usual, try await record(under: Perturbation.allCases))
            guard !differences.isEmpty else { return 0 }
            let causes = isCheap ? try await causes(of: differences, usual) : [:]
            line.end()
            for difference in differences {
                let cause = isCheap ? causes[difference.line] ?? "several of the conditions at once, or chance" : nil
                Terminal.say(
                    difference.description(naming: ("first", "then")) + (cause.map { "; it depends on \($0)" } ?? ""))
            }
            return differences.count
        }

        /// What gave the differences, by their lines: the notebook is run under each condition alone.
        private func causes(of differences: [Difference], _ usual: Record) async throws -> [Int: String] {
            var open = Set(differences.map(\.line))
            var causes: [Int: String] = [:]
            // What differs from run to run would differ under each condition, too.
            for difference in self.differences(usual, try await record(under: []))
            where open.remove(difference.line) != nil {
                causes[difference.line] = "when it is run: on the time, or on random numbers without a seed"
            }
            guard !open.isEmpty else { return causes }
            for perturbation in Perturbation.allCases {
                let lines = Set(self.differences(usual, try await record(under: [perturbation])).map(\.line))
                for line in lines.intersection(open).sorted() {
                    causes[line] = (causes[line].map { $0 + " and " } ?? "") + perturbation.rawValue
                }
            }
            return causes
        }

        /// Differences to the last bit: a tolerance is for other versions of what computes, not for other surroundings.
        private func differences(_ usual: Record, _ other: Record) -> [Difference] {
            Comparison.differences(between: usual, and: other, in: plan.notebook, isExact: true)
        }

        private func record(under perturbations: [Perturbation]) async throws -> Record {
            let isElsewhere = perturbations.contains(.folder)
            let run = NotebookRun(
                plan, book: isElsewhere ? copy : edition.book, installation: edition.installation, store: edition.store,
                conditions: perturbations.reduce(.asked) { $1.applied(to: $0) })
            return try await run.record(of: plan.notebook, showing: line)
        }
    }
}
