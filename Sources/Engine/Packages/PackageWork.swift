import Digest
import Notebook
import Foundation

/// Resolving and building a book's packages.
public struct PackageWork {
    private let book: Book
    private let installation: Installation
    private let store: Store
    /// Told what is done that takes long.
    private let report: (String) -> Void

    /// Prepares the work; nothing is fetched before ``prepare()`` or ``update()``.
    ///
    /// - Parameter report: called with a line such as `resolving packages` before each step that takes long.
    public init(_ book: Book, _ installation: Installation, store: Store, report: @escaping (String) -> Void) {
        (self.book, self.installation, self.store, self.report) = (book, installation, store, report)
    }

    /// Makes ready what cells import: resolves where there is no lock, and builds what is not in the store.
    ///
    /// - Throws: what is wrong with the packages, at their place in `book.yml`; a `NotebookError` of that file.
    public func prepare() throws {
        guard try !book.configuration().packages.isEmpty else { return }
        if try PackageLock.read(in: book) == nil { try update() }
        guard let set = try PackageSet.locked(of: book, installation) else { return }
        guard store.compiled(set.unit) == nil else { return }
        try withFileLock(store.folder / "packages.lock") {
            if store.compiled(set.unit) == nil { try build(set) }
        }
    }

    /// Resolves the packages anew, and writes the lock.
    ///
    /// - Returns: the packages with their versions.
    @discardableResult public func update() throws -> [String] {
        let packages = try book.configuration().packages
        guard !packages.isEmpty else {
            throw EngineError(.find, file: BookPackage.file, cause: "it names no packages; add them under `packages:`")
        }
        report("resolving packages")
        let folder = store.workshop / UUID().uuidString
        defer { folder.removeAll() }
        try PackageSet.write(packages, to: folder, from: book)
        let tool = PackageTool(installation: installation, folder: folder, packages: packages)
        let (isSuccess, output) = try tool.manage(["package", "resolve"], .open)
        guard isSuccess else { throw tool.failure(.resolve, output) }
        let pins = try resolved(in: folder).map { pin in
            PackageLock.Pin(
                identity: pin.identity, url: pin.location, version: pin.state.version ?? "",
                revision: pin.state.revision, content: try content(of: pin.location, in: folder))
        }
        let lock = PackageLock(requested: packages.map(\.request), pins: pins.sorted { $0.identity < $1.identity })
        try (book.folder / PackageLock.path).write(try StableJSON.encode(lock))
        return lock.pins.map { "\($0.identity) \($0.version)" }
    }

    private func build(_ set: PackageSet) throws {
        let folder = store.folder(of: set.unit)
        folder.removeAll()
        try set.write(to: folder, from: book)
        try writeResolved(set.lock, to: folder)
        let tool = PackageTool(installation: installation, folder: folder, packages: set.packages)
        report("getting packages")
        let got = try tool.manage(["package", "resolve", "--force-resolved-versions"], .open)
        guard got.isSuccess else { throw moved(set, got.output) ?? tool.failure(.resolve, got.output) }
        try checkContents(set, in: folder, by: tool)
        report("building packages (optimised, once)")
        let built = try tool.manage(
            ["build", "--force-resolved-versions"] + PackageSet.buildArguments, .closed,
            compiler: try PackageResources(folder: folder).compiler(for: installation))
        guard built.isSuccess else { throw tool.failure(.compile, built.output) }
        try keep(set, in: folder)
    }

    /// Puts library and modules where cells find them, and removes what only the build needed.
    private func keep(_ set: PackageSet, in folder: RootedPath) throws {
        let release = folder / PackageResources.products
        let notes = BuildNotes(try (folder / "build/release.yaml").readText())
        let modules = PackageModules(builtIn: folder, notes: notes)
        try modules.check(set.packages, against: installation)
        let plugins = notes.plugins
        // `@` stands for the folder, wherever it will be.
        let flags =
            notes.importFlags(of: PackageSet.module).flatMap { ["-Xcc", $0.replacing(folder.path, with: "@")] }
            + plugins.flatMap { [CompiledUnit.pluginFlag, $0.replacing(folder.path, with: "@")] }
        let programs = Set(plugins.map { $0.prefix { $0 != "#" } }).filter { $0.hasPrefix(folder.path + "/") }
        var files = [set.unit.libraryName] + programs.map { String($0.dropFirst(folder.path.count + 1)) }.sorted()
        try (release / set.unit.libraryName).move(to: folder / set.unit.libraryName)
        for name in modules.names.map({ $0 + ".swiftmodule" }) {
            try (release / "Modules" / name).move(to: folder / name)
            files.append(name)
        }
        files += PackageResources(folder: folder).files
        for name in ["home", "tmp", "cache", "config", "security", "compiler", "build/repositories", "build/build.db"] {
            (folder / name).removeAll()
        }
        for name in release.entries where name.hasSuffix(".build") || name == "ModuleCache" {
            // Modules of C have their maps there.
            if !(release / name / "module.modulemap").exists { (release / name).removeAll() }
        }
        try store.keepInPlace(set.unit, files: files, flags: flags)
    }

}

extension PackageWork {
    /// What Swift's package manager writes of what it resolved.
    private struct Resolved: Codable {
        struct Pin: Codable {
            struct State: Codable {
                let revision: String
                let version: String?
            }
            let identity: String
            let kind: String
            let location: String
            let state: State
        }
        let pins: [Pin]
        let version: Int
    }

    private func resolved(in folder: RootedPath) throws -> [Resolved.Pin] {
        let file = folder / "Package.resolved"
        guard file.exists else { return [] }
        return try JSONDecoder().decode(Resolved.self, from: Data(try file.read())).pins
    }

    private func writeResolved(_ lock: PackageLock, to folder: RootedPath) throws {
        guard !lock.pins.isEmpty else { return }
        let pins = lock.pins.map {
            Resolved.Pin(
                identity: $0.identity, kind: "remoteSourceControl", location: $0.url,
                state: .init(revision: $0.revision, version: $0.version))
        }
        try (folder / "Package.resolved").write(try StableJSON.encode(Resolved(pins: pins, version: 3)))
    }

    private func checkout(of url: String, in folder: RootedPath) -> RootedPath {
        let last = url.split(separator: "/").last.map(String.init) ?? url
        return folder / "build/checkouts/\(last.hasSuffix(".git") ? String(last.dropLast(4)) : last)"
    }

    /// Stands for all files of a package that was got.
    private func content(of url: String, in folder: RootedPath) throws(EngineError) -> String {
        var files: [(path: String, digest: String)] = []
        func add(_ folder: RootedPath, _ path: String) throws(EngineError) {
            for (name, kind) in folder.contents.sorted(by: { $0.name < $1.name }) where name != ".git" {
                switch kind {
                case .folder: try add(folder / name, "\(path)\(name)/")
                case .file: files.append((path + name, try (folder / name).digest().description))
                case .link, .other: files.append((path + name, ""))
                }
            }
        }
        try add(checkout(of: url, in: folder), "")
        var hasher = KeyHasher("content")
        for (path, digest) in files { hasher.add(path, digest) }
        return hasher.finalize().description
    }

    /// - Throws: where a version's tag stands for something else than when it was resolved.
    private func checkContents(_ set: PackageSet, in folder: RootedPath, by tool: PackageTool) throws {
        guard let git = SearchPath.find("git") else { return }
        for pin in set.lock.pins {
            let place = checkout(of: pin.url, in: folder)
            let tags = try tool.run(
                git, ["-C", place.path, "rev-list", "-n", "1", "refs/tags/\(pin.version)"], .closed)
            let (commit, isTagged) = (tags.output.trimmingCharacters(in: .whitespacesAndNewlines), tags.isSuccess)
            let isSame = try content(of: pin.url, in: folder) == pin.content
            guard isSame, !isTagged || commit == pin.revision else { throw moved(pin, set) }
        }
    }

    private func moved(_ set: PackageSet, _ output: String) -> EngineError? {
        set.lock.pins.first { output.contains($0.revision) }.map { moved($0, set) }
    }

    private func moved(_ pin: PackageLock.Pin, _ set: PackageSet) -> EngineError {
        let cause =
            "version \(pin.version) of \(pin.identity) has other content than when it was resolved: its tag was moved; "
            + "ask its authors why, then \(PackageLock.cure)"
        let package = set.packages.first { $0.identity == pin.identity } ?? set.packages.first
        return package?.error(.resolve, cause) ?? EngineError(.resolve, file: BookPackage.file, cause: cause)
    }
}
