import Foundation
public import Notebook

/// A notebook as a Swift package that `swift run` runs: its cells as one program, with the modules of the book's own and the packages
/// that they import, in the versions that the book's lock has.
public struct TangledPackage: Sendable {
    private let program: String
    private let modules: [SharedModule]
    private let packages: [BookPackage]
    private let lock: PackageLock?
    private let installation: Installation
    private let book: Book

    /// What a notebook's cells import that is neither the toolchain's nor kdbook's: modules of the book's own, then packages.
    public static func imports(
        of notebook: Notebook, in book: Book, _ installation: Installation
    ) throws(NotebookError) -> [String] {
        let imported = try Plan.imported(by: notebook, book: book, installation: installation)
        return imported.modules.map(\.name) + (imported.packages?.packages.flatMap(\.products) ?? [])
    }

    /// - Parameter settings: values given on the command line, by parameter.
    /// - Throws: what is wrong with the settings, or with what the cells import.
    public init(
        _ notebook: Notebook, edition: String, settings: [String: String] = [:], book: Book, installation: Installation
    ) throws(NotebookError) {
        program = try tangled(notebook, edition: edition, settings: settings)
        let imported = try Plan.imported(by: notebook, book: book, installation: installation)
        modules = imported.modules
        (packages, lock) = (imported.packages?.packages ?? [], imported.packages?.lock)
        (self.book, self.installation) = (book, installation)
    }

    /// Writes the package.
    public func write(to folder: RootedPath) throws(EngineError) {
        try (folder / "Package.swift").write(Array(manifest.utf8))
        try (folder / "Sources/\(TangledPackage.target)/main.swift").write(Array((program + "\n").utf8))
        for file in modules.flatMap(\.files) {
            let isLoose = file.path.split(separator: "/").count == 2
            let place =
                isLoose
                ? "Sources/\(SharedCode.moduleOfLooseFiles)/\(file.path.dropFirst("Sources/".count))" : file.path
            try (folder / place).write(Array(file.text.utf8))
        }
        for package in packages {
            guard case .folder(let source) = package.source else { continue }
            for (path, _) in try package.files(in: book) {
                try (folder / "Packages/\(package.identity)/\(path)").write(try book.content(of: "\(source)/\(path)"))
            }
        }
    }

    private static let target = "Notebook"

    private var manifest: String {
        let literals = { (words: [String]) in words.map { ParameterValue.text($0).literal }.joined(separator: ", ") }
        let settings = { (mode: String) in
            "[.swiftLanguageMode(.v\(mode)), .unsafeFlags([\(literals(installation.programCompilerFlags))])]"
        }
        let products = packages.flatMap { package in
            package.products.map { ".product(name: \"\($0)\", package: \"\(package.identity)\")" }
        }
        var known: [String] = []
        let targets = modules.map { module in
            defer { known.append("\"\(module.name)\"") }
            return ".target(name: \"\(module.name)\", dependencies: [\((known + products).joined(separator: ", "))],\n"
                + "            swiftSettings: \(settings("6")))"
        }
        let program =
            ".executableTarget(name: \"\(TangledPackage.target)\", "
            + "dependencies: [\((known + products).joined(separator: ", "))],\n"
            + "            swiftSettings: \(settings("5")),\n"
            + "            linkerSettings: [.unsafeFlags([\(literals(installation.programLinkerFlags))])])"
        return """
            // swift-tools-version: 6.0
            import PackageDescription
            let package = Package(
                name: "\(TangledPackage.target)",
                dependencies: [\(packages.map(dependency).joined(separator: ", "))],
                targets: [
                    \((targets + [program]).joined(separator: ",\n        "))
                ])

            """
    }

    private func dependency(_ package: BookPackage) -> String {
        switch package.source {
        case .repository(let url, let requirement):
            let version = lock?.pins.first { $0.identity == package.identity }?.version ?? requirement.version
            return ".package(url: \"\(url)\", exact: \"\(version)\")"
        case .folder: return ".package(path: \"Packages/\(package.identity)\")"
        }
    }
}
