import Foundation

/// How this project writes JSON that people keep: sorted, indented, with a newline at its end.
public enum StableJSON {
    /// The value as UTF-8, with sorted keys, two blanks of indentation and a newline at the end: equal values give
    /// equal bytes.
    ///
    /// - Throws: `EncodingError` where the value holds a number that JSON does not have.
    public static func encode(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value)) + [UInt8(ascii: "\n")]
    }

    /// The same on one line, for what only this tool reads.
    public static func encodeCompactly(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value)) + [UInt8(ascii: "\n")]
    }

    /// Reads a value from UTF-8.
    ///
    /// - Throws: `DecodingError` where the bytes are no JSON or describe another type.
    public static func decode<Value: Decodable>(_ type: Value.Type, from bytes: some Sequence<UInt8>) throws -> Value {
        try JSONDecoder().decode(type, from: Data(bytes))
    }
}
