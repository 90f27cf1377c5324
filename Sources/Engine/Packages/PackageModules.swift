import Notebook

/// The modules that a build of packages gave. A cell that imports a name must not find two modules of that name: the compiler
/// and the loader would take one for the other.
struct PackageModules {
    /// The names of the modules of Swift that cells can import.
    let names: [String]
    private let notes: BuildNotes
    private let folder: RootedPath

    init(builtIn folder: RootedPath, notes: BuildNotes) {
        (self.notes, self.folder) = (notes, folder)
        let files = (folder / PackageResources.products / "Modules").entries
        names = files.filter { $0.hasSuffix(PackageModules.ending) }.map {
            String($0.dropLast(PackageModules.ending.count))
        }
    }

    private static let ending = ".swiftmodule"

    /// - Throws: where one of them has the name of a module that cells have from kdbook.
    func check(_ packages: [BookPackage], against installation: Installation) throws(EngineError) {
        let reserved = installation.moduleNames + [NotebookConstants.module]
        if let name = names.first(where: reserved.contains) {
            throw clash(name, in: notes.inputs(of: name), packages)
        }
        for map in notes.moduleMaps(of: PackageSet.module) where map.hasPrefix(folder.path + "/") {
            let text = (try? (folder / map.dropFirst(folder.path.count)).readText()) ?? ""
            guard let name = text.firstMatch(of: /\bmodule\s+"?([A-Za-z0-9_]+)/).map({ String($0.1) }),
                installation.moduleNamesOfC.contains(name)
            else { continue }
            throw clash(name, in: [map], packages)
        }
    }

    /// - Parameter files: some of the module's package.
    private func clash(_ module: String, in files: [String], _ packages: [BookPackage]) -> EngineError {
        let cause =
            "it brings a module `\(module)`, and kdbook has one of that name, which cells use; rename it there, or take the "
            + "package away"
        let identities = files.compactMap { $0.firstMatch(of: /\/(?:checkouts|local)\/([^\/]+)\//)?.1.lowercased() }
        guard let identity = identities.first else {
            return EngineError(.compile, file: BookPackage.file, cause: cause)
        }
        let named = packages.first { $0.identity == identity }
        let asked = named ?? packages.first
        let words = named == nil ? "the package `\(identity)`, which it depends on: \(cause)" : cause
        return asked?.error(.compile, words) ?? EngineError(.compile, file: BookPackage.file, cause: words)
    }
}
