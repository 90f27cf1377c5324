import Foundation
import Notebook
import Publishing
import TestSupport
import Wire

/// The records of the book that are committed, by notebook.
enum BookRecords {
    static let root = Repository.root

    /// The rules that were laid down before the runs.
    static let rules: BookRules = {
        let folder = root.appendingPathComponent(Preregistration.folder)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        let files = names.filter { $0.hasSuffix(".json") }.map { name in
            (
                "\(Preregistration.folder)/\(name)",
                [UInt8]((try? Data(contentsOf: folder.appendingPathComponent(name))) ?? Data())
            )
        }
        do {
            return try BookRules(parsing: Dictionary(uniqueKeysWithValues: files))
        } catch {
            fatalError("\(error)")
        }
    }()

    /// The claims whose rules notebooks name among their inputs, in order.
    static func rulesRead() throws -> [String] {
        let inputs = Set(try notebooks().flatMap(\.frontMatter.inputs))
        return rules.rules.keys.filter { inputs.contains(Preregistration.path(of: $0)) }.sorted()
    }

    /// Whether all that a record decides was decided under the rules that stand now.
    static func isCurrent(_ record: Record, of notebook: Notebook) -> Bool {
        DecidedClaim.all(in: record, of: notebook).allSatisfy { rules.isCurrent($0) }
    }

    static func record(
        _ notebook: String, edition: String = "default", file: String = "record.json"
    ) throws -> Record {
        let path = root.appendingPathComponent("Output/\(edition)/\(notebook)/\(file)")
        return try StableJSON.decode(Record.self, from: Data(contentsOf: path))
    }

    /// A notebook with the values on record that its prose quotes.
    static func filled(_ notebook: Notebook) throws -> Notebook {
        var words: [RecordedValue: String] = [:]
        for value in notebook.recordedValues {
            let record = try record(value.notebook ?? notebook.name, edition: value.edition ?? "default")
            words[value] = try record.words(at: value.path)
        }
        return notebook.filled { words[$0] }
    }

    /// The book's notebooks, by name.
    static func notebooks() throws -> [Notebook] {
        let folder = root.appendingPathComponent("Notebooks")
        // A translation, `01-x.zh.md`, has no cells of its own.
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".md") && !$0.dropLast(3).contains(".") }
        return try files.sorted().map { file in
            let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
            return try Notebook(parsing: text, name: String(file.dropLast(3)), path: "Notebooks/" + file)
        }
    }
}

extension String {
    /// The numbers that it names, in order, as pages write them.
    var numbers: [Double] {
        matches(of: /[−-]?\d+(\.\d+)?/).compactMap { Double($0.output.0.replacing("−", with: "-")) }
    }
}

extension Record {
    /// The first table that the cell labelled `label` shows.
    func table(_ label: String) -> TableContent? {
        displays(label).lazy.compactMap { if case .table(let content) = $0 { content } else { nil } }.first
    }

    /// All text that the cell labelled `label` shows.
    func text(_ label: String) -> String {
        displays(label).map { display in
            switch display {
            case .text(let text), .value(let text): text
            default: ""
            }
        }.joined()
    }

    /// All that cells print.
    var printed: [String] {
        cells.flatMap(\.displays).compactMap { if case .text(let text) = $0 { text } else { nil } }
    }

    private func displays(_ label: String) -> [Display] { cells.first { $0.label == label }?.displays ?? [] }
}

extension TableContent {
    /// The entries of the row whose first entry starts with `name`, without that one.
    func row(_ name: String) -> [String]? {
        rows.first { $0.first?.hasPrefix(name) == true }.map { Array($0.dropFirst()) }
    }
}
