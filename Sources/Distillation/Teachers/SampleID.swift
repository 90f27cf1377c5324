public import Digest
internal import Tensors

/// What a sample is known by: the first 64 bits of the SHA-256 of its input, whatever set it is in and whatever its place there.
///
/// Samples with the same input have the same id, and a teacher has the same to say about them.
public struct SampleID: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    /// The bits, the first byte of the digest highest.
    public let bits: UInt64

    /// The id of an input given as bytes.
    public init(of bytes: some Sequence<UInt8>) {
        bits = UInt64(SHA256Digest(of: bytes).description.prefix(16), radix: 16) ?? 0
    }

    init(bits: UInt64) { self.bits = bits }

    /// The id as 16 lower-case hexadecimal digits.
    public var description: String {
        let digits = String(bits, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// Whether the bits of `left`, as a number, are less than those of `right`.
    public static func < (left: SampleID, right: SampleID) -> Bool { left.bits < right.bits }
}

extension Examples {
    /// The ids of the samples, in order: of an image that of its pixels, of a row of numbers that of their bits, low byte first.
    public var ids: [SampleID] {
        switch inputs {
        case .images(let images): images.images.map { SampleID(of: $0) }
        case .features(let features):
            (0..<features.rows).map { row in
                SampleID(
                    of: features.row(row).flatMap { number in
                        withUnsafeBytes(of: number.bitPattern.littleEndian) { Array($0) }
                    })
            }
        }
    }
}

extension SHA256Digest {
    /// The digest of a list of ids, each as eight bytes, the highest first.
    init(ofIDs ids: [SampleID]) {
        var hasher = SHA256Hasher()
        for id in ids { hasher.update(withUnsafeBytes(of: id.bits.bigEndian) { Array($0) }) }
        self = hasher.finalize()
    }
}

extension Network {
    /// The SHA-256 of what the network computes: its layers as a line of text, then its parameters, low byte first.
    public var digest: SHA256Digest {
        var hasher = SHA256Hasher()
        hasher.update("\(inputs) \(layers)\n".utf8)
        parameters.withUnsafeBytes { hasher.update($0) }
        return hasher.finalize()
    }
}
