import Foundation
import TestSupport
import Testing

@testable import Publishing

/// Alternative texts are written by the charts, and their phrases in Chinese stand beside the words of the page.
@Suite struct ChinesePhrasesTests {
    /// The phrases in the charts' sources: what `phrase` is given, each text with `{1}` in it, and nouns that are counted.
    private func phrases() throws -> Set<String> {
        let folder = Repository.root.appending(path: "Sources/Charts")
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }
        let code = try names.map { name in
            try String(contentsOf: folder.appending(path: name), encoding: .utf8)
                .split(separator: "\n").filter { !$0.contains("///") }.joined(separator: "\n")
        }.joined(separator: "\n")
        let given = code.matches(of: /phrase\(\s*"([^"\\]*)"/).map { String($0.1) }
        let withPlaces = code.matches(of: /"([^"\\\n]*\{1\}[^"\\\n]*)"/).map { String($0.1) }
        let nouns = code.matches(of: /count\([^"\n]*, "([a-z ]+)"\)/).map { String($0.1) }
        return Set(given + withPlaces + nouns.flatMap { ["{1} \($0)", "{1} \($0)s"] })
    }

    @Test func everyPhraseOfTheChartsIsThereAndNoOther() throws {
        #expect(try phrases() == Set(PageLanguage.chinesePhrases.keys))
    }

    @Test func aPhraseIsAboutTheSameThings() {
        func places(_ text: String) -> [String] { text.matches(of: /\{\d\}/).map { String($0.output) }.sorted() }
        for (english, chinese) in PageLanguage.chinesePhrases where places(english) != places(chinese) {
            Issue.record("\(english) and \(chinese) are about different things")
        }
    }

    @Test func aBooksTermReplacesAPhrase() {
        let page = PageLanguage(.init(tag: "de", name: "Deutsch"), terms: .init(["{1} to {2}": "{1} bis {2}"]))
        #expect(page.phrase(for: "{1} to {2}") == "{1} bis {2}")
        #expect(page.phrase(for: "no values") == nil)
        #expect(PageLanguage(.init(tag: "zh", name: "中文")).phrase(for: "no values") == "没有值")
    }
}
