import Foundation
import Testing

/// Pages are put into a folder, or on a branch of the book's own repository.
@Suite struct PublishTests {
    private func book() throws -> TemporaryBook { try TemporaryBook(["n": "# N\n\n" + cell("print(\"hello\")")]) }

    @discardableResult private func git(_ arguments: String..., in folder: String) throws -> String {
        let outcome = try Outcome.running(
            "/usr/bin/git", ["-c", "user.name=T", "-c", "user.email=t@example.org"] + arguments, in: folder)
        #expect(outcome.status == 0, "\(arguments): \(outcome.errors)")
        return outcome.output
    }

    @Test func aFolderHasAllPagesAndASitemap() throws {
        let book = try book()
        try book.write("mine", to: "site/robots.txt")
        try book.write("gone\n.kdbook-site\n", to: "site/.kdbook-site")
        try book.write("old", to: "site/gone")
        let outcome = try book.run("publish", "--to", "site", "--address", "https://example.org/b")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try book.read("site/n/index.html") == book.read("Output/default/n/index.html"))
        #expect(try book.read("site/sitemap.xml").contains("<loc>https://example.org/b/n/</loc>"))
        #expect(!book.exists("site/gone"), "an earlier publication wrote it")
        #expect(book.exists("site/robots.txt"), "none wrote this")
    }

    @Test func aBranchHasThemInOneCommitThatCanBePushed() throws {
        let book = try book()
        try FileManager.default.createDirectory(atPath: book.root + "/hub.git", withIntermediateDirectories: true)
        try git("init", "--bare", "--quiet", ".", in: book.root + "/hub.git")
        try git("init", "--quiet", ".", in: book.root)
        try git("remote", "add", "origin", book.root + "/hub.git", in: book.root)
        let person = [
            "GIT_AUTHOR_NAME": "T", "GIT_AUTHOR_EMAIL": "t@example.org", "GIT_COMMITTER_NAME": "T",
            "GIT_COMMITTER_EMAIL": "t@example.org",
        ]
        let first = try book.run("publish", "--to", "gh-pages", environment: person)
        #expect(first.status == 0, "\(first.errors)")
        #expect(try git("status", "--porcelain", "--untracked-files=no", in: book.root) == "", "the index is as it was")
        try git("push", "--quiet", "origin", "gh-pages", in: book.root)
        let files = try git("ls-tree", "-r", "--name-only", "gh-pages", in: book.root + "/hub.git")
        for name in [".nojekyll", "index.html", "n/index.html", "n/record.json"] {
            #expect(files.split(separator: "\n").contains(Substring(name)), "\(name)")
        }

        // What is as it was makes no commit; what is not makes one more.
        try book.run("publish", "--to", "gh-pages", environment: person)
        #expect(try git("rev-list", "--count", "gh-pages", in: book.root) == "1\n")
        try book.write("# N\n\n" + cell("print(\"there\")"), to: "Notebooks/n.md")
        try book.run("publish", "--to", "gh-pages", environment: person)
        #expect(try git("rev-list", "--count", "gh-pages", in: book.root) == "2\n")
        #expect(try git("show", "gh-pages:n/index.html", in: book.root).contains("there"))
    }

    @Test func aFeedTellsWhatChangedSinceTheLastPublication() throws {
        let book = try TemporaryBook([
            "n": "# N\n\n" + cell("print(\"hello\")"), "o": "# O\n\n" + cell("print(1)"),
            "p": "# P\n\n" + cell("print(2)"),
        ])
        try book.write("title: B\naddress: https://example.org/b\n", to: "Notebooks/book.yml")
        try git("init", "--quiet", ".", in: book.root)
        func publish(_ place: String, _ message: String) throws -> String {
            try git("add", "Notebooks", in: book.root)
            try git(
                "-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "--quiet", "--allow-empty", "--date",
                "2026-11-28T12:00:00Z", "-m", message, in: book.root)
            let outcome = try book.run(
                "publish", "--to", place,
                environment: [
                    "GIT_AUTHOR_NAME": "T", "GIT_AUTHOR_EMAIL": "t@example.org", "GIT_COMMITTER_NAME": "T",
                    "GIT_COMMITTER_EMAIL": "t@example.org",
                ])
            #expect(outcome.status == 0, "\(outcome.errors)")
            return try place == "gh-pages"
                ? git("show", "gh-pages:feed.xml", in: book.root) : book.read(place + "/feed.xml")
        }
        for place in ["site", "gh-pages"] {
            let first = try publish(place, "one")
            #expect(first.components(separatedBy: "<entry>").count == 2)
            #expect(first.contains("<title>B: 3 chapters</title>"))
            #expect(try publish(place, "nothing changed") == first)

            try book.write("# N\n\n" + cell("print(\"there\")"), to: "Notebooks/n.md")
            try book.remove("Notebooks/p.md")
            try book.write("# Q\n\nAll of it.\n", to: "Notebooks/q.md")
            let next = try publish(place, "two")
            #expect(next.components(separatedBy: "<entry>").count == 2 + 3)
            for words in ["N: 1 difference", "Q: new", "P: taken out", "hello", "there"] {
                #expect(next.contains(words), "\(words)")
            }
            try book.write("# N\n\n" + cell("print(\"hello\")"), to: "Notebooks/n.md")
            try book.write("# P\n\n" + cell("print(2)"), to: "Notebooks/p.md")
            try book.remove("Notebooks/q.md")
        }
        #expect(try book.read("Output/default/n/index.html").contains("og:url\" content=\"https://example.org/b/n/\""))
    }

    @Test func aBookWithoutCommitsHasNoFeedAndIsToldWhy() throws {
        let book = try book()
        let outcome = try book.run("publish", "--to", "site", "--address", "https://example.org/b")
        #expect(outcome.output.contains("feed.xml: not written"))
        #expect(!book.exists("site/feed.xml") && book.exists("site/sitemap.xml"))
    }

    @Test func colourThatCannotBeReadIsNotRendered() throws {
        let book = try book()
        try book.write("theme:\n  quiet: {light: \"#cccccc\"}\n", to: "Notebooks/book.yml")
        let outcome = try book.run("render")
        #expect(outcome.status == 1)
        #expect(
            outcome.errors.contains("Notebooks/book.yml:2:10: error: theme, light: `quiet` #cccccc on `paper` #ffffff"),
            "\(outcome.errors)")
    }

    @Test func aNotebookThatFailsIsNotPublished() throws {
        let book = try TemporaryBook(["n": "# N\n\n" + cell("fatalError(\"no\")")])
        #expect(try book.run("publish", "--to", "site").status == 1)
        #expect(!book.exists("site"))
    }

    @Test func aBookInNoRepositoryIsToldSo() throws {
        let outcome = try book().run("publish", "--to", "gh-pages")
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("the book lies in no repository"))
    }
}
