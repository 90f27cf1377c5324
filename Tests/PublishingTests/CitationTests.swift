import Notebook
import Publishing
import Testing

@Suite struct CitationTests {
    private let works = """
        @misc{hinton2015,
          author = {Hinton, Geoffrey and Vinyals, Oriol and Dean, Jeff}, title = {Distilling the <Knowledge>},
          year = 2015, eprint = {1503.02531}
        }
        @inproceedings{ba2014,
          author = {Ba, Jimmy and Caruana, Rich}, title = {Do Deep Nets Really Need to be Deep?},
          booktitle = {Advances}, year = 2014, pages = {1--9}
        }
        @article{holm1979, author = {Holm, Sture}, title = {A Procedure}, journal = {Scand}, volume = 6, number = 2,
          year = 1979}
        @article{holm1979b, author = {Holm, Sture}, title = {Another}, journal = {Scand}, year = 1979}
        """

    private func html(_ text: String) throws -> String {
        try body(text, bibliography: Bibliography(parsing: works, path: "references.bib"))
    }

    private func plain(_ html: String) -> String { html.replacing(/<[^>]*>/, with: "") }

    @Test(arguments: [
        ("@hinton2015 says", "Hinton et al. (2015) says"), ("As [@ba2014].", "As (Ba and Caruana 2014)."),
        ("[see @ba2014, section 2; @hinton2015]", "(see Ba and Caruana 2014, section 2; Hinton et al. 2015)"),
        ("Hinton [-@hinton2015]", "Hinton (2015)"), ("@hinton2015's words", "Hinton et al. (2015)'s words"),
        ("[@holm1979; @holm1979b]", "(Holm 1979a; Holm 1979b)"), ("(@ba2014)", "(Ba and Caruana (2014))"),
        ("[@ba2014,\np. 3]", "(Ba and Caruana 2014, p. 3)"),
        ("@ba2014 [p. 3] says", "Ba and Caruana (2014, p. 3) says"), ("[@ba2014 p. 3]", "(Ba and Caruana 2014, p. 3)"),
        ("[see -@ba2014]", "(see 2014)"), ("@ba2014 [sec. 2.1].", "Ba and Caruana (2014, sec. 2.1)."),
        ("@ba2014 [words]", "Ba and Caruana (2014, words)"), ("@ba2014 [p. 3](x.html)", "Ba and Caruana (2014) p. 3"),
        ("[see @ba2014, pp. 3-5; @hinton2015]", "(see Ba and Caruana 2014, pp. 3–5; Hinton et al. 2015)"),
        ("[@ba2014, 33-35, 38-39 and *passim*]", "(Ba and Caruana 2014, 33–35, 38–39 and passim)"),
        ("[@ba2014 for instance]", "(Ba and Caruana 2014 for instance)"), ("[@ba2014 33]", "(Ba and Caruana 2014, 33)"),
        ("[@{ba2014}, p. 3]", "(Ba and Caruana 2014, p. 3)"), ("@{ba2014}.", "Ba and Caruana (2014)."),
        ("[@ba2014{ii, A}, as he says]", "(Ba and Caruana 2014, ii, A, as he says)"),
        ("[@ba2014, {pp. iv, vi-xi} with more]", "(Ba and Caruana 2014, pp. iv, vi-xi with more)"),
        ("[@ba2014{}, 99 years later]", "(Ba and Caruana 2014, 99 years later)"),
        (
            "@ba2014 [p. 3; see @hinton2015, p. 4] says",
            "Ba and Caruana (2014, p. 3; see Hinton et al. 2015, p. 4) says"
        ),
        ("@ba2014 [; @hinton2015]", "Ba and Caruana (2014; Hinton et al. 2015)"),
        ("-@ba2014 says", "(2014) says"), ("-@ba2014 [p. 3]", "(2014, p. 3)"),
        ("[-@ba2014; -@hinton2015, p. 2]", "(2014; 2015, p. 2)"),
        ("[*see* `x` @ba2014, [§](x.html) 3]", "(see x Ba and Caruana 2014, § 3)"),
        ("[e.g., @ba2014]", "(e.g., Ba and Caruana 2014)"), ("[(@ba2014)]", "((Ba and Caruana 2014))"),
        ("@ba2014 [@hinton2015]", "Ba and Caruana (2014) (Hinton et al. 2015)"),
        ("@ba2014[^n]\n\n[^n]: N", "Ba and Caruana (2014)1"),
        ("@ba2014 [ ] x", "Ba and Caruana (2014) [ ] x"), ("me@ba2014 x", "me@ba2014 x"),
        ("well-@ba2014", "well-Ba and Caruana (2014)"),
    ])
    func worksAreCitedByAuthorAndYear(markdown: String, words: String) throws {
        let html = try html(markdown + "\n")
        #expect(plain(html).hasPrefix(words), "\(plain(html))")
        #expect(HTMLOutline(html).problems == [])
    }

    @Test func onlyWhatIsCitedIsListedInTheOrderOfItsAuthors() throws {
        let html = try html("@hinton2015, [@ba2014] and @hinton2015[^n].\n\n[^n]: And @holm1979.\n")
        let items = html.matches(of: /<li id="ref:(\w+)">(.*)<\/li>/)
        #expect(items.map(\.1) == ["ba2014", "hinton2015", "holm1979"])
        #expect(
            items.map { plain(String($0.2)) } == [
                "Ba, J. and Caruana, R. (2014). Do Deep Nets Really Need to be Deep? In Advances, 1–9.",
                "Hinton, G., Vinyals, O. and Dean, J. (2015). Distilling the &lt;Knowledge&gt;. arXiv:1503.02531.",
                "Holm, S. (1979a). A Procedure. Scand 6(2).",
            ])
        #expect(html.contains("href=\"https://arxiv.org/abs/1503.02531\""))
        #expect(html.contains("<h2 id=\"references\">References"))
    }

    @Test(arguments: [
        ("@hinton2015 says", "Hinton et al. [1] says"), ("As [@ba2014].", "As [1]."),
        ("[@ba2014] [see @hinton2015, section 2; @ba2014]", "[1] [see 2, section 2; 1]"),
        ("Hinton [-@hinton2015]", "Hinton [1]"), ("@ba2014 [p. 3] says", "Ba and Caruana [1, p. 3] says"),
        ("@ba2014 [p. 3-4; @hinton2015]", "Ba and Caruana [1, p. 3–4; 2]"), ("-@ba2014 says", "[1] says"),
    ])
    func aBookMayCiteByNumbersInTheOrderOfItsCitations(markdown: String, words: String) throws {
        var bibliography = try Bibliography(parsing: works, path: "references.bib")
        bibliography.style = .numeric
        let html = try body(markdown + ", @holm1979b.\n", bibliography: bibliography)
        #expect(plain(html).hasPrefix(words), "\(plain(html))")
        #expect(HTMLOutline(html).problems == [])
        let items = html.matches(of: /<li id="ref:(\w+)">(\[\d\])/)
        #expect(items.map { String($0.2) } == (1...items.count).map { "[\($0)]" } && items.last?.1 == "holm1979b")
        #expect(plain(html).contains("Holm, S. (1979). Another."))
    }

    @Test func aPageThatCitesNothingHasNoList() throws { #expect(try !html("Words.\n").contains("References")) }

    @Test func anUnknownKeyIsAnErrorWithTheNearest() throws {
        let bibliography = try Bibliography(parsing: works, path: "references.bib")
        #expect(
            try problems("See\n[@ba2014; @hinton2105] and @MainActor\n", bibliography: bibliography) == [
                "n.md:2:11: error: references.bib has no entry `hinton2105`; did you mean `@hinton2015`?",
                "n.md:2:28: error: references.bib has no entry `MainActor`; where no work is meant, write \\@ or put it in "
                    + "backticks",
            ])
    }

    @Test(arguments: [
        (
            "[see @ba2014 and @hinton2015]",
            "n.md:1:1: error: works in brackets are set apart by semicolons: `[@ba2014; …]`"
        ),
        (
            "[@ba2014, `{swift} 3`]",
            "n.md:1:1: error: a value cannot stand in the brackets of `@ba2014`: put it before them"
        ),
        ("[@ba2014, $\\foo$]", "n.md:1:12: error: in this formula: "),
    ])
    func whatCannotBeReadIsAnErrorAtItsPlace(markdown: String, message: String) throws {
        let found = try problems(markdown + "\n", bibliography: Bibliography(parsing: works, path: "references.bib"))
        #expect(found.count == 1 && found[0].hasPrefix(message), "\(found)")
    }

    @Test(arguments: ["[a @ sign]", "[link @ home](x.html)", "- [ ] task", "[a; b]", "`[@none]`", "\\[\\@none]"])
    func otherBracketsAreBrackets(markdown: String) throws { #expect(try problems(markdown + "\n").isEmpty) }

    @Test func anEntryThatCannotBeReadIsAnErrorOnlyWhereItIsCited() throws {
        let works = works + "\n@misc{broken, title = {\\foo}}\n"
        let bibliography = try Bibliography(parsing: works, path: "references.bib")
        #expect(try problems("@ba2014\n", bibliography: bibliography) == [])
        let found = try problems("@broken\n", bibliography: bibliography)
        #expect(found.count == 1 && found[0].contains("the entry `broken` cannot be read: references.bib:"), "\(found)")
    }

    @Test func worksAreSortedAsADictionarySorts() throws {
        let names = [
            "Brown", "Bézier", "Østergaard", "Oz", "Łukasiewicz", "Lund", "de Moor", "Zu", "Ångström", "O'Neil",
        ]
        let text = names.enumerated().map { "@misc{k\($0), author = {\($1), A}, title = {T}, year = 2000}" }.joined(
            separator: "\n")
        let html = try body(
            names.indices.map { "@k\($0)" }.joined(separator: " ") + "\n",
            bibliography: Bibliography(parsing: text, path: "references.bib"))
        let listed = html.matches(of: /<li id="ref:k(\d+)">/).compactMap { Int($0.1) }.map { names[$0] }
        #expect(
            listed == [
                "Ångström", "Bézier", "Brown", "de Moor", "Łukasiewicz", "Lund", "O'Neil", "Østergaard", "Oz", "Zu",
            ])
    }

    @Test func whatAnEntryLacksIsLeftOut() throws {
        let text = """
            @misc{a, title = {Only a Title}}
            @techreport{b, author = {B, C}, title = {R}, institution = {MIT}, number = {7}, year = {in press}}
            @phdthesis{c, author = {King, Jr., Martin}, title = {The $\\beta$-VAE}, school = {ETH}, year = 1955, edition = 2}
            """
        let html = try body("@a @b [@c]\n", bibliography: Bibliography(parsing: text, path: "references.bib"))
        let words = plain(html.replacing(/<annotation.*?<\/annotation>/, with: ""))
        #expect(words.contains("“Only a Title” (n.d.) B (in press) (King 1955)"), "\(words)")
        #expect(words.contains("Only a Title (n.d.)."))
        #expect(words.contains("B, C. (in press). R. Report 7, MIT."))
        #expect(words.contains("King Jr., M. (1955). The β-VAE. Edition 2. Thesis, ETH."), "\(words)")
    }
}
