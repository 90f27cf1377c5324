internal import Datasets

/// What a safetensors file calls its types: how many bits a number takes, and what it is here.
enum SafetensorsType {
    /// `nil` for a type that the format does not have.
    static func bits(_ name: String) -> Int? { types[name].map { $0.byteCount * 8 } ?? packed[name] }

    /// `nil` for a type whose numbers cannot be read.
    static func type(_ name: String) -> NumberType? { types[name] }

    /// `nil` for a type that the format does not have.
    static func name(of type: NumberType) -> String? { types.first { $0.value == type }?.key }

    static let readable = types.keys.sorted()

    private static let types: [String: NumberType] = [
        "BOOL": .bool, "I8": .int8, "U8": .uint8, "I16": .int16, "U16": .uint16, "I32": .int32, "U32": .uint32,
        "I64": .int64, "U64": .uint64, "F16": .float16, "BF16": .bfloat16, "F32": .float32, "F64": .float64,
        "C64": .complex64, "F8_E4M3": .float8E4M3, "F8_E5M2": .float8E5M2, "F8_E4M3FNUZ": .float8E4M3FNUZ,
        "F8_E5M2FNUZ": .float8E5M2FNUZ, "F8_E8M0": .float8E8M0,
    ]

    /// Types of which a byte holds no whole number of numbers, or several.
    private static let packed = ["F4": 4, "F6_E2M3": 6, "F6_E3M2": 6]
}
