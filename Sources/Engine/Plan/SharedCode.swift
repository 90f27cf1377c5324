import Digest
import Foundation
public import Notebook

/// The modules of a book's own that its cells can import: Swift files in the book's folder `Sources`.
///
/// The files of `Sources/Models`, and of its folders, are the module `Models`; files right in `Sources` are the module `Shared`.
public struct SharedCode: Sendable {
    let modules: [SharedModule]

    /// The folder of the modules, from the book's.
    static let folder = "Sources"
    static let moduleOfLooseFiles = "Shared"

    /// - Parameter taken: names of modules that the book cannot have.
    /// - Throws: where a file cannot be read, or a folder's name can be no module's.
    init(of book: Book, taken: [String]) throws(EngineError) {
        guard SharedCode.isThere(in: book) else {
            modules = []
            return
        }
        var files: [String: [SharedModule.File]] = [:]
        for path in try Inputs.files(at: SharedCode.folder, in: book).sorted() where path.hasSuffix(".swift") {
            let names = path.split(separator: "/")
            guard !names.contains(where: { $0.hasPrefix(".") }) else { continue }
            let module = names.count == 2 ? SharedCode.moduleOfLooseFiles : String(names[1])
            if let problem = SharedCode.problem(withName: module, taken: taken) {
                throw EngineError(.read, file: "\(SharedCode.folder)/\(module)", cause: problem)
            }
            files[module, default: []].append(SharedModule.File(path: path, text: try book.text(of: path) ?? ""))
        }
        modules = files.sorted { $0.key < $1.key }.map { SharedModule(name: $0.key, files: $0.value) }
    }

    /// Whether the book has a folder of shared code: in a Swift package, `Sources` is the package's own.
    private static func isThere(in book: Book) -> Bool {
        guard !(book.folder / "Package.swift").exists else { return false }
        return ((try? book.resolved(folder)) ?? book.folder / folder).isFolder
    }

    private static func problem(withName name: String, taken: [String]) -> String? {
        if name.wholeMatch(of: /[A-Za-z][A-Za-z0-9_]*/) == nil {
            return "a folder there is a module, whose name is a letter and then letters, digits and _ only; rename it"
        }
        let isTaken = taken.contains(name) || name.wholeMatch(of: /(Cell|Values)[0-9]+/) != nil
        return isTaken ? "there is a module `\(name)` already, of kdbook's or a package's; rename the folder" : nil
    }

    /// Of a book without shared code, or with code that cannot be read.
    private init() { modules = [] }

    /// The paths of a book's files of shared code; none where `Sources` is a package's own.
    ///
    /// - Throws: where the folder cannot be looked into.
    public static func paths(in book: Book) throws(EngineError) -> [String] {
        isThere(in: book) ? try book.filePaths(at: folder) : []
    }

    /// Stands for all of it; for none as well.
    var digest: String {
        var hasher = KeyHasher("shared code")
        for module in modules { hasher.add(module.digest) }
        return hasher.finalize().description
    }

    /// Stands for all of the book's shared code and its packages; for none as well.
    public static func digest(of book: Book) -> String {
        let packages = PackageSet.watched(in: book)
        let own = ((try? SharedCode(of: book, taken: [])) ?? SharedCode()).digest
        guard !packages.isEmpty else { return own }
        return own + "\n" + ((try? PackageSet.contents(of: book)) ?? "")
    }

    /// What is to be watched for `notebook`, from the book's folder.
    public static func watched(for notebook: Notebook, in book: Book) -> [String] {
        guard importsAnything(notebook) else { return [] }
        return PackageSet.watched(in: book) + ((book.folder / "Package.swift").exists ? [] : [folder])
    }

    static func importsAnything(_ notebook: Notebook) -> Bool {
        notebook.cells.contains { $0.options.eval && $0.code.contains("import") }
    }

    /// The modules that `notebook` imports, and those that these import, each behind those that it imports itself.
    ///
    /// - Throws: where modules import each other.
    func used(by notebook: Notebook) throws(EngineError) -> [SharedModule] {
        var order: [SharedModule] = []
        func visit(_ module: SharedModule, from path: [String]) throws(EngineError) {
            guard !path.contains(module.name) else {
                let circle = (path.drop { $0 != module.name } + [module.name]).joined(separator: ", which imports ")
                throw EngineError(
                    .compile, file: "\(SharedCode.folder)/\(module.name)",
                    cause: "it imports itself: \(circle); put what both use into a module of its own")
            }
            guard !order.contains(module) else { return }
            for other in modules
            where other != module && module.files.contains(where: { SharedModule.mayImport(other.name, in: $0.text) }) {
                try visit(other, from: path + [module.name])
            }
            order.append(module)
        }
        for module in modules
        where notebook.cells.contains(where: { $0.options.eval && SharedModule.mayImport(module.name, in: $0.code) }) {
            try visit(module, from: [])
        }
        return order
    }
}
