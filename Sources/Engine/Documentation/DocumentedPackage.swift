import Digest
import Foundation
import Notebook

#if canImport(Glibc)
    import Glibc
#endif

/// A package whose documentation is tested, built: one library that programs import its modules from.
///
/// All of it lies in a folder of the user's caches. Nothing is written into the package.
public struct DocumentedPackage: Sendable {
    let installation: Installation
    /// Where its copy, its build and what fences gave are kept.
    let folder: RootedPath
    let description: PackageDescription
    /// Stands for all files of the package, and how it was built.
    let digest: String
    /// What the compiler is told to find its modules.
    let flags: [String]

    static let module = "Documented"
    /// The program that loads the package and then what a fence was compiled to.
    static let loader = "documented-loader"

    var build: RootedPath { folder / "build/\(Installation.architecture)-unknown-linux-gnu/debug" }
    var library: String { (build / "lib\(DocumentedPackage.module).\(Installation.libraryEnding)").path }

    /// The modules that a document is about: the one whose folder it lies in, else the one that is called as the package, else
    /// all.
    ///
    /// - Parameter document: its path from the package's folder.
    func modules(for document: String) -> [String] {
        let plain = { (text: String) in text.lowercased().filter { $0.isLetter || $0.isNumber } }
        let modules = description.modules.filter { !$0.hasPrefix("_") }
        let around = modules.first { document.hasPrefix((description.folders[$0] ?? "Sources/\($0)") + "/") }
        let names = [description.name, description.name.replacing(/^[Ss]wift-?/, with: "")].map(plain)
        return (around ?? modules.first { names.contains(plain($0)) }).map { [$0] } ?? modules
    }
}

/// Copies and builds a package for the tests of its documentation.
public struct DocumentedPackageWork {
    private let installation: Installation
    private let source: RootedPath
    private let folder: RootedPath
    private let tool: PackageTool
    private let report: (String) -> Void

    /// - Parameters:
    ///   - package: the package's folder, absolute.
    ///   - report: told what takes long.
    /// - Throws: that there is no package.
    public init(
        _ package: String, _ installation: Installation, report: @escaping (String) -> Void
    ) throws(RequestError) {
        guard Files.exists(package + "/Package.swift") else {
            throw RequestError(package, cause: "it is no folder of a Swift package: there is no Package.swift")
        }
        self.installation = installation
        self.report = report
        source = RootedPath(root: package)
        folder = DocumentedPackageWork.caches / "documentation" / SHA256Digest(of: package.utf8).short
        tool = PackageTool(installation: installation, folder: folder, packages: [])
    }

    /// The folder of kdbook in the user's caches.
    public static var caches: RootedPath {
        let named = ProcessInfo.processInfo.environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        return RootedPath(root: named ?? NSHomeDirectory() + "/.cache") / "kdbook"
    }

    private var name: String { source.name }
    private var copy: RootedPath { folder / "local/\(name)" }

    /// Builds what is not built yet, and does `body` with it, while nobody else changes it.
    ///
    /// - Throws: that it does not build.
    public func withBuilt<Result>(_ body: (DocumentedPackage) async throws -> Result) async throws -> Result {
        try folder.createFolder()
        let lock = try (folder / "lock").openLockFile()
        while flock(lock.number, LOCK_EX) != 0 && errno == EINTR {}
        defer { flock(lock.number, LOCK_UN) }
        return try await body(try built())
    }

    private func built() throws -> DocumentedPackage {
        var hasher = KeyHasher("documented package")
        hasher.add(installation.compilerVersion, DocumentedPackageWork.entry, DocumentedPackage.loader)
        try update(copy, from: source, "", &hasher)
        let known = SealedFile.read(Built.self, from: folder / "built")
        let digest = hasher.finalize().description
        if let known, known.digest == digest { return try package(known) }
        let description = try PackageDescription(json: try dump())
        guard !description.libraries.isEmpty else {
            throw RequestError(source.path, cause: "the package has no library, so there is nothing to import from it")
        }
        try write(description)
        report("resolving packages")
        try manage(["package", "resolve"], .open, .resolve)
        report("building \(name)")
        try manage(["build"], .closed, .compile)
        let built = Built(digest: digest, manifest: try dump())
        try SealedFile.write(built, to: folder / "built")
        return try package(built)
    }

    /// What is kept of a build.
    private struct Built: Codable {
        let digest: String
        let manifest: String
    }

    private func package(_ built: Built) throws -> DocumentedPackage {
        let flags = BuildNotes(try (folder / "build/debug.yaml").readText()).importFlags(of: DocumentedPackage.module)
        return DocumentedPackage(
            installation: installation, folder: folder, description: try PackageDescription(json: built.manifest),
            digest: built.digest, flags: flags.flatMap { ["-Xcc", $0] })
    }

    /// Makes `copy` what `source` is, touching nothing that is the same already, so that a build goes on from the last.
    ///
    /// - Parameter path: where `source` lies in the package.
    private func update(
        _ copy: RootedPath, from source: RootedPath, _ path: String, _ hasher: inout KeyHasher
    ) throws {
        var kept: Set<String> = []
        for (name, kind) in source.contents where !DocumentedPackageWork.isLeftOut(name, in: path) {
            switch kind {
            case .folder:
                hasher.add("folder", name)
                try update(copy / name, from: source / name, path + name + "/", &hasher)
                hasher.add("end")
            case .file:
                let bytes = try (source / name).read()
                hasher.add(name, SHA256Digest(of: bytes).description)
                if (try? (copy / name).read()) != bytes { try (copy / name).write(bytes) }
            case .link, .other: continue
            }
            kept.insert(name)
        }
        for name in copy.entries where !kept.contains(name) { (copy / name).removeAll() }
    }

    /// Whether a package is the same without it: what is hidden, and documents, but for those that may be a target's resources.
    private static func isLeftOut(_ name: String, in path: String) -> Bool {
        name.hasPrefix(".") || name.hasSuffix(".docc") || name.hasSuffix(".md") && !path.hasPrefix("Sources/")
    }

    private func dump() throws -> String {
        let (isSuccess, output) = try tool.manage(
            ["package", "--package-path", copy.path, "dump-package"], .closed)
        guard isSuccess else { throw failure(.read, output) }
        return output
    }

    private func manage(_ command: [String], _ network: PackageTool.Network, _ phase: EngineError.Phase) throws {
        let (isSuccess, output) = try tool.manage(command, network)
        guard isSuccess else { throw failure(phase, output) }
    }

    private func failure(_ phase: EngineError.Phase, _ output: String) -> EngineError {
        let lines = output.replacing(copy.path + "/", with: "").split(separator: "\n")
        let errors = lines.filter { $0.contains("error: ") }
        let said = (errors.isEmpty ? Array(lines.suffix(5)) : Array(errors.prefix(8))).joined(separator: "\n")
        return EngineError(phase, file: source.path, cause: said)
    }
}

// MARK: The package around it

extension DocumentedPackageWork {
    /// A package that depends on all libraries of the copy, with a program that loads what fences are compiled to.
    private func write(_ description: PackageDescription) throws {
        let products = description.libraries.map { ".product(name: \"\($0.name)\", package: \"\(name)\")" }
        let (module, loader) = (DocumentedPackage.module, DocumentedPackage.loader)
        let manifest = """
            // swift-tools-version: 6.0
            import PackageDescription
            let package = Package(
                name: "\(module)", platforms: [.macOS(.v15)],
                products: [
                    .library(name: "\(module)", type: .dynamic, targets: ["\(module)"]),
                    .executable(name: "\(loader)", targets: ["\(loader)"]),
                ],
                dependencies: [.package(path: "local/\(name)")],
                targets: [
                    .target(name: "\(module)", dependencies: [\(products.joined(separator: ", "))]),
                    .executableTarget(name: "\(loader)", linkerSettings: [.linkedLibrary("dl")]),
                ])

            """
        try put(manifest, "Package.swift")
        try put("public func documented() {}\n", "Sources/\(module)/Documented.swift")
        try put(DocumentedPackageWork.entry, "Sources/\(loader)/main.c")
        // The versions that its authors test with.
        if let resolved = try? (copy / "Package.resolved").readText() { try put(resolved, "Package.resolved") }
    }

    private func put(_ text: String, _ path: String) throws {
        let file = folder / path
        if (try? file.readText()) != text { try file.write(Array(text.utf8)) }
    }

    /// A line that is printed can be read at once, so that it stands before what goes to standard error behind it.
    fileprivate static let entry = """
        #include <dlfcn.h>
        #include <stdio.h>

        int main(int count, char **words) {
            setvbuf(stdout, NULL, _IOLBF, 0);
            void *library = NULL;
            for (int i = 1; i < count; i++) {
                library = dlopen(words[i], RTLD_NOW | RTLD_GLOBAL);
                if (!library) return fprintf(stderr, "%s\\n", dlerror()), 127;
            }
            int (*entry)(int, char **) = library ? (int (*)(int, char **))dlsym(library, "main") : NULL;
            return entry ? entry(1, words) : 127;
        }

        """
}
