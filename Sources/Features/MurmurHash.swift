/// MurmurHash3 of 32 bits for bytes, with seed 0. Source: A. Appleby, SMHasher (2011), in the public domain.
func murmurHash(_ bytes: some Collection<UInt8>) -> UInt32 {
    func scrambled(_ word: UInt32) -> UInt32 {
        let product = word &* 0xCC9E_2D51
        return (product << 15 | product >> 17) &* 0x1B87_3593
    }
    var hash: UInt32 = 0
    var word: UInt32 = 0
    var filled: UInt32 = 0
    for byte in bytes {
        word |= UInt32(byte) << (8 * filled)
        filled += 1
        guard filled == 4 else { continue }
        hash ^= scrambled(word)
        hash = (hash << 13 | hash >> 19) &* 5 &+ 0xE654_6B64
        (word, filled) = (0, 0)
    }
    if filled > 0 { hash ^= scrambled(word) }
    hash ^= UInt32(truncatingIfNeeded: bytes.count)
    hash = (hash ^ hash >> 16) &* 0x85EB_CA6B
    hash = (hash ^ hash >> 13) &* 0xC2B2_AE35
    return hash ^ hash >> 16
}
