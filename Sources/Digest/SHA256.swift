import CCrypto

/// The SHA-256 digest of some bytes (FIPS 180-4), as 64 lower-case hexadecimal digits.
public struct SHA256Digest: Hashable, Sendable, CustomStringConvertible {
    /// The digits.
    public let description: String

    /// The digest of `bytes`.
    public init(of bytes: some Sequence<UInt8>) {
        var hasher = SHA256Hasher()
        hasher.update(bytes)
        self = hasher.finalize()
    }

    fileprivate init(hexadecimal: String) { description = hexadecimal }

    /// The first twelve digits: enough to name a thing on a page.
    public var short: String { String(description.prefix(12)) }
}

/// A SHA-256 computation that takes its bytes in pieces.
public struct SHA256Hasher: ~Copyable {
    private let context: OpaquePointer?

    /// A computation that has taken no bytes yet.
    public init() {
        context = EVP_MD_CTX_new()
        EVP_DigestInit_ex(context, EVP_sha256(), nil)
    }

    deinit { EVP_MD_CTX_free(context) }

    /// Appends `bytes` to what is hashed.
    public mutating func update(_ bytes: some Sequence<UInt8>) {
        let done: Void? = bytes.withContiguousStorageIfAvailable { update($0) }
        if done == nil { Array(bytes).withUnsafeBufferPointer { update($0) } }
    }

    private func update(_ buffer: UnsafeBufferPointer<UInt8>) {
        EVP_DigestUpdate(context, buffer.baseAddress, buffer.count)
    }

    /// The digest of everything given so far; the hasher ends with it.
    public consuming func finalize() -> SHA256Digest {
        let bytes = [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
            EVP_DigestFinal_ex(context, buffer.baseAddress, nil)
            count = 32
        }
        let digits = Array("0123456789abcdef".utf8)
        let text = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return SHA256Digest(hexadecimal: String(decoding: text, as: UTF8.self))
    }
}
