import Foundation
import Notebook
import Synchronization

/// The installed tool that these tests run: `KDBOOK_PREFIX`, else what `script/build` lays out.
enum Installed {
    static let prefix = ProcessInfo.processInfo.environment["KDBOOK_PREFIX"] ?? builtFromTheseSources

    /// The tool of this clone. One that is older than its sources would pass tests that these do not.
    private static var builtFromTheseSources: String {
        let home = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
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

/// What a command did.
struct Outcome {
    let status: Int32
    let output: String
    let errors: String

    /// The lines on standard error that say what is wrong.
    var complaints: [String] { errors.split(separator: "\n").map(String.init).filter { $0.contains("error:") } }

    /// Runs a program to its end.
    static func running(
        _ program: String, _ arguments: [String], in folder: String, clearing: [String] = [],
        environment: [String: String] = [:], timeLimit: Double = 60
    ) throws -> Outcome {
        let captured = FileManager.default.temporaryDirectory.appendingPathComponent(
            "kdbook-captured-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: captured, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: captured) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.environment = ProcessInfo.processInfo.environment.filter { !clearing.contains($0.key) }
            .merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        let files = try ["output", "errors"].map { name in
            let file = captured.appendingPathComponent(name)
            _ = FileManager.default.createFile(atPath: file.path, contents: nil)
            return try FileHandle(forUpdating: file)
        }
        process.standardOutput = files[0]
        process.standardError = files[1]
        try process.run()
        // A command that hangs must fail its test, not stop all others.
        let limit = DispatchWorkItem { kill(process.processIdentifier, SIGKILL) }
        DispatchQueue.global().asyncAfter(deadline: .now() + timeLimit, execute: limit)
        process.waitUntilExit()
        limit.cancel()
        let texts = try files.map { file in
            try file.seek(toOffset: 0)
            return String(decoding: try file.readToEnd() ?? Data(), as: UTF8.self)
        }
        return Outcome(status: process.terminationStatus, output: texts[0], errors: texts[1])
    }
}

/// A book in a temporary folder, which goes with it.
final class TemporaryBook: Sendable {
    let root: String

    /// A book of `notebooks`, by name.
    init(_ notebooks: [String: String] = [:]) throws {
        let folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
        root = folder.appendingPathComponent("kdbook-test-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: root + "/Notebooks", withIntermediateDirectories: true)
        for (name, text) in notebooks { try write(text, to: "Notebooks/\(name).md") }
        TemporaryBook.removeAtExit(root)
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    /// Has a folder removed when the tests end: a book that several tests share is never deinitialised.
    private static func removeAtExit(_ folder: String) {
        if folders.withLock({
            $0.append(folder); return $0.count == 1
        }) {
            atexit {
                for folder in TemporaryBook.folders.withLock({ $0 }) {
                    try? FileManager.default.removeItem(atPath: folder)
                }
            }
        }
    }

    private static let folders = Mutex<[String]>([])

    /// Runs kdbook in the book's folder.
    @discardableResult
    func run(
        _ arguments: String..., prefix: String = Installed.prefix, environment: [String: String] = [:]
    ) throws -> Outcome {
        try Outcome.running(prefix + "/bin/kdbook", arguments, in: root, environment: environment)
    }

    func write(_ text: String, to path: String) throws { try write(Array(text.utf8), to: path) }

    func write(_ bytes: [UInt8], to path: String) throws {
        let file = URL(fileURLWithPath: root + "/" + path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }

    func read(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: root + "/" + path)), as: UTF8.self)
    }

    func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: root + "/" + path) }

    func remove(_ path: String) throws { try FileManager.default.removeItem(atPath: root + "/" + path) }

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
