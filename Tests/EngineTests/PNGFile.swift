import Foundation

/// A PNG file's structure, checked byte by byte.
struct PNGFile {
    let width: Int
    let height: Int
    let chunks: [String]

    /// Reads `data`; `nil` where it is no whole PNG file: signature, chunk lengths, checksums, IHDR first, IEND last.
    init?(_ data: Data) {
        let bytes = Array(data)
        guard bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) else { return nil }
        var position = 8
        var names: [String] = []
        while position + 12 <= bytes.count {
            let length = PNGFile.number(bytes[position..<position + 4])
            let end = position + 8 + length
            guard end + 4 <= bytes.count,
                PNGFile.checksum(bytes[position + 4..<end]) == PNGFile.number(bytes[end..<end + 4])
            else {
                return nil
            }
            names.append(String(decoding: bytes[position + 4..<position + 8], as: UTF8.self))
            position = end + 4
        }
        guard position == bytes.count, names.first == "IHDR", names.last == "IEND", names.contains("IDAT") else {
            return nil
        }
        width = PNGFile.number(bytes[16..<20])
        height = PNGFile.number(bytes[20..<24])
        chunks = names
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }

    /// CRC-32 as in the PNG specification, annex D.
    private static func checksum(_ bytes: ArraySlice<UInt8>) -> Int {
        var remainder: UInt32 = .max
        for byte in bytes {
            remainder ^= UInt32(byte)
            for _ in 0..<8 { remainder = remainder & 1 == 1 ? remainder >> 1 ^ 0xEDB8_8320 : remainder >> 1 }
        }
        return Int(~remainder)
    }
}
