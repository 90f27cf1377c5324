import Digest

/// Hashes texts so that no two different lists of texts give the same bytes.
struct KeyHasher: ~Copyable {
    private var hasher = SHA256Hasher()

    init(_ purpose: String) { add("kdbook 1", purpose) }

    mutating func add(_ texts: String...) {
        for text in texts {
            hasher.update("\(text.utf8.count):".utf8)
            hasher.update(text.utf8)
        }
    }

    consuming func finalize() -> SHA256Digest { hasher.finalize() }
}
