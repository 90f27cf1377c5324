import Notebook
import Publishing
import Testing
import Wire

/// A notebook's own HTML, and that of its cells, may come from a stranger.
@Suite struct RawMarkupTests {
    @Test(arguments: [
        "<script>alert(1)</script>", "<SCRIPT src=//evil.example/x.js></SCRIPT>",
        "<style>body { display: none }</style>",
        "<meta http-equiv=\"refresh\" content=\"0; url=https://evil.example\">",
        "<iframe src=\"https://evil.example\"></iframe>",
        "<link rel=\"preconnect\" href=\"https://evil.example\">", "<base href=\"https://evil.example/\">",
        "<form action=\"https://evil.example\"><input name=a><button>go</button></form>",
        "<object data=\"x\"></object><embed src=\"x\">", "<video src=\"https://evil.example/v\" autoplay></video>",
        "<textarea>", "<title>", "<plaintext>", "<noscript>", "<template>", "</main></body></html>",
        "<svg><script>alert(1)</script><foreignObject><p>a</p></foreignObject><use href=\"https://evil.example#a\"/></svg>",
        "<svg><animate onbegin=alert(1) attributeName=x dur=1s></svg>",
    ])
    func whatCouldActStandsAsText(markup: String) throws {
        for html in try [
            body(markup + "\n"), body("words " + markup + "\n"), body(cell(), displays: [[.html(markup)]]),
        ] {
            let names = Set(HTMLOutline(html).tags.map { $0.name.lowercased() })
            #expect(names.isSubset(of: ["p", "div", "section", "pre", "code", "svg"]), "\(names) in \(html)")
            #expect(HTMLOutline(html).problems == [])
        }
    }

    @Test(arguments: [
        "<b onclick=\"alert(1)\">", "<img src=\"x.png\" alt=\"a\" onerror=alert(1)>",
        "<p style=\"color: red\" ONMOUSEOVER='x'>",
        "<a href=\"javascript:alert(1)\">", "<a href=\"java&#115;cript:alert(1)\">", "<a href='java\tscript:alert(1)'>",
        "<a href=\"&#x6A;avascript:alert(1)\">", "<a ping=\"https://evil.example\">", "<svg onload=alert(1)>",
        "<img src=\"https://evil.example/x.png\" alt=\"a\">", "<img srcset=\"https://evil.example/x.png\" alt=\"a\">",
        "<img src=\"//evil.example/x.png\" alt=\"a\">", "<svg><a xlink:href=\"javascript:alert(1)\">",
    ])
    func attributesThatCouldActAreDropped(markup: String) throws {
        for html in try [body("words " + markup + "\n"), body(cell(), displays: [[.html(markup)]])] {
            let text = html.lowercased()
            for word in ["onclick", "onerror", "onmouseover", "onload", "href=", "ping=", "evil.example/x"] {
                #expect(!text.replacing(/&lt;.*?>/, with: "").contains(word), "\(word) in \(html)")
            }
            #expect(HTMLOutline(html).problems == [])
        }
    }

    @Test func harmlessMarkupStays() throws {
        let details = "<details open=\"\"><summary>More</summary>"
        let html = try body("<details open><summary>More</summary>\n\nWords with H<sub>2</sub>O.\n\n</details>\n")
        #expect(html.contains(details) && html.contains("H<sub>2</sub>O") && html.contains("</details>"))
        let drawing =
            "<svg viewBox=\"0 0 1 1\"><path d=\"M0 0\" fill=\"red\"/><linearGradient id=\"g\"></linearGradient></svg>"
        #expect(try body(cell(), displays: [[.html(drawing)]]).contains(drawing))
        #expect(
            try body("<a href=\"https://example.org/?a=1&amp;b=2\">a</a>\n").contains(
                "href=\"https://example.org/?a=1&amp;b=2\""))
    }

    @Test(arguments: [
        "<div>", "</div>", "<b>", "</b>words</i>", "<div><b></div>", "<p title=\"<\">", "<!-- never", "a < b <c",
    ])
    func whatIsNotClosedHarmsNothingAroundIt(markup: String) throws {
        for text in [markup + "\n", "- " + markup + "\n", "> " + markup + "\n", "words " + markup + "\n\nmore\n"] {
            let html = try body(text + "\n" + cell())
            #expect(HTMLOutline(html).problems == [], "\(html)")
        }
        #expect(HTMLOutline(try body(cell(), displays: [[.html(markup), .text("after")]])).problems == [])
    }

    @Test func aPageLoadsNothingFromANetwork() throws {
        let html = try body("![far](https://example.org/a.png) ![near](a.png)\n")
        #expect(HTMLOutline(html).all("img").map { $0.attributes["src"] } == ["a.png"])
        #expect(html.contains("far"))
    }
}
