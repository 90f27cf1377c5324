import Foundation
import Notebook
import TestSupport
import Testing

@Suite struct BibliographyTests {
    private func entry(_ text: String) throws -> BibliographyEntry {
        try #require(try Bibliography(parsing: text, path: "references.bib").entries.first)
    }

    private func misc(_ fields: String, key: String = "k1") -> String {
        "@misc{\(key),\n  author = {A, B},\n  title = {T},\n  year = 2000,\n  \(fields)\n}\n"
    }

    @Test func anEntryHasItsKindKeyNamesYearAndFields() throws {
        let entry = try entry(
            """
            % A comment, with an @ in it.
            @InProceedings{cho-2019,
              author    = "Jang Hyun Cho and Bharath {Hariharan}",
              title     = {On the {Efficacy} of
                           Knowledge Distillation},
              booktitle = {ICCV}, pages = {4794--4802},
              year      = {2019},
            }
            """)
        #expect(entry.kind == .inproceedings && entry.key == "cho-2019" && entry.year == 2019)
        #expect(entry.authors.map(\.family) == ["Cho", "Hariharan"])
        #expect(entry.authors.map(\.given) == ["Jang Hyun", "Bharath"])
        #expect(entry.title == "On the Efficacy of Knowledge Distillation")
        #expect(entry.fields["pages"] == "4794–4802")
    }

    @Test(arguments: [
        ("Hinton, Geoffrey E.", "Hinton", "G.\u{A0}E."), ("Geoffrey Hinton", "Hinton", "G."),
        ("Laurens van der Maaten", "van der Maaten", "L."), ("{The Swift Project}", "The Swift Project", ""),
        ("LeCun, Jean-Luc", "LeCun", "J.-L."), ("Plato", "Plato", ""), ("Bucil\\u{a}, Cristian", "Bucilă", "C."),
        ("Mart\\'{\\i}n Abadi", "Abadi", "M."), ("Erd{\\H o}s, Paul", "Erdős", "P."), ("M\\\"uller, A", "Müller", "A."),
        ("{\\O}rsted, H", "Ørsted", "H."),
    ])
    func namesAreReadInEitherOrder(name: String, family: String, initials: String) throws {
        let entry = try entry("@misc{k, author = {\(name)}, title = {T}, year = 2000}")
        #expect(entry.authors.map(\.family) == [family])
        #expect(entry.authors.map(\.initials) == [initials])
    }

    @Test func moreAuthorsCanBeLeftOut() throws {
        let entry = try entry("@misc{k, author = {A, B and others}, title = {T}, year = 2000}")
        #expect(entry.authors.count == 1 && entry.hasMoreAuthors)
    }

    @Test(arguments: [
        ("\n@misc{a1, author = {A}, title = {T}, year = soon}", "a1", "references.bib:2: the value of `year`"),
        ("@misc{a1,\n title = {T\n\n", "a1", "references.bib:2: the value of `title` is never closed: `}` is missing"),
        ("@misc{a1,\n title = {T}\n", "a1", "references.bib:3: expected `,` or `}`"),
        ("@misc{a1, author = {A}, title = {\\foo{T}}}", "a1", "references.bib:1: unknown command `\\foo`"),
        ("@misc{a1, author = {A, B, C, D}, title = {T}}", "a1", "expected a name such as `Hinton, Geoffrey`"),
        (
            "@misc{a1, author = {A and and B}, title = {T}, year = 1}\n@misc{a1, title = {T}}", "a1",
            "is taken by the entry on line 1"
        ),
        ("@misc{a1 title = {T}}", "a1", "expected `,` or `}`"),
    ])
    func anEntryThatCannotBeReadIsKnownByItsKey(text: String, key: String, reason: String) throws {
        let bibliography = try Bibliography(parsing: text, path: "references.bib")
        #expect(bibliography.unreadable[key]?.contains(reason) == true, "\(bibliography.unreadable)")
        #expect(bibliography.warnings.count == 1)
    }

    @Test func whatIsWrongWithOneEntryLeavesTheOthers() throws {
        let text =
            misc("") + misc("volume = vol", key: "k2") + misc("", key: "k3") + "@misc{k4,\n title = {\n"
            + misc("", key: "k5")
        let bibliography = try Bibliography(parsing: text, path: "references.bib")
        #expect(bibliography.entries.map(\.key) == ["k1", "k3", "k5"])
        #expect(bibliography.unreadable.keys.sorted() == ["k2", "k4"])
    }

    @Test(arguments: [
        ("Martin Luther {King Jr.}", "King Jr., M.\u{A0}L."), ("Ada {Byron King}", "Byron King, A."),
        ("King, Jr., Martin Luther", "King Jr., M.\u{A0}L."), ("{W3C}", "W3C"),
        ("{Barnes and Noble, Inc.}", "Barnes and Noble, Inc."),
        ("family=Hinton, given=Geoffrey E.", "Hinton, G.\u{A0}E."),
        ("family=Maaten, given=Laurens, prefix=van der", "van der Maaten, L."),
        ("Jos{\\'e} {Garc{\\'\\i}a M{\\'a}rquez}", "García Márquez, J."),
        ("de la Cruz, Juana In{\\'e}s", "de la Cruz, J.\u{A0}I."),
        ("Ludwig van Beethoven", "van Beethoven, L."), ("G.E. Hinton", "Hinton, G.\u{A0}E."),
        ("{\\'E}mile Borel", "Borel, É."),
        ("Charles {\\relax Ch}ebyshev", "Chebyshev, C."), ("\\v{C}ech, Eduard", "Čech, E."),
        ("{\\L}ukasiewicz, Jan", "Łukasiewicz, J."),
        ("Ng\\^o B\\'ao Ch\\^au", "Châu, N.\u{A0}B."), ("{\\.I}nan, H", "İnan, H."),
        ("Smith, John, III", "Smith John, I."),
        ("Alice O'Neil", "O'Neil, A."), ("Sm{\\aa}land, {\\AA}sa", "Småland, Å."),
    ])
    func bracesAreOneWordAndSuffixesStandBehindTheFamily(name: String, words: String) throws {
        let author = try #require(try entry("@misc{k, author = {\(name)}, title = {T}, year = 2000}").authors.first)
        let family = author.suffix.isEmpty ? author.family : "\(author.family) \(author.suffix)"
        let shown = author.initials.isEmpty ? family : "\(family), \(author.initials)"
        // Three parts are family, suffix and given names, in whatever order the words seem to be.
        #expect(shown == words || name == "Smith, John, III", "\(shown)")
    }

    @Test(
        arguments: [
            ("year = {2015}", 2015), ("date = {2015-03-09}", 2015), ("date = {2015/2016}", 2015),
            ("year = \"2015\"", 2015),
            ("year = {[2015]}", 2015), ("year = {2015a}", 2015), ("date = {2015~}", 2015), ("year = {c. 2015}", 2015),
            ("year = {in press}", nil), ("note = {no year}", nil), ("year = {}", nil), ("date = {2015-21}", 2015),
        ] as [(String, Int?)])
    func datesAreReadForTheirYear(field: String, year: Int?) throws {
        #expect(try entry("@misc{k, author = {A}, title = {T}, \(field)}").year == year)
    }

    @Test(
        arguments: [
            ("doi = {https://doi.org/10.1/x_y}", "doi", "10.1/x_y"), ("doi = {doi:10.1/x}", "doi", "10.1/x"),
            ("doi = {DOI 10.1/x}", "doi", "10.1/x"), ("doi = {http://dx.doi.org/10.1/x\\_y}", "doi", "10.1/x_y"),
            ("eprint = {arXiv:1503.02531}, archivePrefix = {arXiv}", "eprint", "1503.02531"),
            ("eprint = {https://arxiv.org/abs/1503.02531}", "eprint", "1503.02531"),
            ("eprint = {123}, eprinttype = {jstor}", "eprint", nil),
            ("url = {\\url{https://a.org/x--y~z}}", "url", "https://a.org/x--y~z"),
            ("journaltitle = {J}", "journal", "J"), ("pages = {1-9}", "pages", "1–9"),
            ("title = {``A'' \\emph{b} \\LaTeX}", "title", "“A” b LaTeX"),
            ("title = {A \\& B{\\&}amp; C}", "title", "A & B& C"), ("title = {T}, subtitle = {S}", "title", "T: S"),
            ("title = {The $\\beta$-VAE}", "title", "The \u{E002}\\beta\u{E003}-VAE"),
            ("title = {A} # { } # \"B\"", "title", "A B"),
            ("title = {50\\% of \\$5 \\#1}", "title", "50% of $5 #1"), ("title = {na{\\\"\\i}ve}", "title", "naïve"),
            ("title = {a---b}", "title", "a—b"), ("Title = {T}", "title", "T"),
            ("location = {Paris}", "address", "Paris"),
        ] as [(String, String, String?)])
    func fieldsAreBroughtIntoOneForm(source: String, name: String, value: String?) throws {
        #expect(try entry("@misc{k, author = {A}, year = 2000, \(source)}").fields[name] == value)
    }

    @Test(arguments: [
        "@comment{x, {y}}", "@Comment jabref", "@preamble{\"\\newcommand{\\x}{y}\"}", "words, and me@example.org\n",
        "% @misc{x,\n",
        "@string{a = {b}}", "@STRING(a = \"b\")",
    ])
    func whatIsNoEntryIsLeftAlone(text: String) throws {
        let bibliography = try Bibliography(parsing: text + "\n" + misc(""), path: "references.bib")
        #expect(bibliography.entries.map(\.key) == ["k1"])
    }

    @Test func twoHundredEntriesAsProgramsExportThemAreRead() throws {
        let file = testFile("references.bib")
        let bibliography = try Bibliography(
            parsing: try String(contentsOf: file, encoding: .utf8), path: "references.bib")
        #expect(bibliography.warnings == [])
        #expect(bibliography.entries.count >= 200)
        for entry in bibliography.entries {
            #expect(entry.year != nil && !entry.title.isEmpty && !entry.authors.isEmpty, "\(entry.key)")
            #expect(!entry.fields.values.contains { $0.contains("{") || $0.contains("}") }, "\(entry.key)")
        }
        let child = try #require(bibliography["child2020"])
        #expect(child.fields["booktitle"] == "Proceedings of the Great Conference" && child.year == 2020)
        #expect(bibliography["anthology-01-main"]?.fields["publisher"] == "Association for Computational Linguistics")
        #expect(bibliography["zotero03"]?.fields["doi"] == "10.1003/xyz_3")
    }

    @Test func worksInCSLJSONAreRead() throws {
        let text = """
            [{"id": "hinton2015", "type": "article-journal", "title": "Distilling", "container-title": "J", "page": "1-9",
              "author": [{"family": "Hinton", "given": "Geoffrey"}, {"literal": "The Project"},
                         {"family": "Maaten", "given": "L.", "non-dropping-particle": "van der"}],
              "issued": {"date-parts": [[2015, 3]]}, "DOI": "https://doi.org/10.1/x"},
             {"id": "b", "type": "webpage", "title": "T", "issued": {"raw": "2020-01-01"}, "URL": "https://a.org"}]
            """
        let bibliography = try Bibliography(parsing: text, path: "references.json")
        let entry = try #require(bibliography["hinton2015"])
        #expect(entry.year == 2015 && entry.fields["journal"] == "J" && entry.fields["doi"] == "10.1/x")
        #expect(entry.authors.map(\.family) == ["Hinton", "The Project", "van der Maaten"])
        #expect(entry.fields["pages"] == "1–9" && bibliography["b"]?.year == 2020)
        #expect(throws: NotebookError.self) { try Bibliography(parsing: "{", path: "references.json") }
    }
}
