import Books
import Console
import ArgumentParser
import Engine
import Foundation
import Notebook
import Publishing

struct Publish: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Put the pages of the book where others can read them.",
        discussion: helpText(
            """
            The book is rendered first, so that the pages are what the notebooks give. They go to a folder, or, with
            `--to gh-pages`, to the branch of that name of the book's own repository, in one commit more where they differ.
            Nothing is pushed: `git push origin gh-pages` is yours. Files in the folder that an earlier publication wrote
            and that are gone now are removed, and no others.

            Exit status: 0 all is published, 1 a notebook failed and nothing is, 2 the request was wrong.

            Examples:
              kdbook publish --to /srv/www/book
              kdbook publish --to gh-pages --address https://example.org/book
            """))

    @Option(help: ArgumentHelp("A folder, or gh-pages.", valueName: "place"))
    var to: String

    @Option(help: ArgumentHelp("The site's address; writes sitemap.xml.", valueName: "url"))
    var address: String?

    @OptionGroup var choice: EditionChoice

    private static let branch = "gh-pages"

    func run() async throws {
        if let address, address.wholeMatch(of: /https?:\/\/[^\s<>"]+/) == nil {
            throw UsageError(description: "--address \(address): expected an address such as https://example.org/book")
        }
        let edition = try BookEdition(choice)
        let renderer = try edition.renderer(force: false)
        let paths = try edition.book.wholeBook()
        guard try await !renderer.render(paths, wholeBook: true) else { throw ExitCode(ExitStatus.notebookFailed) }
        let site = try PublishedSite(of: renderer.folder, address: address)
        if to == Publish.branch {
            try publishBranch(site, of: edition.book)
        } else {
            let folder = to.hasPrefix("/") ? to : FileManager.default.currentDirectoryPath + "/" + to
            try site.write(to: edition.book.place(named: folder))
            Terminal.say("\(to): \(counted(site.files.count, "file"))")
        }
    }

    private func publishBranch(_ site: PublishedSite, of book: Book) throws {
        let publication = try BranchPublication(of: book, branch: Publish.branch)
        let place = Store(book).workshop / "site-\(UUID().uuidString)"
        defer { site.remove(from: place) }
        try site.write(to: place)
        let commit = try publication.publish(place, message: "Publish the book")
        Terminal.say(commit.map { "\(Publish.branch): \($0.prefix(12)), not pushed" } ?? "\(Publish.branch): as it was")
    }
}
