internal import Datasets
internal import Foundation

/// Which of several safetensors files holds which tensors, as `model.safetensors.index.json` says it.
struct SafetensorsIndex {
    /// The tensors' names by the file that holds them.
    private(set) var files: [String: [String]] = [:]
    private(set) var metadata: [String: String] = [:]

    private struct Content: Decodable {
        var weight_map: [String: String]
        var metadata: [String: Value]?
    }

    /// A text, or a number as text.
    private struct Value: Decodable {
        let text: String?

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            text = (try? value.decode(String.self)) ?? (try? value.decode(Int.self)).map { "\($0)" }
        }
    }

    private static let largest = 100_000_000

    init(_ source: ByteSource) throws(SafetensorsError) {
        guard source.count <= Self.largest, let bytes = try? source.bytes(0..<source.count),
            let content = try? JSONDecoder().decode(Content.self, from: Data(bytes))
        else {
            throw SafetensorsError(
                source.path, "it is no index of safetensors files, whose `weight_map` names a file for each tensor")
        }
        metadata = content.metadata?.compactMapValues(\.text) ?? [:]
        for (name, file) in content.weight_map {
            // An index reaches nothing outside of its folder.
            guard !file.isEmpty, !file.contains("/"), !file.contains("\0"), file != ".", file != "..",
                !file.hasSuffix(".json")
            else {
                throw SafetensorsError(
                    source.path, "it says that tensor `\(name)` is in `\(file)`, which is no file beside it")
            }
            files[file, default: []].append(name)
        }
    }
}
