import Foundation
import Notebook
import Publishing
import Testing
import Wire

/// The answers that notebooks of several editions open with, a list item for each edition, beside the records of these.
@Suite struct AnswersTests {
    /// A notebook in one of its editions.
    struct Page: Sendable, CustomTestStringConvertible {
        var notebook: String
        var edition: String
        var answer: String
        var testDescription: String { "\(notebook), \(edition)" }
    }

    /// What notebooks answer, by edition.
    private static let pages: [Page] = ((try? BookRecords.notebooks()) ?? []).flatMap { notebook -> [Page] in
        guard let filled = try? BookRecords.filled(notebook), let opening = opening(of: filled)
        else { return [] }
        return opening.components(separatedBy: "\n- ").dropFirst().compactMap { item in
            let named = item.firstMatch(of: /^On [^(]*\((?:edition `(\w+)`)?/)
            return named.map { Page(notebook: notebook.name, edition: String($0.1 ?? "default"), answer: item) }
        }
    }

    /// Whether a notebook's record of an edition was made under the rules that stand now.
    private func isCurrent(_ notebook: String, _ edition: String) throws -> Bool {
        let parsed = try #require(try BookRecords.notebooks().first { $0.name == notebook })
        return BookRecords.isCurrent(try BookRecords.record(notebook, edition: edition), of: parsed)
    }

    @Test func theyAreOfEveryEditionOfEveryNotebookThatHasSeveral() throws {
        for notebook in try BookRecords.notebooks() where !notebook.frontMatter.editions.isEmpty {
            let answered = Self.pages.filter { $0.notebook == notebook.name }.map(\.edition)
            let editions = ["default"] + notebook.frontMatter.editions.keys
            #expect(answered.sorted() == editions.sorted(), "\(notebook.name)")
        }
    }

    @Test(arguments: pages)
    func theVerdictsAreThoseOnRecord(page: Page) throws {
        let verdicts = page.answer.matches(of: /(C\d\d)\s+is\s+(supported|refuted|conditional|undecided)/).map {
            "\($0.1) \($0.2)"
        }
        // Under another rule nothing is decided, and the page says so.
        guard try isCurrent(page.notebook, page.edition) else {
            #expect(verdicts.isEmpty)
            #expect(page.answer.contains("stale"))
            return
        }
        let decided = try BookRecords.record(page.notebook, edition: page.edition).decidedClaims
        #expect(verdicts.sorted() == decided.map { "\($0.id) \($0.verdict.rawValue)" }.sorted())
    }

    /// What a notebook opens with as its answer.
    private static func opening(of notebook: Notebook) -> String? {
        notebook.text.firstMatch(of: /\n\*\*The answers?\.\*\*(?s:.*?)\n(?=```|#)/).map { String($0.output) }
    }

    @Test func noMeasuredNumberIsTypedWhereTheRecordIsQuoted() throws {
        for notebook in try BookRecords.notebooks() where !notebook.recordedValues.isEmpty {
            let typed = try #require(Self.opening(of: notebook)).replacing(/`[^`]*`/, with: "")
                .replacing(/T = \d+\.\d+/, with: "")
            #expect(typed.firstMatch(of: /\d\.\d/) == nil, "\(notebook.name): \(typed)")
        }
    }

    @Test(arguments: pages)
    func everyNumberIsOnRecord(page: Page) throws {
        let answer = page.answer.replacing(/C\d\d/, with: "")
        let record = try BookRecords.record(page.notebook, edition: page.edition)
        let known = Set(record.wordsShown.flatMap(\.numbers).map(abs))
        guard try isCurrent(page.notebook, page.edition) else {
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
