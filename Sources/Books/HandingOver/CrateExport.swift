import Console
package import Crates
import DataFiles
package import Engine
import Foundation
package import Notebook
import Publishing

/// Puts a book into a crate that others can read, and run again.
package struct CrateExport {
    let edition: BookEdition
    /// The date that the crate bears; that of the book's commit where it is `nil`.
    let date: CrateTime?

    package init(edition: BookEdition, date: CrateTime?) {
        self.edition = edition
        self.date = date
    }

    private var book: Book { edition.book }

    /// Brings the edition's pages up to date and packs the book.
    ///
    /// - Returns: the crate as a zip file, the same bytes each time.
    package func packed() async throws -> [UInt8] {
        let time = try date ?? commitTime()
        let renderer = try edition.renderer(force: false)
        if try await renderer.render(try book.wholeBook(), wholeBook: true) {
            throw NotebookFailed()
        }
        var content = try content(at: time)
        let metadata = CrateMetadata(content)
        content.files[try ArchivePath(CrateMetadata.fileName)] = try StableJSON.encode(metadata.json)
        return try ZipWriter.pack(content.files, date: ZipDate(secondsSince1970: time.secondsSince1970))
    }

    private func commitTime() throws -> CrateTime {
        guard let seconds = try book.commitTime() else {
            throw EngineError(
                .find, file: book.root,
                cause:
                    "the time of a commit, which a crate bears, is not known: commit the book, or give --date 2026-11-28"
            )
        }
        return CrateTime(secondsSince1970: seconds)
    }

    private func content(at time: CrateTime) throws -> CrateContent {
        let configuration = try edition.references.configuration()
        let citation = try book.citation()
        let title = book.title(configuration)
        var content = CrateContent(
            title: title, abstract: configuration.abstract ?? citation?.abstract ?? "A book of notebooks: \(title)",
            time: time, licence: try licence(citation), software: try software())
        content.people = (citation?.authors ?? []).map { author in
            .init(
                name: author.name, isPerson: author.isPerson, address: author.address,
                affiliation: author.affiliation)
        }
        content.version = citation?.version
        content.source = configuration.source.map {
            .init(title: $0.title, authors: $0.authors, published: $0.published)
        }
        let notebooks = try parsedNotebooks()
        content.notebooks = try notebooks.map { try workflow($0, packages: content.software.packages.map(\.identity)) }
        let runs = try CrateRuns(of: book, pagesOf: edition.name)
        content.runs = runs.runs
        content.data = runs.dataSets
        for path in try paths(of: notebooks, configuration) + runs.paths
        where content.files[try ArchivePath(path)] == nil {
            content.files[try ArchivePath(path)] = try book.content(of: path)
        }
        return content
    }

    private func parsedNotebooks() throws -> [Notebook] {
        try book.notebookPaths.map { path in
            try Notebook(parsing: book.notebookText(path), name: Book.name(of: path), path: path)
        }
    }

    private func workflow(_ notebook: Notebook, packages: [String]) throws -> CrateContent.Workflow {
        let importing = notebook.cells.contains { $0.code.contains("import") }
        return .init(
            path: try ArchivePath(notebook.path), name: notebook.name,
            title: notebook.frontMatter.title ?? notebook.name, abstract: notebook.frontMatter.abstract,
            parameters: notebook.frontMatter.parameters.map(CrateContent.Parameter.init),
            packages: importing ? packages : [])
    }

    /// The book's own files: what is run, what prose shows, and what says who made it on which terms.
    private func paths(of notebooks: [Notebook], _ configuration: BookConfiguration) throws -> [String] {
        var paths = notebooks.flatMap { [$0.path] + $0.includedPaths }
        let beside = ["book.yml", "claims.yml", "references.bib", "references.json", "packages.lock", "rules"]
        for name in beside { paths += try book.filePaths(at: Book.notebookFolder + "/" + name) }
        if notebooks.contains(where: { $0.cells.contains { $0.code.contains("import") } }) {
            paths += try SharedCode.paths(in: book)
        }
        for package in configuration.packages {
            if case .folder(let path) = package.source { paths += try book.filePaths(at: path) }
        }
        for notebook in notebooks {
            for path in AttachedFiles.paths(in: notebook) { paths += try book.filePaths(at: path) }
        }
        return paths + book.folder.entries.filter(CrateExport.isAboutTheBook)
    }

    private static func isAboutTheBook(_ name: String) -> Bool {
        ["README.md", CitationFile.fileName].contains(name) || licenceFiles.contains(name)
    }

    private static let licenceFiles = ["LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE", "COPYING"]

    private func licence(_ citation: CitationFile?) throws -> CrateContent.Licence {
        if let name = citation?.licence { return .spdx(name) }
        if let file = CrateExport.licenceFiles.first(where: book.folder.entries.contains) {
            return .file(try ArchivePath(file))
        }
        throw EngineError(
            .find, file: book.root,
            cause: "a crate names the terms on which the book may be used, and there is neither a file LICENSE nor a "
                + "`license` in \(CitationFile.fileName); add one")
    }

    private func software() throws -> CrateContent.Software {
        let installation = edition.installation
        return .init(
            toolVersion: toolVersion, toolDigest: installation.toolDigest, runtimeDigest: installation.runtimeDigest,
            compiler: installation.compilerVersion,
            packages: try book.lockedPackages().map {
                .init(identity: $0.identity, url: $0.url, version: $0.version, revision: $0.revision)
            })
    }
}

extension CrateContent.Parameter {
    fileprivate init(_ parameter: Parameter) {
        let kind: CrateContent.Parameter.Kind =
            switch parameter.value {
            case .whole: .whole
            case .real: .real
            case .truth: .truth
            case .text: .text
            }
        self.init(name: parameter.name, kind: kind, value: parameter.value.literal)
    }
}
