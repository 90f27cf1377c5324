import Console
import Engine
import Foundation
import Notebook

/// Tests the fences of Swift in a package's documents.
struct DocumentationCheck {
    let choice: DocumentationChoice
    /// Whether what differs is written into the documents.
    let accept: Bool

    private struct Document: Sendable {
        /// As it is told of, and where it lies.
        let name: String
        let file: String
        let text: String
    }

    /// - Parameters:
    ///   - named: files and folders; the package's README and its catalogues where there is none.
    ///   - folder: the package's.
    /// - Returns: whether all fences hold, or do so now.
    func run(_ named: [String], in folder: String) async throws -> Bool {
        let began = ContinuousClock.now
        let root = DocumentationCheck.absolute(folder)
        let installation = try Environment.installation(cache: DocumentedPackageWork.caches)
        let work = try DocumentedPackageWork(root, installation) { Terminal.say("kdbook: \($0)") }
        let documents = try DocumentPaths(package: root).documents(named).map { name, file in
            Document(name: name, file: file, text: try Files.readText(file))
        }
        return try await work.withBuilt { package in
            var count = FenceCount()
            let width = max(1, ProcessInfo.processInfo.activeProcessorCount)
            for start in stride(from: 0, to: documents.count, by: width) {
                let some = documents[start..<min(start + width, documents.count)]
                Terminal.showProgress(some.map { "testing \($0.name)" })
                for (document, reports) in zip(some, try await test(some, of: package, in: root)) {
                    try tell(reports, of: document, &count)
                }
            }
            Terminal.clearProgress()
            let time = (ContinuousClock.now - began) / .seconds(1)
            Terminal.say(count.summary(documents: documents.count, seconds: time))
            return count.isGood
        }
    }

    /// What became of the fences of `documents`, which are tested at a time.
    private func test(
        _ documents: ArraySlice<Document>, of package: DocumentedPackage, in root: String
    ) async throws -> [[FenceReport]] {
        let imports = choice.imports
        return try await withThrowingTaskGroup(of: (Int, [FenceReport]).self) { group in
            for (index, document) in documents.enumerated() {
                group.addTask {
                    let path = document.file.hasPrefix(root + "/") ? document.file.dropFirst(root.count + 1) : ""
                    let test = DocumentTest(
                        document.text, path: String(path), package: package, importing: imports)
                    return (index, try await test.run())
                }
            }
            var results: [Int: [FenceReport]] = [:]
            for try await (index, reports) in group { results[index] = reports }
            return documents.indices.enumerated().map { results[$0.offset] ?? [] }
        }
    }

    /// Says what is wrong with a document, and writes what it was asked to.
    private func tell(_ reports: [FenceReport], of document: Document, _ count: inout FenceCount) throws {
        var edits: [DocumentEdit] = []
        for report in reports {
            count.add(report)
            for line in report.told(of: document.name) { Terminal.say(line) }
            let cures = report.cures(accept: accept, label: choice.label)
            if cures.areWhole { count.cured += 1 }
            edits += cures.edits
        }
        guard !edits.isEmpty else { return }
        try Files.write(Array(edits.applied(to: document.text).utf8), to: document.file)
        Terminal.say("\(document.name): written")
    }

    static func absolute(_ path: String) -> String {
        URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().path
    }
}
