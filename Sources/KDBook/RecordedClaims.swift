import Foundation
public import Wire

/// A record cannot be read.
public struct RecordError: Error, Hashable, CustomStringConvertible {
    /// The file.
    public let path: String
    /// The cause and the cure.
    public let reason: String

    /// The path and the reason.
    public var description: String { "\(path): \(reason)" }
}

/// The claims that the record of a notebook decides: `Output/EDITION/NOTEBOOK/record.json`, which the notebook that asks must declare
/// among its `inputs`. Then its own record names what it was made from.
///
///     let effect = try recordedClaims("06-temperature-and-weight", edition: "mnist").first { $0.id == "C06" }?.findings[0].effect
///
/// - Throws: ``RecordError`` where there is no such file, or it is no record.
public func recordedClaims(_ notebook: String, edition: String = "default") throws -> [Claim] {
    struct Record: Decodable {
        struct Cell: Decodable { let displays: [Display] }
        let cells: [Cell]
    }
    let path = "Output/\(edition)/\(notebook)/record.json"
    guard let data = FileManager.default.contents(atPath: path) else {
        throw RecordError(path: path, reason: "it cannot be read; is it among the notebook's `inputs`?")
    }
    guard let record = try? JSONDecoder().decode(Record.self, from: data) else {
        throw RecordError(path: path, reason: "it is no record of this version of kdbook")
    }
    return record.cells.flatMap(\.displays).compactMap { if case .claim(let claim) = $0 { claim } else { nil } }
}
