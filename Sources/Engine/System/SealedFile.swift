import Digest
import Foundation
import Notebook

/// A file of JSON behind the SHA-256 of it, so that what was damaged is not taken for what was written.
public enum SealedFile {
    /// Writes a value so that at every moment the old file or the new one stands there, whole.
    ///
    /// - Parameter workshop: the folder for the unfinished file; beside `path` where it is `nil`.
    /// - Throws: where the value cannot be written as JSON, or the file not at all.
    public static func write(
        _ value: some Encodable, to path: RootedPath, by workshop: RootedPath? = nil
    ) throws(EngineError) {
        let content: [UInt8]
        do {
            content = try StableJSON.encodeCompactly(value)
        } catch {
            throw EngineError(.write, file: path.path, cause: "\(error)")
        }
        let seal = Array("\(SHA256Digest(of: content))\n".utf8)
        try path.write(seal + content, by: workshop)
    }

    /// The file's value; `nil` where it is missing or not what was written.
    public static func read<Value: Decodable>(_ type: Value.Type, from path: RootedPath) -> Value? {
        (try? path.read()).flatMap { value(type, in: $0) }
    }

    /// The value in a file's bytes; `nil` where they are not what was written.
    static func value<Value: Decodable>(_ type: Value.Type, in bytes: [UInt8]) -> Value? {
        guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")),
            SHA256Digest(of: bytes[(end + 1)...]).description.utf8.elementsEqual(bytes[..<end])
        else { return nil }
        return try? StableJSON.decode(type, from: bytes[(end + 1)...])
    }
}
