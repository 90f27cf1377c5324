import Foundation
import Notebook
@_exported import TestSupport
import TestSupport

/// The installed tool that these tests run: `KDBOOK_PREFIX`, else what `script/build` lays out.
enum Installed {
    static let prefix = ProcessInfo.processInfo.environment["KDBOOK_PREFIX"] ?? builtFromTheseSources

    /// The tool of this clone. One that is older than its sources would pass tests that these do not.
    private static var builtFromTheseSources: String {
        let home = Repository.root
        let prefix = home.appendingPathComponent(".build/kdbook")
        guard let built = changed(prefix.appendingPathComponent("stamp")) else {
            fatalError("there is no tool to test; run script/build")
        }
        let sources = FileManager.default.enumerator(
            at: home.appendingPathComponent("Sources"), includingPropertiesForKeys: [.contentModificationDateKey])
        let files = (sources?.allObjects as? [URL] ?? []) + [home.appendingPathComponent("Package.swift")]
        if let newer = files.first(where: { changed($0).map { $0 > built } ?? false }) {
            fatalError("the tool to test is older than \(newer.path); run script/build")
        }
        return prefix.path
    }

    private static func changed(_ file: URL) -> Date? {
        try? file.resourceValues(forKeys: [.contentModificationDateKey]).contentModificationDate
    }
}

/// A book in a temporary folder, which goes with it.
final class TemporaryBook: Sendable {
    private let folder: TemporaryFolder
    var root: String { folder.path }

    /// A book of `notebooks`, by name.
    init(_ notebooks: [String: String] = [:]) throws {
        folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: root + "/Notebooks", withIntermediateDirectories: true)
        for (name, text) in notebooks { try write(text, to: "Notebooks/\(name).md") }
    }

    /// Runs kdbook in the book's folder.
    @discardableResult
    func run(
        _ arguments: String..., prefix: String = Installed.prefix, environment: [String: String] = [:]
    ) throws -> Outcome {
        try Outcome.running(prefix + "/bin/kdbook", arguments, in: root, environment: environment)
    }

    func write(_ text: String, to path: String) throws { try folder.write(text, to: path) }
    func write(_ bytes: [UInt8], to path: String) throws { try folder.write(bytes, to: path) }
    func read(_ path: String) throws -> String { try folder.read(path) }
    func exists(_ path: String) -> Bool { folder.exists(path) }
    func remove(_ path: String) throws { try folder.remove(path) }

    /// A notebook's page, up to its foot.
    func page(_ name: String, edition: String = "default") throws -> String {
        let html = try read("Output/\(edition)/\(name)/index.html")
        return String(html[(html.firstRange(of: "<main>")?.lowerBound ?? html.startIndex)...])
    }

    func record(_ name: String, edition: String = "default") throws -> Record {
        try StableJSON.decode(
            Record.self, from: Data(contentsOf: URL(fileURLWithPath: root + "/Output/\(edition)/\(name)/record.json")))
    }

    /// Every file in a folder, by its path from there.
    func files(in folder: String = "Output") -> [String: Data] {
        let base = root + "/" + folder
        let names = FileManager.default.enumerator(atPath: base)?.compactMap { $0 as? String } ?? []
        var files: [String: Data] = [:]
        for name in names { files[name] = try? Data(contentsOf: URL(fileURLWithPath: base + "/" + name)) }
        return files
    }
}

/// A fence of Swift.
func cell(_ code: String, _ options: String...) -> String {
    "```swift\n" + options.map { "//| \($0)\n" }.joined() + code + "\n```\n\n"
}

/// Whether `words` stand in `text` in this order.
func inOrder(_ words: [String], in text: String) -> Bool {
    var rest = text[...]
    for word in words {
        guard let found = rest.firstRange(of: word) else { return false }
        rest = rest[found.upperBound...]
    }
    return true
}
