import Notebook
import Testing

@Suite struct BibliographyTests {
    private func entry(_ text: String) throws -> BibliographyEntry {
        try #require(try Bibliography(parsing: text, path: "references.bib").entries.first)
    }

    private func problems(_ text: String) -> [String] {
        do throws(NotebookError) {
            _ = try Bibliography(parsing: text, path: "references.bib")
            return []
        } catch {
            return error.diagnostics.map { $0.rendered(file: error.path) }
        }
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
        (
            "@artikel{a, title = {T}}",
            "1:1: error: unknown kind of entry `@artikel`; did you mean `article`?"
        ),
        ("\n@misc{a1, author = {A}, title = {T}}", "2:1: error: the entry `a1` needs the field `year`"),
        ("@misc{a1, titel = {T}}", "1:11: error: unknown field `titel`; did you mean `title`?"),
        ("@misc{a1, year = soon}", "1:18: error: the value of `year` must stand in braces or be a number"),
        (
            "@misc{a1, author = {A}, title = {T}, year = {soon}}",
            "1:38: error: expected a year, found `soon`"
        ),
        ("@misc{a1,\n title = {T\n}\n", "4:1: error: expected `,` or `}` after what stands before, the file ends"),
        ("@misc{a1,\n title = {T\n\n", "2:10: error: the value of `title` is never closed: `}` is missing"),
        ("@misc{a1, title = {T}, title = {T}}", "1:24: error: the field `title` stands here twice"),
        (
            "@misc{fig-a, title = {T}}",
            "1:7: error: the key `fig-a` reads as a reference to a figure: choose one without `fig-` before it"
        ),
        ("words", "1:1: error: expected an entry such as `@article{…}`; a comment begins with %"),
        (
            "@misc{a1, author = {A}, year = 2000, title = {\\emph{T}}}",
            "1:38: error: unknown command `\\emph`: write the character itself, the file is UTF-8"
        ),
        (
            "@misc{a1, author = {A, B, C}, year = 2000, title = {T}}",
            "1:11: error: expected a name such as `Hinton, Geoffrey`, found `A, B, C`"
        ),
    ])
    func whatIsMalformedIsAnErrorOnItsLine(text: String, problem: String) {
        #expect(problems(text) == ["references.bib:" + problem])
    }

    @Test func allThatIsWrongIsToldInOneGo() {
        let found = problems(misc("volumn = 3") + misc("") + misc("", key: "k2") + misc("", key: "k2") + "@book{}\n")
        #expect(
            found.map { $0.prefix { $0 != " " } } == [
                "references.bib:5:3:", "references.bib:7:7:", "references.bib:19:7:", "references.bib:25:7:",
            ])
    }
}
