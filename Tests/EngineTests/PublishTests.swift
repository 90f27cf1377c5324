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
