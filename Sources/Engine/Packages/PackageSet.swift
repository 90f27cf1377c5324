import Digest
import Foundation
import Notebook

/// All packages of a book, in one version each: built once, as one library that cells import from.
struct PackageSet: Sendable {
    let packages: [BookPackage]
    let lock: PackageLock
    /// Packages, library, compiler and flags, as what is compiled before all else.
    let unit: CompilationUnit

    /// The name of the module that stands for all of them.
    static let module = "Packages"

    /// Stands in manifests and flags for the folder that they are built in.
    private static let lockedFolder = "local"

    /// - Throws: where the book has packages but no lock that fits them, or a folder of one cannot be read.
    static func locked(of book: Book, _ installation: Installation) throws(EngineError) -> PackageSet? {
        let packages = BookPackage.all(of: book)
        guard let first = packages.first else { return nil }
        guard let lock = try PackageLock.read(in: book) else {
            throw first.error(.resolve, "there is no \(PackageLock.path); \(PackageLock.cure)")
        }
        try lock.checkFits(packages)
        return try PackageSet(packages, lock: lock, in: book, installation)
    }

    private init(
        _ packages: [BookPackage], lock: PackageLock, in book: Book, _ installation: Installation
    ) throws(EngineError) {
        (self.packages, self.lock) = (packages, lock)
        var hasher = KeyHasher("packages")
        hasher.add(installation.compilerVersion, PackageSet.buildArguments.joined(separator: " "))
        let manifest = PackageSet.manifest(of: packages)
        hasher.add(manifest, PackageSet.entry, PackageResources.correction)
        for pin in lock.pins { hasher.add(pin.identity, pin.version, pin.revision, pin.content) }
        for package in packages {
            for (path, digest) in try package.files(in: book) { hasher.add(package.identity, path, digest) }
        }
        unit = CompilationUnit(
            module: PackageSet.module, cell: nil,
            packages: packages.first.map { "\(BookPackage.file):\($0.position.line):\($0.position.column)" },
            source: manifest, key: hasher.finalize())
    }

    static let buildArguments = ["-c", "release", "--product", module]

    /// The source of the library's own module. The kernel begins with each library it loads at its function `main`.
    static let entry = "@_cdecl(\"main\") public func _entryOfPackages() -> Int32 { 0 }\n"

    /// A package that depends on all of them; folders of the book's are in `local` beside it.
    static func manifest(of packages: [BookPackage]) -> String {
        let dependencies = packages.map { package in
            switch package.source {
            case .repository(let url, .exact(let version)): ".package(url: \"\(url)\", exact: \"\(version)\")"
            case .repository(let url, .from(let version)): ".package(url: \"\(url)\", from: \"\(version)\")"
            case .folder: ".package(path: \"\(lockedFolder)/\(package.identity)\")"
            }
        }
        let products = packages.flatMap { package in
            package.products.map { ".product(name: \"\($0)\", package: \"\(package.identity)\")" }
        }
        return """
            // swift-tools-version: 6.0
            import PackageDescription
            let package = Package(
                name: "\(module)",
                products: [.library(name: "\(module)", type: .dynamic, targets: ["\(module)"])],
                dependencies: [\(dependencies.joined(separator: ", "))],
                targets: [.target(name: "\(module)", dependencies: [\(products.joined(separator: ", "))])])

            """
    }

    /// Writes what Swift's package manager is to build.
    func write(to folder: RootedPath, from book: Book) throws(EngineError) {
        try PackageSet.write(packages, to: folder, from: book)
    }

    static func write(_ packages: [BookPackage], to folder: RootedPath, from book: Book) throws(EngineError) {
        try (folder / "Sources/\(module)").createFolder()
        try (folder / "Package.swift").write(Array(manifest(of: packages).utf8))
        try (folder / "Sources/\(module)/Entry.swift").write(Array(entry.utf8))
        for package in packages {
            guard case .folder(let source) = package.source else { continue }
            for (path, _) in try package.files(in: book) {
                let copy = folder / "\(lockedFolder)/\(package.identity)/\(path)"
                try copy.parent.createFolder()
                try copy.write(try book.withFile("\(source)/\(path)") { (file) throws(EngineError) in try file.read() })
            }
        }
    }

    /// Whether one of `texts` imports a module that is not among `known`.
    static func importsOther(than known: [String], in texts: [String]) -> Bool {
        texts.contains { text in
            text.split(separator: "\n").contains { line in
                guard let match = line.firstMatch(of: importLine) else { return false }
                return !known.contains(String(match.1))
            }
        }
    }

    // Threads may share it: matching does not change an expression.
    nonisolated(unsafe) private static let importLine =
        /(?:^|[\s;])import\s+(?:(?:struct|class|enum|protocol|typealias|func|let|var)\s+)?([A-Za-z_][A-Za-z0-9_]*)/

    /// What is to be watched for cells that import packages, from the book's folder; nothing where the book has none.
    static func watched(in book: Book) -> [String] {
        let packages = BookPackage.all(of: book)
        guard !packages.isEmpty else { return [] }
        return [BookPackage.file, PackageLock.path]
            + packages.compactMap { package in
                if case .folder(let path) = package.source { path } else { nil }
            }
    }

    /// Stands for what the book's packages are and what is in their folders.
    static func contents(of book: Book) throws(EngineError) -> String {
        var hasher = KeyHasher("contents of packages")
        hasher.add(manifest(of: BookPackage.all(of: book)), try book.text(of: PackageLock.path) ?? "")
        for package in BookPackage.all(of: book) {
            for (path, digest) in try package.files(in: book) { hasher.add(package.identity, path, digest) }
        }
        return hasher.finalize().description
    }
}

extension BookPackage {
    /// The packages of a book, as far as its configuration can be read.
    static func all(of book: Book) -> [BookPackage] { (try? book.configuration().packages) ?? [] }

    /// The files that a folder of the book's is built from, by their paths in it, with their digests; none of a repository's.
    func files(in book: Book) throws(EngineError) -> [(path: String, digest: String)] {
        guard case .folder(let folder) = source else { return [] }
        guard try book.resolved(folder + "/Package.swift").exists else {
            throw error(.find, "there is no package in `\(folder)`: it has no Package.swift; correct the path")
        }
        var files: [(String, String)] = []
        for path in try Inputs.files(at: folder, in: book).sorted() {
            let inner = path.dropFirst(folder.count + 1)
            let names = inner.split(separator: "/")
            guard names.first != "Tests", !names.contains(where: { $0.hasPrefix(".") }) else { continue }
            let digest = try book.withFile(path) { (file) throws(EngineError) in try file.digest() }
            files.append((String(inner), digest.description))
        }
        return files
    }
}
