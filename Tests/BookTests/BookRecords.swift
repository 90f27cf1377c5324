import Foundation
import Notebook
import Wire

/// The records of the book that are committed, by notebook.
enum BookRecords {
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static func record(_ notebook: String, edition: String = "default") throws -> Record {
        let path = root.appendingPathComponent("Output/\(edition)/\(notebook)/record.json")
        return try StableJSON.decode(Record.self, from: Data(contentsOf: path))
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

    private func displays(_ label: String) -> [Display] { cells.first { $0.label == label }?.displays ?? [] }
}

extension TableContent {
    /// The entries of the row whose first entry starts with `name`, without that one.
    func row(_ name: String) -> [String]? {
        rows.first { $0.first?.hasPrefix(name) == true }.map { Array($0.dropFirst()) }
    }
}
