import Digest
import Foundation

/// A file of results cannot be used.
public struct ExperimentError: Error, Hashable, CustomStringConvertible {
    /// The file or folder.
    public let path: String
    /// The cause and the cure.
    public let reason: String

    /// The path and the reason: `results/3f.json: …`.
    public var description: String { "\(path): \(reason)" }
}

/// A folder with what runs came to, a file each, named by the key of all that the outcome depends on.
struct ResultStore {
    let folder: String
    let experiment: String

    /// What a file holds: readable by itself, and with a digest of its numbers.
    private struct Kept: Codable {
        var experiment: String
        var arm: String
        var seed: UInt64
        var setting: [String: Double]
        var key: String
        var numbers: [String: Double]
        var lists: [String: [Double]]
        var digest: String
    }

    private func path(_ key: String) -> String { "\(folder)/\(key).json" }

    /// What the run with this key came to; `nil` where nothing is kept of it.
    func outcome(of run: Run, key: String) throws(ExperimentError) -> Outcome? {
        let path = path(key)
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        guard let data = FileManager.default.contents(atPath: path),
            let kept = try? decoder.decode(Kept.self, from: data)
        else { throw ExperimentError(path: path, reason: "it is damaged; remove it, and the run is carried out again") }
        guard kept.key == key, kept.experiment == experiment, kept.arm == run.arm, kept.seed == run.seed,
            kept.setting == run.setting
        else { throw ExperimentError(path: path, reason: "it holds another run than its name says; remove it") }
        let outcome = Outcome(kept.numbers, lists: kept.lists)
        guard kept.digest == digest(of: outcome) else {
            throw ExperimentError(path: path, reason: "its numbers are not those its digest was made of; remove it")
        }
        return outcome
    }

    /// Keeps what a run came to; at every moment the file is there whole or not at all.
    func keep(_ outcome: Outcome, of run: Run, key: String) throws(ExperimentError) {
        let kept = Kept(
            experiment: experiment, arm: run.arm, seed: run.seed, setting: run.setting, key: key,
            numbers: outcome.numbers, lists: outcome.lists, digest: digest(of: outcome))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            // The same part may be at work on another machine, whose processes have the same numbers.
            let draft = "\(path(key)).\(UUID().uuidString).draft"
            try encoder.encode(kept).write(to: URL(fileURLWithPath: draft))
            guard rename(draft, path(key)) == 0 else { throw CocoaError(.fileWriteUnknown) }
        } catch {
            throw ExperimentError(path: path(key), reason: "it cannot be written: \(error.localizedDescription)")
        }
    }

    /// The digest of the numbers' bits, by name.
    private func digest(of outcome: Outcome) -> String {
        func text(_ values: [Double]) -> String {
            values.map { String($0.bitPattern, radix: 16) }.joined(separator: " ")
        }
        let numbers = outcome.numbers.sorted { $0.key < $1.key }.map { "\($0.key): \(text([$0.value]))" }
        let lists = outcome.lists.sorted { $0.key < $1.key }.map { "\($0.key): [\(text($0.value))]" }
        return SHA256Digest(of: (numbers + lists).joined(separator: "\n").utf8).description
    }
}
