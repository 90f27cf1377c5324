import Foundation
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
            "<svg viewBox=\"0 0 1 1\"><path d=\"M0 0\" fill=\"red\"/><linearGradient gradientUnits=\"userSpaceOnUse\"></linearGradient></svg>"
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

    @Test(arguments: [
        // Out of its place, beside it, or before what is not its own.
        "position: fixed", "position:absolute; inset:0", "z-index: 9", "float: left", "transform: scale(99)",
        "translate: 9px", "scale: 9", "rotate: 9deg", "zoom: 9", "margin: -9px", "margin-top: -1em", "top: 0",
        "box-shadow: 0 0 0 9999px white", "text-shadow: 0 0 9999px white", "outline: 9999px solid white",
        "filter: blur(9px)", "backdrop-filter: blur(9px)", "opacity: .5", "mix-blend-mode: screen",
        "isolation: isolate",
        "will-change: transform", "text-indent: -9999px", "vertical-align: -9999px", "letter-spacing: -1em",
        "clip-path: inset(0)", "mask: none", "contain: none", "content: 'x'", "animation: x 1s", "transition: all 1s",
        "cursor: none", "pointer-events: none", "user-select: none", "anchor-name: --x", "all: unset",
        "appearance: button",
        // Smaller than what is in it, larger than the page, gone.
        "height: 0", "max-height: 1px", "width: 99999px", "width: 101%", "width: 9999vw", "font-size: 9999px",
        "font-size: 2em", "font-size: 200%", "font-size: 0", "font: 999px serif", "line-height: 0", "padding: 9999px",
        "border: 9999px solid white", "display: none", "display: contents", "visibility: hidden", "overflow: visible",
        // From a network, or written so that a reader of text does not see it.
        "background: url(//evil.example/x)", "background-image: image-set('//evil.example/x' 1x)",
        "list-style: url(x)", "color: u\\72l(x)", "background: &#117;rl(x)", "width: expression(1)", "--x: url(y)",
        "color: red !important", "color: /**/ red", "width: calc(100% * 9)", "color: attr(title)",
    ])
    func styleThatReachesOutOfItsPlaceIsDropped(style: String) throws {
        for markup in [
            "<div style=\"\(style)\">x</div>", "<span style='color: red; \(style)'>x</span>",
            "<svg style=\"\(style)\"></svg>",
        ] where !(markup.contains("'color: red") && style.contains("'")) {
            for html in try [
                body(markup + "\n"), body("words " + markup + "\n"), body(cell(), displays: [[.html(markup)]]),
            ] {
                let styles = Set(HTMLOutline(html).tags.compactMap { $0.attributes["style"] })
                #expect(styles.isSubset(of: ["color: red", "color: red; color: red"]), "\(styles)")
            }
        }
    }

    @Test(arguments: [
        "color: #1750a6", "background: rgb(10, 20, 30)", "background-color: hsl(120deg 50% 50% / .3)",
        "color: var(--accent)", "border: 1px solid red", "padding: 0 1em", "margin: 0 auto", "width: 50%",
        "max-width: 20em", "font-size: 14px", "font-weight: bold", "text-align: center", "display: flex; gap: 1em",
        "vertical-align: middle", "line-height: 1.5", "border-radius: 6px", "font-family: monospace",
    ])
    func styleOfTheTextStays(style: String) throws {
        #expect(try body("<p style=\"\(style)\">x</p>\n").contains("<p style=\"\(style)\">x</p>"))
    }

    @Test(arguments: [
        "class=\"diagnostic error\"", "class=\"results\"", "id=\"search-index\"", "id=\"cell:1\"", "id=\"fn:1\"",
        "name=\"body\"", "hidden", "inert", "tabindex=\"1\"", "accesskey=\"/\"", "role=\"alert\"",
        "aria-hidden=\"true\"",
        "data-page=\"x\"", "draggable=\"true\"", "itemid=\"x\"", "nonce=\"x\"", "part=\"x\"", "autofocus",
        "background=\"x\"",
        "width=\"99999\"", "height=\"99999\"", "hspace=\"-99\"", "border=\"9999\"", "cellpadding=\"9999\"",
        "bgcolor=\"white\"",
    ])
    func whatAnElementIsToThePageIsNotForANotebookToSay(attribute: String) throws {
        for name in ["div", "table", "details"] {
            for html in try [
                body("<\(name) \(attribute)></\(name)>\n"), body(cell(), displays: [[.html("<\(name) \(attribute)>")]]),
            ] {
                #expect(html.contains("<\(name)></\(name)>"), "\(html)")
            }
        }
        let html = try body("<b \(attribute)>x</b>\n\n<math><mo \(attribute)>x</mo></math>\n")
        #expect(html.contains("<b>x</b>") && html.contains("<mo>x</mo>"), "\(html)")
    }

    @Test(arguments: [
        "<svg overflow=\"visible\"></svg>", "<svg transform=\"scale(99)\"></svg>", "<svg opacity=\".9\"></svg>",
        "<svg width=\"99999\"></svg>", "<svg height=\"999%\"></svg>", "<svg x=\"-9\"></svg>",
        "<svg filter=\"url(#a)\"></svg>",
        "<svg fill=\"url(//evil.example/x#a)\"></svg>", "<svg mask=\"url(#a)\"></svg>", "<svg cursor=\"url(x)\"></svg>",
    ])
    func aDrawingKeepsToItsBox(markup: String) throws {
        #expect(try body(cell(), displays: [[.html(markup)]]).contains("<svg></svg>"))
    }

    @Test(arguments: [
        "<math><mspace width=\"-99em\"></mspace></math>", "<math><mspace width=\"99em\"></mspace></math>",
        "<math><mspace height=\"99em\"></mspace></math>", "<math><mspace depth=\"-99em\"></mspace></math>",
        "<math><mspace mathsize=\"99em\"></mspace></math>", "<math><mspace scriptlevel=\"-99\"></mspace></math>",
        "<math><mspace href=\"//evil.example\"></mspace></math>",
        "<math><mspace mathbackground=\"red\"></mspace></math>",
        "<math><mspace lspace=\"-99em\"></mspace></math>", "<math><mspace linethickness=\"99em\"></mspace></math>",
    ])
    func aFormulaKeepsToItsPlace(markup: String) throws {
        #expect(try body("words " + markup + "\n").contains("<math><mspace></mspace></math>"))
    }

    @Test func namesInADrawingAreItsOwn() throws {
        let drawing =
            "<svg><linearGradient id=\"cell:1\"/><rect id=\"n\" fill=\"url(#g)\"/><g id=\"g\" clip-path='url( #c)'/></svg>"
        let html = try body("## N\n\n" + cell(), displays: [[.html(drawing)]])
        #expect(
            html.contains(
                "<svg><linearGradient/><rect id=\"own:n\" fill=\"url(#own:g)\"/><g id=\"own:g\"/></svg>"), "\(html)")
        #expect(HTMLOutline(html).tags.count { $0.attributes["id"] == "n" } == 1)
    }

    /// `title` stands for itself in a drawing; anywhere else all up to its end is text to a browser.
    @Test(arguments: ["<svg>", "<svg><desc>", "<svg><g><title>", "<div><svg><title>", "<SVG><Title>"])
    func noDrawingGoesOnIntoWhatFollows(opening: String) throws {
        for next in ["Words.\n", "> Words.\n", "## Words.\n", "- Words.\n", "***\n", cell(), "[^1]: Words.\n\nA[^1]\n"]
        {
            let html = try body("\(opening)\n\n\(next)\n<title>\n\n" + cell(), displays: [[.value("1")]])
            #expect(HTMLOutline(html).problems == [])
            let end = try #require(html.lowercased().firstRange(of: "</svg>"))
            let rest = try #require(
                html.firstRange(
                    of: next == cell() ? "<section" : next == "***\n" ? "<hr>" : next.contains("#") ? "<h2" : "Words."))
            #expect(end.lowerBound < rest.lowerBound, "\(html)")
            #expect(html[end.upperBound...].contains("&lt;title&gt;") || opening.lowercased().contains("title>"))
        }
        #expect(try body("words <svg> *x* <title>y\n").contains("&lt;title&gt;y"))
    }

    @Test(arguments: [
        "<div style=\"color: white\">", "<b>", "<s>", "<ruby><rp>", "<p>", "<pre>", "<math><mtext>", "<svg><g>",
    ])
    func whatACellGaveStandsInNothingThatHidesIt(opening: String) throws {
        let html = try body("<details>\n\(opening)\n\n" + cell(), displays: [[.value("1")]])
        let place = try #require(html.firstRange(of: "<section"))
        let before = HTMLOutline(String(html[..<place.lowerBound]))
        #expect(before.problems == ["never closed: details"], "\(html)")
        #expect(HTMLOutline(html).problems == [])
    }

    @Test func aJupyterNotebookHasTheMarkupThatThePageHas() throws {
        let hostile = "<b onclick=\"alert(1)\" style=\"position: fixed; color: red\">"
        let text = """
            <div onclick="alert(1)">a</div>

            words \(hostile)x</b> and `code` *\(hostile)y</b>*, <script>alert(2)</script> $x < y$, @sec-a

            > quoted <i
            > onclick="alert(3)">z</i>

            - <img src="https://evil.example/x.png" alt="w"> in <scr<img>ipt>

            | a |
            |---|
            | \(hostile)t</b> |

            ## A {#sec-a}

            <details><summary>kept</summary>Words</details>


            """ + cell()
        let notebook = try notebook(text)
        let record = Record(
            notebook: "n", edition: "default", parameters: [:], inputs: [],
            cells: [
                CellRecord(
                    label: nil, status: .asExpected, displays: [.html("<p onclick=alert(4)>v</p><script>w</script>")])
            ])
        let file = try jupyterNotebook(
            notebook, record: record, constants: "", outline: [], bibliography: Bibliography(), claims: nil,
            picture: { _ in [] })
        let json = String(decoding: try JSONEncoder().encode(file), as: UTF8.self).replacing("\\/", with: "/")
        for word in [
            "<b onclick", "<i onclick", "<div onclick", "<p onclick", "<script", "position",
            "evil.example/x.png\\\" alt",
        ] {
            #expect(!json.contains(word), "\(word) in \(json)")
        }
        for word in [
            "<b style=\\\"color: red\\\">x</b> and `code` *<b", "$x < y$", "<details><summary>kept",
            "<p>v</p>&lt;script&gt;", "## A",
        ] {
            #expect(json.contains(word), "\(word) in \(json)")
        }
    }
}
