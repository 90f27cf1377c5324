import Foundation

/// What a package's manifest says, as far as documentation needs it.
struct PackageDescription: Sendable {
    struct Library: Sendable {
        let name: String
        let modules: [String]
    }

    let name: String
    let libraries: [Library]
    /// The folder of each target that names one, by its name.
    let folders: [String: String]
    /// The version of the language that its own modules are written in, as the compiler is told it.
    let language: String

    /// The modules that who uses the package can import.
    var modules: [String] {
        var seen: Set<String> = []
        return libraries.flatMap(\.modules).filter { seen.insert($0).inserted }
    }

    /// - Parameter json: what `swift package dump-package` prints.
    init(json: String) throws {
        let dump = try JSONDecoder().decode(Dump.self, from: Data(json.drop { $0 != "{" }.utf8))
        name = dump.name
        let importable = Set(dump.targets.filter { $0.type != "macro" && $0.type != "plugin" }.map(\.name))
        libraries = dump.products.filter { $0.type["library"] != nil }.map { product in
            Library(
                name: product.name,
                modules: product.targets.filter(importable.contains).map { $0.replacing("-", with: "_") })
        }
        folders = Dictionary(
            dump.targets.compactMap { target in target.path.map { (target.name, $0) } }, uniquingKeysWith: { $1 })
        let tools = Int(dump.toolsVersion._version.prefix { $0 != "." }) ?? 5
        let stated = (dump.swiftLanguageVersions ?? []).compactMap { Int($0.prefix { $0 != "." }) }.max()
        language = (stated ?? tools) >= 6 ? "6" : "5"
    }

    private struct Dump: Decodable {
        struct Product: Decodable {
            let name: String
            let targets: [String]
            let type: [String: [String]?]
        }
        struct Target: Decodable {
            let name: String
            let type: String
            let path: String?
        }
        struct Version: Decodable { let _version: String }
        let name: String
        let products: [Product]
        let targets: [Target]
        let toolsVersion: Version
        let swiftLanguageVersions: [String]?
    }
}
