import Notebook
import Testing
import Wire

@testable import Publishing

/// What pages say to those who show links to them, how the book is cited, and what its feed tells.
@Suite struct PublishedPageTests {
    private func page(address: String?, language: PageLanguage? = nil) throws -> String {
        let notebook = try notebook(
            "---\ntitle: Softness & $T$\nabstract: What \"soft\" is.\n---\n\n" + cell("label: fig-a", "fig-cap: A."))
        let record = Record(
            notebook: "n", edition: "default", parameters: [:], inputs: [],
            cells: [CellRecord(label: "fig-a", status: .asExpected, displays: [figure()])])
        return weave(
            notebook, record: record, problems: [], provenance: provenance, outline: [],
            book: BookFrame(title: "The *book*", address: address), language: language)
    }

    @Test func aPageSaysWhatItIs() throws {
        let html = try page(address: nil)
        #expect(html.contains("<meta name=\"description\" content=\"What &quot;soft&quot; is.\">"))
        #expect(html.contains("<meta property=\"og:title\" content=\"Softness &amp; T\">"))
        #expect(html.contains("<meta property=\"og:site_name\" content=\"The book\">"))
        #expect(!html.contains("og:image") && !html.contains("canonical"), "nobody knows where it will stand")
        #expect(HTMLOutline(html).problems == [])
    }

    @Test func aPageWhoseAddressIsKnownNamesItsPictureAndTheFeed() throws {
        let html = try page(address: "https://example.org/b")
        #expect(html.contains("<link rel=\"canonical\" href=\"https://example.org/b/n/\">"))
        #expect(html.contains("<meta property=\"og:image\" content=\"https://example.org/b/n/figures/aaaa.png\">"))
        #expect(html.contains("<meta property=\"og:image:alt\" content=\"A line\">"))
        #expect(
            html.contains("type=\"application/atom+xml\" title=\"Changes\" href=\"https://example.org/b/feed.xml\">"))
        #expect(HTMLOutline(html).problems == [])
    }

    @Test func aTranslationShowsThePictureOfTheFirstLanguageUnlessItHasItsOwn() throws {
        let languages = [Language.english, Language(tag: "zh", name: "中文")]
        var chinese = PageLanguage(languages[1], of: languages)
        let shared = try page(address: "https://example.org/b", language: chinese)
        #expect(shared.contains("og:image\" content=\"https://example.org/b/n/figures/aaaa.png\""))
        #expect(shared.contains("canonical\" href=\"https://example.org/b/zh/n/\""))
        chinese.ownPictures = ["aaaa"]
        let own = try page(address: "https://example.org/b/", language: chinese)
        #expect(own.contains("og:image\" content=\"https://example.org/b/zh/n/figures/aaaa.png\""))
    }

    // MARK: Citation

    private let citation = """
        cff-version: 1.2.0
        title: "Soft & hard"
        version: 1.2
        date-released: 2026-11-28
        authors:
          - family-names: Lovelace
            given-names: Ada
          - name: The {Group}
        """

    @Test func theFrontPageSaysHowToCiteTheBook() throws {
        let file = try CitationFile(parsing: citation, path: "CITATION.cff")
        let html = weaveFrontPage(
            title: "B", introduction: nil, outline: [], citation: file,
            book: BookFrame(address: "https://example.org/b"))
        #expect(html.contains("Ada Lovelace, The {Group}, Soft &amp; hard, version 1.2, 2026, https://example.org/b"))
        #expect(HTMLOutline(html).problems == [])
        let bibTeX = CitationWords(file, title: "B", address: nil).bibTeX
        #expect(
            bibTeX == """
                @misc{soft2026,
                  author = {Ada Lovelace and {The Group}},
                  title = {{Soft \\& hard}},
                  version = {1.2},
                  year = {2026},
                }
                """)
    }

    @Test func whatItSaysOfItselfCanBeCitedAgain() throws {
        let file = try CitationFile(parsing: citation, path: "CITATION.cff")
        let read = try Bibliography(
            parsing: CitationWords(file, title: "B", address: nil).bibTeX, path: "references.bib")
        #expect(read["soft2026"] != nil)
    }

    // MARK: The feed

    private func entry(_ number: Int, _ title: String = "T") -> ChangeFeed.Entry {
        ChangeFeed.Entry(
            id: "id\(number)", title: title, page: "n/", date: "2026-11-28T17:27:39+00:00", lines: ["a < b"])
    }

    @Test func theFeedTellsTheNewestFirstAndNothingTwice() {
        var feed = ChangeFeed()
        feed.add([entry(1)])
        feed.add([entry(2), entry(1)])
        #expect(feed.entries.map(\.id) == ["id2", "id1"])
        feed.add((3...200).map { entry($0) })
        #expect(feed.entries.count == 60 && feed.entries.first?.id == "id3")
    }

    @Test func itIsAtomWhateverTheWordsAre() throws {
        let feed = ChangeFeed(entries: [entry(1, "R & D <i>")])
        let xml = feed.xml(
            site: "https://example.org/b", title: "B & C", author: "A", date: "2026-01-01T00:00:00+00:00")
        #expect(xml.contains("<title>B &amp; C</title>") && xml.contains("<title>R &amp; D &lt;i&gt;</title>"))
        #expect(
            xml.contains("<id>https://example.org/b/#id1</id>")
                && xml.contains("<link href=\"https://example.org/b/n/\"/>"))
        #expect(xml.contains("<content type=\"html\">&lt;ul&gt;&lt;li&gt;a &amp;lt; b&lt;/li&gt;&lt;/ul&gt;</content>"))
        #expect(xml.contains("<updated>2026-11-28T17:27:39+00:00</updated>"))
    }
}
