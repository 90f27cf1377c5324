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
            kdbook renders the book first, so that its pages show what the notebooks give. The pages go to a folder, or, with
            `--to gh-pages`, to the branch of that name of the book's own repository: one more commit where they differ.
            kdbook pushes nothing: `git push origin gh-pages` is yours. It removes files that an earlier publication wrote
            to the folder and that the book no longer has, and no others.

            With an address, kdbook also writes a sitemap and feed.xml, which tells readers of feeds about changes since the
            last publication: new and removed chapters, new values and verdicts. Its dates are those of the book's commits.

            Exit status: 0 all is published, 1 a notebook failed and nothing is, 2 the request was wrong.

            Examples:
              kdbook publish --to /srv/www/book
              kdbook publish --to gh-pages --address https://example.org/book
            """))

    @Option(help: ArgumentHelp("A folder, or gh-pages.", valueName: "place"))
    var to: String

    @Option(
        help: ArgumentHelp(
            "Where the site will stand, if not as `address` in book.yml says; writes sitemap.xml and feed.xml.",
            valueName: "url"))
    var address: String?

    @OptionGroup var choice: EditionChoice

    private static let branch = "gh-pages"

    func run() async throws {
        if let address, !BookConfiguration.isWebAddress(address) {
            throw UsageError(description: "--address \(address): expected an address such as https://example.org/book")
        }
        let chosen = try BookEdition(choice)
        let edition = address.map(chosen.standing) ?? chosen
        let renderer = try edition.renderer(force: false)
        let paths = try edition.book.wholeBook()
        guard try await !renderer.render(paths, wholeBook: true) else { throw ExitCode(ExitStatus.notebookFailed) }
        let branch = to == Publish.branch ? try BranchPublication(of: edition.book, branch: to) : nil
        let path = to.hasPrefix("/") ? to : FileManager.default.currentDirectoryPath + "/" + to
        let folder = edition.book.place(named: path)
        let address = try edition.address
        let changes = try address.map { address in
            try PublishedChanges(of: edition, at: address) { path in
                branch.map { $0.content(of: path) } ?? (try? (folder / path).read())
            }.files()
        }
        let site = try PublishedSite(of: renderer.folder, address: address, adding: changes ?? [:])
        if let branch {
            try publish(site, on: branch, of: edition.book)
        } else {
            try site.write(to: folder)
            Terminal.say("\(to): \(counted(site.files.count, "file"))")
        }
    }

    private func publish(_ site: PublishedSite, on publication: BranchPublication, of book: Book) throws {
        let place = Store(book).workshop / "site-\(UUID().uuidString)"
        defer { site.remove(from: place) }
        try site.write(to: place)
        let commit = try publication.publish(place, message: "Publish the book")
        Terminal.say(commit.map { "\(Publish.branch): \($0.prefix(12)), not pushed" } ?? "\(Publish.branch): as it was")
    }
}
