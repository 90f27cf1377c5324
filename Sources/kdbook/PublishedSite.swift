import Console
import Engine
import Notebook
import Publishing

/// The files of a site: an edition's pages as they stand, and what publishing adds.
struct PublishedSite {
    /// By their paths from the site's folder.
    private(set) var files: [String: [UInt8]] = [:]

    /// Names what an earlier publication wrote.
    private static let list = ".kdbook-site"

    /// - Parameters:
    ///   - address: where the site will stand.
    ///   - added: files that publishing adds, by their paths from the site's folder.
    init(of pages: RootedPath, address: String?, adding added: [String: [UInt8]] = [:]) throws {
        try collect(pages, at: "")
        if let address { files["sitemap.xml"] = Array(Sitemap(of: address, files: files.keys).xml.utf8) }
        files.merge(added) { _, new in new }
        // GitHub would leave out names that begin with an underscore.
        files[".nojekyll"] = []
        files[PublishedSite.list] = Array((files.keys.sorted() + [PublishedSite.list]).map { $0 + "\n" }.joined().utf8)
    }

    private mutating func collect(_ folder: RootedPath, at path: String) throws {
        for name in folder.entries where !name.hasPrefix(".") {
            let entry = folder / name
            if entry.isFolder {
                try collect(entry, at: path + name + "/")
            } else {
                files[path + name] = try entry.read()
            }
        }
    }

    /// Writes what differs, and removes what an earlier publication wrote there and is gone.
    func write(to folder: RootedPath) throws {
        let before = (try? (folder / PublishedSite.list).readText())?.split(separator: "\n").map(String.init) ?? []
        for path in files.keys.sorted() where path != PublishedSite.list {
            let content = files[path] ?? []
            if (try? (folder / path).read()) != content { try (folder / path).write(content) }
        }
        for path in before where files[path] == nil && !path.split(separator: "/").contains("..") {
            (folder / path).removeFile()
        }
        try (folder / PublishedSite.list).write(files[PublishedSite.list] ?? [])
    }

    /// Removes a site that stood there for a moment.
    func remove(from folder: RootedPath) {
        for path in files.keys { (folder / path).removeFile() }
        let folders = Set(files.keys.flatMap(PublishedSite.folders))
        for path in folders.sorted(by: { $0.count > $1.count }) { (folder / path).removeEmptyFolder() }
        folder.removeEmptyFolder()
    }

    /// The folders that a file lies in: `a/b/c.html` gives `a/b` and `a`.
    private static func folders(of path: String) -> [String] {
        let parts = path.split(separator: "/").dropLast()
        return parts.indices.map { parts[...$0].joined(separator: "/") }
    }
}
