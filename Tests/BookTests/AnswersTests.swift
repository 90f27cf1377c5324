import Foundation
import Notebook
import Publishing
import Testing
import Wire

/// The answers that notebooks of several editions open with, a list item for each edition, beside the records of these.
@Suite struct AnswersTests {
    private static let notebooks = [
        "02-teacher-and-student", "04-four-students", "05-few-labels", "06-temperature-and-weight", "17-the-toolkits",
    ]

    /// What a notebook answers, by edition.
    private func answers(_ notebook: String) throws -> [String: String] {
        let filled = try BookRecords.filled(try #require(try BookRecords.notebooks().first { $0.name == notebook }))
        let opening = try #require(filled.text.firstMatch(of: /\n\*\*The answers?\.\*\*(?s:.*?)\n(?=```|#)/)).output
        let items = String(opening).components(separatedBy: "\n- ").dropFirst()
        return try Dictionary(
            uniqueKeysWithValues: items.map { item in
                if item.hasPrefix("On MNIST (edition `mnist`") { return ("mnist", item) }
                try #require(item.hasPrefix("On the synthetic digits (default edition"), "\(item)")
                return ("default", item)
            })
    }

    /// Whether a notebook's record of an edition was made under the rules that stand now.
    private func isCurrent(_ notebook: String, _ edition: String) throws -> Bool {
        let parsed = try #require(try BookRecords.notebooks().first { $0.name == notebook })
        return BookRecords.isCurrent(try BookRecords.record(notebook, edition: edition), of: parsed)
    }

    @Test func theyAreOfAllNotebooksWithSeveralEditions() throws {
        let several = try BookRecords.notebooks().filter { !$0.frontMatter.editions.isEmpty }
        #expect(several.map(\.name) == Self.notebooks)
    }

    @Test(arguments: notebooks, ["default", "mnist"])
    func theVerdictsAreThoseOnRecord(notebook: String, edition: String) throws {
        let answer = try #require(try answers(notebook)[edition])
        let verdicts = answer.matches(of: /(C\d\d) is\s+(supported|refuted|conditional|undecided)/).map {
            "\($0.1) \($0.2)"
        }
        // Under another rule nothing is decided, and the page says so.
        guard try isCurrent(notebook, edition) else {
            #expect(verdicts.isEmpty)
            #expect(answer.contains("stale"))
            return
        }
        let decided = try BookRecords.record(notebook, edition: edition).decidedClaims
        #expect(verdicts.sorted() == decided.map { "\($0.id) \($0.verdict.rawValue)" }.sorted())
    }

    @Test(arguments: notebooks)
    func noMeasuredNumberIsTyped(notebook: String) throws {
        let text = try #require(try BookRecords.notebooks().first { $0.name == notebook }).text
        let opening = try #require(text.firstMatch(of: /\n\*\*The answers?\.\*\*(?s:.*?)\n(?=```|#)/)).output
        let typed = opening.replacing(/`[^`]*`/, with: "").replacing(/T = \d+\.\d+/, with: "")
        #expect(typed.firstMatch(of: /\d\.\d/) == nil, "\(typed)")
    }

    @Test(arguments: notebooks, ["default", "mnist"])
    func everyNumberIsOnRecord(notebook: String, edition: String) throws {
        let answer = try #require(try answers(notebook)[edition]).replacing(/C\d\d/, with: "")
        let record = try BookRecords.record(notebook, edition: edition)
        let known = Set(record.wordsShown.flatMap(\.numbers).map(abs))
        guard try isCurrent(notebook, edition) else {
            #expect(answer.numbers.isEmpty)
            return
        }
        #expect(!answer.numbers.isEmpty)
        for number in answer.numbers {
            #expect(known.contains(abs(number)), "\(number)")
        }
    }
}

extension Record {
    /// The parameters, and all that the cells print, show as tables, or find for claims, as the page words it.
    fileprivate var wordsShown: [String] {
        parameters.values
            + cells.flatMap(\.displays).flatMap { display in
                switch display {
                case .text(let text), .value(let text): [text]
                case .table(let table): table.columns + table.rows.flatMap(\.self)
                case .claim(let claim): claim.findings.flatMap { [$0.setting, FindingWords($0).all] }
                default: [String]()
                }
            }
    }
}
