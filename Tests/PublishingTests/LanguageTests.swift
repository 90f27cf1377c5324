import Foundation
import Notebook
import TestSupport
import Testing
import Wire

@testable import Publishing

/// Pages in other languages: their shell, their way to each other, and the pictures they share.
@Suite struct LanguageTests {
    private let languages = [Language.english, Language(tag: "zh", name: "中文")]
    private let outline = ["n", "o"].map { OutlineEntry(name: $0, title: "Title \($0)", abstract: nil) }
    private var chinese: PageLanguage { PageLanguage(languages[1], of: languages) }

    private func page(_ text: String, in language: PageLanguage?, displays: [Display] = []) throws -> String {
        let notebook = try notebook(text)
        let record = Record(
            notebook: "n", edition: "default", parameters: [:], inputs: [],
            cells: notebook.cells.map { CellRecord(label: $0.options.label, status: .asExpected, displays: displays) })
        return weave(
            notebook, record: record, problems: [], provenance: provenance, outline: outline,
            book: BookFrame(title: "B", languages: languages), language: language)
    }

    @Test func eachPageLeadsToItselfInTheOtherLanguages() throws {
        let original = HTMLOutline(try page("prose\n", in: nil))
        let switches = { (page: HTMLOutline) in
            page.all("a").filter { $0.attributes["hreflang"] != nil }.map { $0.attributes["href"] ?? "" }
        }
        #expect(switches(original) == ["../zh/n/index.html"])
        let translation = HTMLOutline(try page("正文\n", in: chinese))
        #expect(switches(translation) == ["../../n/index.html"])
        let alternates = translation.all("link").filter { $0.attributes["rel"] == "alternate" }
        #expect(alternates.map { $0.attributes["hreflang"] } == ["en", "zh"])
        #expect(alternates.map { $0.attributes["href"] } == ["../../n/index.html", "../n/index.html"])
        #expect(translation.all("html").map { $0.attributes["lang"] } == ["zh"])
        #expect(translation.problems == [])
    }

    @Test func theShellIsInThePagesLanguage() throws {
        let html = try page("## 节\n\n" + cell("label: fig-x", "fig-cap: 图"), in: chinese, displays: [figure()])
        for words in ["目录", "图 1.", "复制", "第 1 章，共 2 章", "本页怎样生成"] { #expect(html.contains(words), "\(words)") }
        for words in [">Copy<", "Figure 1", "Chapters"] { #expect(!html.contains(words), "\(words)") }
    }

    @Test func picturesStayWhereTheFirstLanguageHasThem() throws {
        let html = try page(cell("label: fig-x", "fig-cap: 图"), in: chinese, displays: [figure(light: "abcd")])
        #expect(html.contains("src=\"../../n/figures/abcd.png\""))
    }

    @Test func aPageThatIsNotTranslatedSaysSo() throws {
        var language = chinese
        language.isUntranslated = true
        let page = HTMLOutline(try page("prose\n", in: language))
        #expect(page.all("main").map { $0.attributes["lang"] } == ["en"])
        #expect(page.all("p").contains { $0.attributes["class"] == "untranslated" && $0.attributes["lang"] == "zh" })
    }

    @Test func aScriptFromTheRightIsSetFromTheRight() throws {
        let arabic = Language(tag: "ar", name: "العربية")
        let html = try page("نص\n", in: PageLanguage(arabic, of: languages + [arabic]))
        #expect(html.contains("<html lang=\"ar\" dir=\"rtl\">"))
    }

    @Test func wordsThatCellsShowFollowTheTerms() throws {
        let record = Record(
            notebook: "n", edition: "default", parameters: [:], inputs: [],
            cells: [CellRecord(label: nil, status: .asExpected, displays: [table("Scores"), .text("net 3\n")])])
        let words = record.translated(by: Terms(["net": "网络", "teacher": "教师", "Scores": "成绩", "net #": "网络 #"]))
        guard case .table(let table) = words.cells[0].displays[0] else { return #expect(Bool(false)) }
        #expect(table.columns == ["网络", "accuracy"])
        #expect(table.rows == [["教师", "97.1"]])
        #expect(table.caption == "成绩")
        #expect(words.cells[0].displays[1] == .text("网络 3\n"))
    }

    /// What the writers ask for is looked for in the sources, so that no word of the shell is left out.
    @Test func allWordsOfTheShellAreKnownInChinese() throws {
        let folder = Repository.root.appendingPathComponent("Sources/Publishing")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        var asked: Set<String> = Set(PageLanguage.ofScript)
        for file in files where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: /translated\("([^"\\]+)"\)/) { asked.insert(String(match.1)) }
        }
        #expect(asked.count > 50)
        for word in asked { #expect(PageLanguage.chinese.translation(of: word) != nil, "\(word)") }
    }
}
