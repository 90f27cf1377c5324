import Foundation

/// What cells can use without an import, as its documentation comments describe it.
public struct RuntimeReference: Sendable {
    /// One public declaration.
    public struct Entry: Hashable, Sendable {
        /// The module that declares it, such as `Tensors`.
        public let module: String
        /// The names from the outermost type on, the last with its arguments' labels.
        public let path: [String]
        /// The declaration in Swift, without its body.
        public let declaration: String
        /// The lines of its documentation comment, without `///`.
        public let documentation: [String]

        /// Its name with those of its types: `Matrix.row(_:)`.
        public var name: String { path.joined(separator: ".") }
        /// Its own name without labels: `row`.
        public var baseName: String { String((path.last ?? "").prefix { $0 != "(" }) }
        /// With its types, without labels: `Matrix.row`.
        fileprivate var plainName: String { (path.dropLast() + [baseName]).joined(separator: ".") }
    }

    /// Sorted by module and name.
    public let entries: [Entry]

    /// The modules that a cell sees.
    public static let modules = [
        "Charts", "Datasets", "Distillation", "Evidence", "Features", "Frames", "KDBook", "LocalTime", "LossDiagnosis",
        "Regression", "Sequences", "Tensors",
    ]

    /// Reads the modules of an installation.
    public init(of installation: Installation) throws(EngineError) {
        let temporary = RootedPath(root: (NSTemporaryDirectory() as NSString).standardizingPath)
        let folder = try Ephemera.shared.makeScratchFolder(in: temporary)
        defer { Ephemera.shared.removeScratchFolder(folder) }
        var entries: Set<Entry> = []
        for module in RuntimeReference.modules {
            let (end, output) = try run(
                installation.compilers + "/swift-symbolgraph-extract",
                installation.symbolArguments(module, into: folder.path))
            guard end == .exited(status: 0) else {
                throw EngineError(.read, file: "\(installation.modules)/\(module).swiftmodule", cause: output)
            }
        }
        for name in folder.entries where name.hasSuffix(".symbols.json") {
            let graph = try RuntimeReference.graph(in: folder / name)
            entries.formUnion(graph.symbols.compactMap { $0.entry(of: graph.module.name) })
        }
        self.entries = entries.sorted { ($0.module, $0.name, $0.declaration) < ($1.module, $1.name, $1.declaration) }
    }

    /// What a user means by `word`: what has this name, in whatever case, else what has the word in its name.
    public func entries(named word: String) -> [Entry] {
        let word = word.lowercased()
        let exact = entries.filter {
            [$0.baseName, $0.name, $0.plainName, $0.path.last ?? ""].contains { $0.lowercased() == word }
        }
        return exact.isEmpty ? entries.filter { $0.baseName.lowercased().contains(word) } : exact
    }

    /// What belongs to a type.
    public func members(of type: Entry) -> [Entry] {
        entries.filter { $0.path.count == type.path.count + 1 && $0.path.starts(with: type.path) }
    }

    private static func graph(in file: RootedPath) throws(EngineError) -> SymbolGraph {
        do {
            return try JSONDecoder().decode(SymbolGraph.self, from: Data(try file.read()))
        } catch {
            throw EngineError(.read, file: file.path, cause: "it is no symbol graph: \(error)")
        }
    }
}

/// What the toolchain writes of a module.
private struct SymbolGraph: Decodable {
    struct Module: Decodable { let name: String }
    struct Symbol: Decodable {
        struct Fragment: Decodable { let spelling: String }
        struct Comment: Decodable {
            struct Line: Decodable { let text: String }
            let lines: [Line]
        }
        struct Identifier: Decodable { let precise: String }
        let identifier: Identifier
        let pathComponents: [String]
        let declarationFragments: [Fragment]?
        let docComment: Comment?

        /// `nil` for what the compiler made of a conformance.
        func entry(of module: String) -> RuntimeReference.Entry? {
            guard !identifier.precise.contains("::SYNTHESIZED::"),
                !pathComponents.contains(where: { $0.hasPrefix("_") })
            else { return nil }
            return RuntimeReference.Entry(
                module: module, path: pathComponents,
                declaration: (declarationFragments ?? []).map(\.spelling).joined(),
                documentation: docComment?.lines.map(\.text) ?? [])
        }
    }
    let module: Module
    let symbols: [Symbol]
}

extension Installation {
    fileprivate func symbolArguments(_ module: String, into folder: String) -> [String] {
        ["-module-name", module, "-target", Installation.triple, "-I", modules] + headerFlags + moduleMapFlags
            + ["-minimum-access-level", "public", "-skip-synthesized-members", "-output-dir", folder]
    }

    #if os(Linux)
        private static let triple = architecture + "-unknown-linux-gnu"
    #else
        private static let triple = "arm64-apple-macosx15.0"
    #endif
}
