import Console
import Engine
import Foundation

/// The documents of a package that a request means.
struct DocumentPaths {
    /// The package's folder, absolute.
    let package: String

    private static let endings: Set = ["md", "markdown", "tutorial"]

    /// The documents, as they are to be named and where they lie.
    ///
    /// - Parameter named: files, and folders such as a catalogue of DocC, of which all documents are meant; the package's
    ///   README and its catalogues where there is none.
    func documents(_ named: [String]) throws(RequestError) -> [(name: String, file: String)] {
        guard named.isEmpty else {
            var documents: [(name: String, file: String)] = []
            for name in named {
                let file = DocumentationCheck.absolute(name)
                guard Files.exists(file) else { throw RequestError(name, cause: "there is no such file or folder") }
                documents += Files.isFolder(file) ? inside(name, file) : [(name, file)]
            }
            guard !documents.isEmpty else {
                throw RequestError(
                    named[0], cause: "there is no document in it: none ends in .md, .markdown or .tutorial")
            }
            return documents
        }
        let readme = [("README.md", package + "/README.md")].filter { Files.exists($0.1) }
        let documents = readme + inside("", package).filter { $0.name.contains(".docc/") }
        guard !documents.isEmpty else {
            throw RequestError(
                package, cause: "the package has neither README.md nor a .docc catalogue; name the documents")
        }
        return documents
    }

    /// All documents in a folder, in the order of their paths.
    private func inside(_ name: String, _ folder: String) -> [(name: String, file: String)] {
        Files.names(in: folder).filter { !$0.hasPrefix(".") }.flatMap { entry in
            let (file, shown) = (folder + "/" + entry, name.isEmpty ? entry : "\(trimmed(name))/\(entry)")
            if Files.isFolder(file) { return inside(shown, file) }
            let isDocument = DocumentPaths.endings.contains((entry as NSString).pathExtension)
            return isDocument ? [(shown, file)] : []
        }
    }

    private func trimmed(_ name: String) -> String {
        name.count > 1 && name.hasSuffix("/") ? String(name.dropLast()) : name
    }
}
