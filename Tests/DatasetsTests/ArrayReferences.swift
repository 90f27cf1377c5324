import Datasets
import Foundation
import Tensors
import TestSupport
import Testing

/// What NumPy and h5py read from the files in `Golden` (script/record-file-references).
struct ArrayReference: Decodable {
    let shape: [Int]
    let numbers: [String]

    static let folder = testFile("Golden")
        .path

    /// By the file, then by the array.
    static let all: [String: [String: ArrayReference]] = {
        let data = FileManager.default.contents(atPath: folder + "/arrays.json") ?? Data()
        return (try? JSONDecoder().decode([String: [String: ArrayReference]].self, from: data)) ?? [:]
    }()

    /// Whether an array has this shape and these numbers, to the bit.
    func isKept(by array: NumberArray) throws -> Bool {
        let wanted = try numbers.map { try #require(Double($0)) }
        let found = try array.doubles()
        return array.shape == shape && found.count == wanted.count
            && zip(found, wanted).allSatisfy { $0.isNaN && $1.isNaN || $0.bitPattern == $1.bitPattern }
    }
}

/// Bytes with some flipped and perhaps the end missing.
func damaged(_ bytes: [UInt8], step: Int) -> [UInt8] {
    var stream = RandomStream(seed: 11, purpose: .data, step: step)
    var bytes = bytes
    for _ in 0...stream.integer(below: 4) {
        bytes[stream.integer(below: bytes.count)] = UInt8(stream.integer(below: 256))
    }
    if stream.integer(below: 4) == 0 { bytes.removeLast(stream.integer(below: bytes.count)) }
    return bytes
}
